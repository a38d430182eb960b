import type { Change } from '../../platform/changes/change-source.js';
import { csvCell } from '../../platform/text/spreadsheet.js';
import type { ExportedField, FieldKind } from './collection.js';

/** How CSV is written, after the profile that Russian spreadsheets and accounting programs read. */
export interface CsvOptions {
  readonly decimal: 'point' | 'comma';
  readonly encoding: 'utf-8' | 'windows-1251';
}

/** One JSON object on each line; a row that is gone has its id alone. */
export function toJsonLines(changes: readonly Change[], fields: readonly ExportedField[]): string {
  return changes.map((change) => `${JSON.stringify(toObject(change, fields))}\n`).join('');
}

function toObject({ id, row }: Change, fields: readonly ExportedField[]): object {
  if (row === null) return { id, deleted: true };
  return { id, deleted: false, ...Object.fromEntries(fields.map(({ name, kind }) => [name, jsonValue(row[name], kind)])) };
}

function jsonValue(value: unknown, kind: FieldKind): unknown {
  if (value === null || value === undefined) return null;
  return kind === 'kopecks' || kind === 'number' ? Number(value) : value;
}

/** `;` between cells, a header with stable English names, sums in rubles. */
export function toCsv(changes: readonly Change[], fields: readonly ExportedField[], options: CsvOptions): Buffer {
  return Buffer.concat([csvHead(fields, options), csvRows(changes, fields, options)]);
}

/** What a file begins with. */
export function csvHead(fields: readonly ExportedField[], { encoding }: CsvOptions): Buffer {
  const header = ['id', 'deleted', ...fields.map(({ name, kind }) => (kind === 'kopecks' ? rubleName(name) : name))];
  return encoded(`${encoding === 'utf-8' ? '\ufeff' : ''}${header.join(';')}\r\n`, encoding);
}

export function csvRows(changes: readonly Change[], fields: readonly ExportedField[], options: CsvOptions): Buffer {
  const rows = changes.map(({ id, row }) => [
    ...[id, row === null ? '1' : '0'],
    ...fields.map(({ name, kind }) => (row === null ? '' : csvValue(row[name], kind, options))),
  ]);
  return encoded(rows.map((cells) => `${cells.join(';')}\r\n`).join(''), options.encoding);
}

function encoded(text: string, encoding: CsvOptions['encoding']): Buffer {
  return encoding === 'utf-8' ? Buffer.from(text, 'utf8') : toWindows1251(text);
}

/** `priceKopecks` → `priceRubles`. */
function rubleName(name: string): string {
  return name.replace('Kopecks', 'Rubles').replace('kopecks', 'rubles');
}

function csvValue(value: unknown, kind: FieldKind, { decimal }: CsvOptions): string {
  if (value === null || value === undefined) return '';
  if (kind === 'kopecks') return rubles(BigInt(value as bigint | number | string), decimal);
  if (value instanceof Date) return value.toISOString();
  return kind === 'number' ? String(value as number) : csvCell(String(value as string));
}

function rubles(kopecks: bigint, decimal: CsvOptions['decimal']): string {
  const [sign, whole] = kopecks < 0n ? ['-', -kopecks] : ['', kopecks];
  return `${sign}${whole / 100n}${decimal === 'comma' ? ',' : '.'}${String(whole % 100n).padStart(2, '0')}`;
}

/** Bytes from 128 up by the character that they mean. */
const UPPER_HALF = new Map(
  [...new TextDecoder('windows-1251').decode(Uint8Array.from({ length: 128 }, (_, i) => i + 128))].map((char, i) => [
    char,
    i + 128,
  ]),
);

/** What the encoding does not have becomes a question mark. */
function toWindows1251(text: string): Buffer {
  return Buffer.from([...text].map((char) => (char < '\u0080' ? char.charCodeAt(0) : (UPPER_HALF.get(char) ?? 0x3f))));
}
