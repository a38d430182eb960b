import type ExcelJS from 'exceljs';
import { russianDay } from '../../../platform/text/russian-day.js';
import { daysInWords } from '../document/days.js';
import type { ReportDocument } from '../document/report-document.js';
import { byWeeks, type Measured } from './by-weeks.js';
import { DAILY_HEADS, dailyRows } from './daily-rows.js';
import { neutral } from '../../../platform/text/spreadsheet.js';
import { formatNames, networkName, notTold, originName, russianTime, stateName } from './wording.js';
import { withoutDates } from './zip-dates.js';

/** Numbers stay numbers, everything else is text; what is not known is an empty cell, never zero. */
type Cell = string | number | null;

interface Sheet {
  readonly name: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly widths: readonly number[];
  readonly note?: string | null;
  /** Names and values, which stand beside each other. */
  readonly isFacts?: boolean;
}

const SHEETS: readonly { readonly name: string; readonly measured: Measured }[] = [
  { name: 'Посты', measured: 'posts' },
  { name: 'Просмотры', measured: 'views' },
  { name: 'Репосты', measured: 'reposts' },
  { name: 'Комментарии', measured: 'comments' },
  { name: 'Лайки', measured: 'likes' },
];

/** The workbook of a report, with the sheets that practice uses. The same document makes the same bytes. */
export async function workbookOf(report: ReportDocument, sha256: string): Promise<Buffer> {
  // Hundreds of files, which a process that makes no workbook need not load.
  const { default: library } = await import('exceljs');
  const book = new library.Workbook();
  book.created = book.modified = new Date(report.cutOffAt);
  book.creator = book.lastModifiedBy = neutral(report.contractor.name);
  const weeks = SHEETS.map((one) => weekly(report, one));
  const sheets = [summary(report, sha256), ...weeks, daily(report), planFact(report), list(report)];
  for (const sheet of sheets) write(book, sheet);
  return withoutDates(new Uint8Array(await book.xlsx.writeBuffer()));
}

/** Pages lie, are as wide as the sheet, bear their number, and repeat the heads. */
const PRINTED = { orientation: 'landscape', paperSize: 9, fitToPage: true, fitToHeight: 0, printTitlesRow: '1:1' } as const;
const FONT = { name: 'Calibri', size: 11, family: 2 } as const;

function write(book: ExcelJS.Workbook, { name, heads, rows, widths, note, isFacts = false }: Sheet): void {
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }], pageSetup: PRINTED });
  sheet.headerFooter.oddFooter = '&L&A&RСтраница &P из &N';
  sheet.columns = widths.map((width) => ({ width }));
  const head = sheet.addRow(heads);
  head.font = { ...FONT, bold: true };
  head.alignment = { wrapText: true, vertical: 'middle' };
  head.height = rowHeight(heads, widths, 1.15) + LINE_POINTS / 3;
  head.eachCell((cell) => (cell.border = { bottom: { style: 'thin' } }));
  for (const row of rows) {
    const added = sheet.addRow(row.map((value) => (typeof value === 'string' ? neutral(value) : value)));
    added.alignment = { vertical: 'top', wrapText: true, ...(isFacts && { horizontal: 'left' }) };
    added.height = rowHeight(row, widths);
    // Text cells: leading zeros stay, and nothing is taken for a date.
    row.forEach((value, i) => (added.getCell(i + 1).numFmt = formatOf(value)));
  }
  if (note) sheet.addRow([note]).font = { ...FONT, italic: true };
}

function formatOf(value: Cell): string {
  if (typeof value === 'string') return '@';
  return value === null || Number.isInteger(value) ? '#,##0' : '#,##0.0';
}

const LINE_POINTS = 15;
/** Spreadsheets know no higher row. */
const HIGHEST = 409;

/** Not every program makes rows as high as their words. @param wide how much wider the letters are than usual ones */
function rowHeight(cells: readonly Cell[], widths: readonly number[], wide = 1): number {
  const lines = cells.map((cell, i) => (typeof cell === 'string' ? linesOf(cell, widths[i]! / wide) : 1));
  return Math.min(HIGHEST, LINE_POINTS * Math.max(1, ...lines));
}

/** Words that don't fit go to the next line; those that are longer than a line are broken. */
function linesOf(words: string, width: number): number {
  let [lines, used] = [1, 0];
  for (const word of words.split(/\s+/)) {
    if (used > 0 && used + 1 + word.length > width) [lines, used] = [lines + 1, 0];
    used += (used > 0 ? 1 : 0) + word.length;
    lines += Math.max(0, Math.ceil(used / width) - 1);
    used = used > width ? used % width : used;
  }
  return lines;
}

function summary(
  { client, contractor, contract, period, planFact, posts, cutOffAt, numbersAsOf, report, generator }: ReportDocument,
  sha256: string,
): Sheet {
  const { totals } = planFact;
  return {
    ...{ name: 'Общий свод', heads: ['Показатель', 'Значение'], widths: [38, 80], isFacts: true },
    rows: [
      ['Отчётный период', daysInWords(period)],
      ['Первый день', russianDay(period.startsOn)],
      ['Последний день', russianDay(period.endsOn)],
      ['Часовой пояс', period.timeZone],
      ...[['Заказчик', client.name] as const, ['ИНН заказчика', client.inn] as const, ['КПП заказчика', client.kpp] as const],
      ...[
        ['Исполнитель', contractor.name] as const,
        ['ИНН исполнителя', contractor.inn] as const,
        ['КПП исполнителя', contractor.kpp] as const,
      ],
      ['Контракт', contract.number],
      ['Заключён', russianDay(contract.concludedOn)],
      ['ИКЗ', contract.procurementCode],
      ['Публикаций на страницах', posts.filter(({ standing }) => standing === 'stands').length],
      ...[['По плану', totals.planned] as const, ['Выполнено', totals.done] as const, ['Не выполнено', totals.missed] as const],
      ['Не по вине исполнителя', totals.excused],
      ['Периодов без источника данных', totals.periodsWithoutSource],
      ['Данные по состоянию на (UTC)', cutOffAt],
      ['Показатели сетей на (UTC)', numbersAsOf],
      ['Версия отчёта', report.version],
      ['Составлен программой', generator],
      ['SHA-256 документа', sha256],
    ],
  };
}

/** Per page: weeks, the whole ones together and on average, everything. */
function weekly(report: ReportDocument, { name, measured }: { name: string; measured: Measured }): Sheet {
  const { weeks } = report.period;
  const spans = weeks.map(({ startsOn, endsOn, isWhole }, i) => {
    const days = `${russianDay(startsOn).slice(0, 5)}–${russianDay(endsOn).slice(0, 5)}`;
    return isWhole ? `Неделя ${i + 1} (${days})` : `Остаток (${days})`;
  });
  return {
    ...{ name, widths: [18, 34, 40, ...weeks.map(() => 15), 16, 16, 14] },
    heads: ['Сеть', 'Страница', 'Ссылка', ...spans, 'Полные недели', 'В среднем за неделю', 'За период'],
    rows: byWeeks(report, measured).map((row) => [
      ...[networkName(row.page.network), row.page.name, row.page.url, ...row.weeks, row.wholeWeeks, row.average, row.total],
    ]),
    note: measured === 'posts' ? null : notTold(report.numbers),
  };
}

function daily(report: ReportDocument): Sheet {
  const widths = [18, 34, 12, 13, 11, 13, 11, 14, 11, 14, 11];
  return { name: 'По дням', heads: DAILY_HEADS, widths, rows: dailyRows(report), note: notTold(report.numbers) };
}

function planFact({ planFact: { lines } }: ReportDocument): Sheet {
  return {
    ...{ name: 'План-факт', widths: [18, 42, 48, 13, 13, 10, 10, 12, 16, 24, 14] },
    heads: [
      ...['Код', 'Требование', 'Правило', 'С', 'По', 'План', 'Факт', 'Не выполнено', 'Не по вине исполнителя', 'Состояние'],
      'Подтверждений',
    ],
    rows: lines.map((line) => [
      ...[line.requirement, line.title, line.rule, russianDay(line.startsOn), russianDay(line.endsOn), line.planned, line.done],
      ...[line.missed, line.excused, stateName(line.state), line.counted.length],
    ]),
  };
}

function list({ posts, numbers }: ReportDocument): Sheet {
  const told = new Map(numbers.told ? numbers.posts.map((one) => [one.id, one]) : []);
  return {
    ...{ name: 'Список публикаций', widths: [18, 18, 48, 44, 16, 20, 12, 12, 12, 12, 14, 12, 36] },
    heads: [
      ...[
        'Дата и время',
        'Сеть',
        'Публикация',
        'Ссылка',
        'Формат',
        'Кем опубликована',
        'Состояние',
        'Просмотры',
        'Охват',
        'Лайки',
      ],
      ...['Комментарии', 'Репосты', 'SHA-256 согласованного содержания'],
    ],
    rows: posts.map((post) => {
      const { views = null, reach = null, likes = null, comments = null, reposts = null } = told.get(post.id) ?? {};
      return [
        ...[
          russianTime(post.local),
          networkName(post.network),
          post.title,
          post.url,
          formatNames(post.formats),
          originName(post.origin),
        ],
        ...[post.standing === 'deleted' ? 'удалена' : 'на странице', views, reach, likes, comments, reposts, post.contentSha256],
      ];
    }),
  };
}
