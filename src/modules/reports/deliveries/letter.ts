import { daysInWords } from '../document/days.js';
import type { ReportDocument } from '../document/report-document.js';

/** What the client's people read with a report. */
export function letterText(
  report: ReportDocument,
  link: { readonly url: string; readonly opensUntil: string },
): { subject: string; text: string } {
  const { contract, client, contractor, planFact, period } = report;
  const { planned, done, missed, excused, periodsWithoutSource } = planFact.totals;
  const correction =
    report.report.reason === null ? [] : [`Это исправленная версия ${report.report.version}: ${report.report.reason}.`];
  const unknown = periodsWithoutSource > 0 ? [`По части требований (${periodsWithoutSource}) данных пока нет.`] : [];
  return {
    subject: `Отчёт по контракту № ${contract.number} за ${daysInWords(period).replace(/^с /, 'период с ')}`,
    text: [
      `${client.name}`,
      '',
      `Направляем отчёт об исполнении контракта № ${contract.number} за ${daysInWords(period).replace(/^с /, 'период с ')}.`,
      ...correction,
      '',
      `По плану: ${planned}. Выполнено: ${done}. Не выполнено: ${missed}. Не по вине исполнителя: ${excused}.`,
      ...unknown,
      `Публикаций на страницах: ${report.posts.filter(({ standing }) => standing === 'stands').length}.`,
      '',
      'Отчёт в формате PDF приложен к письму. Его же можно открыть по ссылке, вход не нужен:',
      link.url,
      `Ссылка действует до ${link.opensUntil}. Не пересылайте её тем, кому отчёт не предназначен.`,
      '',
      contractor.name,
    ].join('\n'),
  };
}
