import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import exceljs from 'exceljs';
import fc from 'fast-check';
import { csvCell, neutral } from './spreadsheet.js';

/** What begins a formula somewhere, what CSV is made of, and what people write. */
const PIECE = fc.oneof(
  fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', ';', ',', '"', "'", '|', ' '),
  fc.constantFrom('cmd|’/c calc’!A0', 'SUM(1;2)', 'HYPERLINK("https://x.example";"Акт")', 'Субботник', '8-800', '1e5'),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
);
const CELL = fc
  .array(PIECE, { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join(''))
  // The other parser takes a cell of one blank for an empty one.
  .filter((cell) => cell.trim() !== '');
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** Read by somebody else's parser. */
async function readBack(csv: string): Promise<string[][]> {
  const rows: string[][] = [];
  const sheet = await new exceljs.Workbook().csv.read(Readable.from([csv]), {
    parserOptions: { delimiter: ';', trim: false, headers: false },
    map: (value: unknown) => value,
  });
  sheet.eachRow((row) => rows.push((row.values as string[]).slice(1)));
  return rows;
}

describe('a cell of a spreadsheet', () => {
  it('is never a formula and says what it said: ten thousand of them, read by another parser', async () => {
    const cells = fc.sample(CELL, { numRuns: 10_000, seed: 7 });
    const lines = Array.from({ length: cells.length / 4 }, (_, i) => cells.slice(i * 4, i * 4 + 4));
    const csv = lines.map((line) => [...line, 'x'].map(csvCell).join(';')).join('\r\n');
    const read = await readBack(csv);
    expect(read).toEqual(lines.map((line) => [...line, 'x'].map(neutral)));
    expect(read.flat().filter((cell) => FORMULA.test(cell))).toEqual([]);
  });

  it('gets an apostrophe only where a formula could begin', () => {
    expect(['=1+1', '@SUM(A1)', '-5', '＝1', '\t=1', ' =1'].map(neutral)).toEqual([
      ...["'=1+1", "'@SUM(A1)", "'-5", "'＝1", "'\t=1", "' =1"],
    ]);
    expect(['Акт № 5', '5-й участок', 'a=b', ''].map(neutral)).toEqual(['Акт № 5', '5-й участок', 'a=b', '']);
  });
});
