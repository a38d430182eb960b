import { wallTimeOf } from '../../../platform/clock/zones.js';
import { russianDay } from '../../../platform/text/russian-day.js';
import { daysInWords } from '../document/days.js';
import type { ReportDocument, ReportLine, ReportPost } from '../document/report-document.js';
import { byWeeks } from './by-weeks.js';
import { scoreGrid, type ScoreGrid } from './scores.js';
import { chartsOf, type Dynamics, dynamicsOf, type ViewCharts } from './view-charts.js';
import {
  change,
  count,
  excuseName,
  formatNames,
  incidentName,
  networkName,
  notTold,
  originName,
  russianTime,
  stateName,
} from './wording.js';

type Row = readonly string[];

/** A report in words, ready to be set: what pages of PDF and HTML say. */
export interface ReportView {
  readonly title: string;
  readonly period: string;
  readonly accent: string;
  readonly parties: readonly Row[];
  readonly facts: readonly Row[];
  readonly tiles: readonly { readonly name: string; readonly value: string }[];
  readonly pages: readonly Row[];
  readonly planFact: readonly Row[];
  readonly evidence: readonly { readonly title: string; readonly rows: readonly Row[] }[];
  readonly posts: readonly { readonly cells: Row; readonly url: string | null }[];
  readonly numbersNote: string | null;
  readonly numbers: readonly Row[];
  readonly complianceNote: string | null;
  readonly compliance: readonly Row[];
  readonly conversationsNote: string | null;
  readonly eventsNote: string | null;
  readonly incidents: readonly Row[];
  readonly excuses: readonly Row[];
  /** Of the document. */
  readonly sha256: string;
  readonly footer: string;
  readonly charts: ViewCharts;
  /** Null: no page tells of its days. */
  readonly dynamics: Dynamics | null;
  readonly scores: ScoreGrid | null;
}

export function viewOf(report: ReportDocument, sha256: string): ReportView {
  const { contract, period, planFact } = report;
  const { timeZone } = period;
  const version = report.report.version;
  return {
    ...{ title: 'Отчёт об исполнении контракта', period: daysInWords(period), accent: report.look.accent, sha256 },
    ...{ parties: partiesOf(report), facts: factsOf(report, version), tiles: tilesOf(report) },
    pages: report.pages.map(({ network, name, url, posts, postsBefore }) => [
      ...[networkName(network), name ?? url ?? '—', count(posts), count(postsBefore), change(posts, postsBefore)],
    ]),
    planFact: planFact.lines.map(planRow),
    evidence: planFact.lines
      .filter((line) => line.counted.length + line.notCounted.length > 0)
      .map((line) => evidenceOf(line, timeZone)),
    posts: report.posts.map((post, i) => ({ cells: postCells(post, i), url: post.url })),
    ...{ numbersNote: notTold(report.numbers), numbers: numbersRows(report) },
    ...{ complianceNote: notTold(report.compliance), compliance: complianceRows(report) },
    ...{ conversationsNote: notTold(report.conversations), eventsNote: notTold(report.events) },
    ...{ incidents: incidentRows(report), excuses: excuseRows(report) },
    ...{ charts: chartsOf(report), dynamics: dynamicsOf(report), scores: scoreGrid(report) },
    footer: `Контракт № ${contract.number} · отчёт ${report.report.id} · версия ${version}`,
  };
}

function partiesOf({ client, contractor, contract }: ReportDocument): Row[] {
  const ids = ({ inn, kpp }: ReportDocument['contractor']): string => `ИНН ${inn}${kpp ? `, КПП ${kpp}` : ''}`;
  return [
    ['Заказчик', client.name, ids(client)],
    ['Исполнитель', contractor.name, ids(contractor)],
    ['Контракт', `№ ${contract.number} от ${russianDay(contract.concludedOn)}`, contract.subject],
  ];
}

function tilesOf({ posts, planFact: { totals } }: ReportDocument): ReportView['tiles'] {
  return [
    { name: 'Публикаций на страницах', value: count(posts.filter(({ standing }) => standing === 'stands').length) },
    { name: 'По плану', value: count(totals.planned) },
    { name: 'Выполнено', value: count(totals.done) },
    { name: 'Не выполнено', value: count(totals.missed) },
    { name: 'Не по вине исполнителя', value: count(totals.excused) },
  ];
}

function incidentRows({ incidents, period: { timeZone } }: ReportDocument): Row[] {
  const when = (at: string): string => russianTime(wallTimeOf(new Date(at), timeZone));
  return incidents.map(({ kind, at, endedAt, cause }) => [
    when(at),
    incidentName(kind),
    cause,
    endedAt === null ? '—' : when(endedAt),
  ]);
}

function excuseRows({ excuses }: ReportDocument): Row[] {
  return excuses.map(({ startsOn, endsOn, cause, causedBy, reason, evidence }) => [
    `${russianDay(startsOn)} – ${russianDay(endsOn)}`,
    ...[excuseName(cause), `${causedBy}: ${reason}`, evidence.map(({ title }) => title).join('; ')],
  ]);
}

function factsOf({ cutOffAt, numbersAsOf, period, generator, report }: ReportDocument, version: number): Row[] {
  return [
    ['Отчётный период', `${russianDay(period.startsOn)} – ${russianDay(period.endsOn)} (часовой пояс ${period.timeZone})`],
    [
      'Данные по состоянию на',
      `${russianTime(wallTimeOf(new Date(cutOffAt), period.timeZone))} (${cutOffAt.slice(0, 16).replace('T', ' ')} UTC)`,
    ],
    ['Показатели сетей на', russianTime(wallTimeOf(new Date(numbersAsOf), period.timeZone))],
    ['Версия отчёта', report.reason === null ? String(version) : `${version}: ${report.reason}`],
    ['Составлен программой', generator],
  ];
}

function planRow(line: ReportLine): Row {
  const { title, rule, startsOn, endsOn, planned, done, excused, state, endsHere } = line;
  const days = `${russianDay(startsOn)} – ${russianDay(endsOn)}`;
  return [title, rule, endsHere ? days : `${days} (продолжается)`, count(planned), count(done), count(excused), stateName(state)];
}

function evidenceOf(line: ReportLine, timeZone: string): ReportView['evidence'][number] {
  const when = (at: string): string => russianTime(wallTimeOf(new Date(at), timeZone));
  return {
    title: `${line.title}: ${russianDay(line.startsOn)} – ${russianDay(line.endsOn)}`,
    rows: [
      ...line.counted.map(({ at, title, url }) => [when(at), title ?? '—', url ?? '—', 'засчитано']),
      ...line.notCounted.map(({ at, title, url, reason }) => [when(at), title ?? '—', url ?? '—', reason]),
    ],
  };
}

function postCells(post: ReportPost, index: number): Row {
  const { local, network, title, url, origin, formats, contentSha256, standing } = post;
  const mark = standing === 'deleted' ? ' (удалена)' : '';
  return [
    ...[String(index + 1), russianTime(local), networkName(network), `${title ?? 'Запись на странице'}${mark}`, url ?? '—'],
    ...[formatNames(formats), originName(origin), contentSha256?.slice(0, 12) ?? '—'],
  ];
}

function numbersRows(report: ReportDocument): Row[] {
  const sheets = (['views', 'likes', 'comments', 'reposts'] as const).map((measured) => byWeeks(report, measured));
  return report.pages.map(({ network, name, id }, i) => [
    ...[networkName(network), name ?? '—', ...sheets.map((rows) => count(rows[i]!.total))],
    ...membersOf(report, id),
  ]);
}

/** Subscribers at the end of the period, and how many more than at the end of the one before. */
function membersOf({ numbers }: ReportDocument, pageId: string): Row {
  const page = numbers.told ? numbers.pages.find((one) => one.pageId === pageId) : undefined;
  const last = (days: readonly { readonly members: number | null }[] = []): number | null =>
    days.findLast(({ members }) => members !== null)?.members ?? null;
  const [now, before] = [last(page?.days), last(page?.daysBefore)];
  return [count(now), now === null || before === null ? '—' : change(now, before)];
}

/** The mean of a page's days, and its first and last one. */
function complianceRows({ compliance, pages }: ReportDocument): Row[] {
  if (!compliance.told) return [];
  return pages.map(({ id, network, name }) => {
    const days = compliance.days.filter(({ pageId }) => pageId === id);
    const mean = days.length > 0 ? Math.round(days.reduce((sum, { points }) => sum + points, 0) / days.length) : null;
    const [first, last] = [days[0]?.points ?? null, days.at(-1)?.points ?? null];
    return [networkName(network), name ?? '—', count(mean), count(first), count(last), count(days.length)];
  });
}
