import { PassThrough, type Readable } from 'node:stream';
import type ExcelJS from 'exceljs';
import type { Change } from '../../../platform/changes/change-source.js';
import { pause } from '../../../platform/clock/pause.js';
import { neutral } from '../../../platform/text/spreadsheet.js';
import type { ExportedField, FieldKind } from '../collection.js';
import { captionOf, sheetName } from './captions.js';

/** Rows of one collection; those of a collection come one after the other. */
export interface RowBatch {
  readonly collection: string;
  readonly fields: readonly ExportedField[];
  readonly changes: readonly Change[];
}

/** A sheet of Excel has no more rows; what does not fit goes on in another. */
const ROWS_OF_SHEET = 1_048_576;
const LONGEST_TEXT = 32_767;
/** What may wait to be packed. */
const MOST_WAITING = 1_048_576;
/** Rows after which others get a turn: writing them keeps the process busy for some milliseconds. */
const AT_ONCE = 100;
const PAUSE_MS = 5;

const FORMATS: Readonly<Record<FieldKind, string>> = {
  ...{ text: '@', number: '#,##0.##', kopecks: '#,##0.00', instant: 'dd.mm.yyyy hh:mm:ss', day: 'dd.mm.yyyy' },
};
const WIDTHS: Readonly<Record<FieldKind, number>> = { text: 24, number: 12, kopecks: 16, instant: 20, day: 12 };
const COMMON: readonly ExportedField[] = [
  { name: 'id', kind: 'text' },
  { name: 'deleted', kind: 'text' },
];

type Cell = string | number | Date | null;

/** Of the library's own stream, of which its types say nothing: what it has passed on and is not packed yet waits in its pipe. */
interface Pipe {
  readonly _writableState: { readonly length: number };
  readonly _readableState: { readonly length: number };
}

/** A workbook as it comes into being: no more of it is in memory than what waits to be packed. @param rowsOfSheet with the header */
export function workbookOf(batches: AsyncIterable<RowBatch>, rowsOfSheet: number = ROWS_OF_SHEET): Readable {
  const out = new PassThrough();
  // Whoever reads it learns of an error by reading; what the packer still writes after that is nobody's.
  out.on('error', () => undefined);
  write(batches, out, rowsOfSheet).catch((error: unknown) => out.destroy(error as Error));
  return out;
}

async function write(batches: AsyncIterable<RowBatch>, out: PassThrough, rowsOfSheet: number): Promise<void> {
  // Hundreds of files, which a process that makes no workbook need not load.
  const { default: library } = await import('exceljs');
  const options = { stream: out, useStyles: true, useSharedStrings: false, zip: { zlib: { level: 6 } } };
  await new Writing(new library.stream.xlsx.WorkbookWriter(options), out, rowsOfSheet).run(batches);
}

class Writing {
  private sheet: ExcelJS.Worksheet | undefined;
  private collection = '';
  private sheetNumber = 0;
  private rows = 0;

  constructor(
    private readonly book: ExcelJS.stream.xlsx.WorkbookWriter,
    private readonly out: PassThrough,
    private readonly rowsOfSheet: number,
  ) {}

  async run(batches: AsyncIterable<RowBatch>): Promise<void> {
    for await (const { collection, fields, changes } of batches) {
      if (collection !== this.collection) this.begin(collection, fields);
      for (let from = 0; from < changes.length; from += AT_ONCE) {
        for (const change of changes.slice(from, from + AT_ONCE)) this.write(change, collection, fields);
        await this.packed();
      }
    }
    this.sheet?.commit();
    await this.book.commit();
  }

  private begin(collection: string, fields: readonly ExportedField[]): void {
    this.sheet?.commit();
    this.sheetNumber = collection === this.collection ? this.sheetNumber + 1 : 1;
    this.collection = collection;
    this.sheet = this.book.addWorksheet(sheetName(collection, this.sheetNumber), { views: [{ state: 'frozen', ySplit: 1 }] });
    const columns = [...COMMON, ...fields];
    this.sheet.columns = columns.map(({ kind }) => ({ width: WIDTHS[kind], style: { numFmt: FORMATS[kind] } }));
    const head = this.sheet.addRow(columns.map(({ name, kind }) => captionOf(name) + (kind === 'instant' ? ', UTC' : '')));
    head.font = { bold: true };
    head.commit();
    this.rows = 1;
  }

  private write({ id, row }: Change, collection: string, fields: readonly ExportedField[]): void {
    if (this.rows >= this.rowsOfSheet) this.begin(collection, fields);
    const cells = fields.map(({ name, kind }) => (row === null ? null : cellOf(row[name], kind)));
    this.sheet!.addRow([id, row === null ? 'да' : null, ...cells]).commit();
    this.rows += 1;
  }

  /** The library takes whatever it is given: who gives waits until it is packed and fetched. */
  private async packed(): Promise<void> {
    const { stream } = this.sheet as unknown as { stream: { pipes: readonly Pipe[] } };
    for (let ms = 0; ; ms = PAUSE_MS) {
      await pause(ms);
      if (this.out.destroyed) throw new Error('Nobody takes the workbook any more');
      const waiting = stream.pipes.reduce((sum, pipe) => sum + pipe._writableState.length + pipe._readableState.length, 0);
      if (stream.pipes.length > 0 && waiting < MOST_WAITING) return;
    }
  }
}

/** Numbers, sums and days are what they are, so that a spreadsheet can count with them; all else is text, also what looks like a number. */
function cellOf(value: unknown, kind: FieldKind): Cell {
  if (value === null || value === undefined) return null;
  if (kind === 'number') return Number(value);
  if (kind === 'kopecks') return Number(value) / 100;
  if (kind === 'instant' || kind === 'day') return new Date(value as string | Date);
  return neutral(String(value as string)).slice(0, LONGEST_TEXT);
}
