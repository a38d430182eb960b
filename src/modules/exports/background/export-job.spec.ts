import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import type { Change } from '../../../platform/changes/change-source.js';
import type { ExportedField } from '../collection.js';
import { COLLECTIONS } from '../collections/collections.js';
import { fieldsOf } from '../collection.js';
import { captionOf, sheetName } from './captions.js';
import { type ExportJob, percentOf } from './export-job.js';
import { piecesOf } from './file-writing.js';
import { fromPart, LastReadings, toPart } from './part-lines.js';
import { type RowBatch, workbookOf } from './workbook-writing.js';

const ID = '019b76da-a800-7000-8000-00000000000';
const FIELDS: ExportedField[] = [
  { name: 'number', kind: 'text' },
  { name: 'priceKopecks', kind: 'kopecks' },
  { name: 'versions', kind: 'number' },
  { name: 'signedOn', kind: 'day' },
  { name: 'createdAt', kind: 'instant' },
];
const change = (n: number, number: string | null, xid = 7): Change => ({
  ...{ xid: String(xid), id: `${ID}${n}` },
  row:
    number === null
      ? null
      : { number, priceKopecks: 123_405n, versions: 2, signedOn: '2026-01-11', createdAt: new Date('2026-11-24T09:00:00Z') },
});
async function* batchesOf(...batches: (readonly [string, readonly Change[]])[]): AsyncGenerator<RowBatch> {
  for (const [collection, changes] of batches) yield { collection, fields: FIELDS, changes: await Promise.resolve(changes) };
}
const read = async (batches: AsyncIterable<RowBatch>, rowsOfSheet?: number): Promise<ExcelJS.Workbook> => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await buffer(workbookOf(batches, rowsOfSheet))) as unknown as ArrayBuffer);
  return book;
};

describe('a workbook that is written while it is read', () => {
  it('has Russian captions, texts as text, and sums, days and instants that a spreadsheet counts with', async () => {
    const [sheet] = (await read(batchesOf(['contracts', [change(1, '0012')]]))).worksheets;
    expect(sheet!.name).toBe('Контракты');
    const cells = (row: number) => (sheet!.getRow(row).values as unknown[]).slice(1);
    expect(cells(1)).toEqual(['Идентификатор', 'Удалено', 'Номер', 'Цена, ₽', 'Версий', 'Подписан', 'Создано, UTC']);
    const days = [new Date('2026-01-11T00:00:00Z'), new Date('2026-11-24T09:00:00Z')];
    expect(cells(2)).toEqual([`${ID}1`, undefined, '0012', 1234.05, 2, ...days]);
    expect(sheet!.getCell('C2').numFmt).toBe('@');
  });

  it('has no longer text than a spreadsheet opens, the apostrophe before a formula included', async () => {
    const [sheet] = (await read(batchesOf(['contracts', [change(1, `=${'x'.repeat(40_000)}`)]]))).worksheets;
    const text = String(sheet!.getCell('C2').value);
    expect([text.length, text.slice(0, 3)]).toEqual([32_767, "'=x"]);
  });

  it.each(['=1+1', '+7', '-7', '@a', '\ta', '＝1+1', '＠a'])('never holds a formula: %j', async (text) => {
    const [sheet] = (await read(batchesOf(['contracts', [change(1, text)]]))).worksheets;
    const { type, value } = sheet!.getCell('C2');
    expect([type, value]).toEqual([ExcelJS.ValueType.String, `'${text}`]);
  });

  it('begins another sheet where one is full, and for each collection, also for one without rows', async () => {
    const rows = [1, 2, 3, 4].map((n) => change(n, String(n)));
    const book = await read(batchesOf(['contracts', rows.slice(0, 3)], ['contracts', rows.slice(3)], ['acts', []]), 4);
    expect(book.worksheets.map(({ name, rowCount }) => [name, rowCount])).toEqual([
      ['Контракты', 4],
      ['Контракты (2)', 2],
      ['Акты', 1],
    ]);
  });

  it('says of what is gone that it is gone', async () => {
    const [sheet] = (await read(batchesOf(['contracts', [change(1, null)]]))).worksheets;
    expect((sheet!.getRow(2).values as unknown[]).slice(1)).toEqual([`${ID}1`, 'да']);
  });

  it('ends with the error of whoever gives the rows', async () => {
    async function* broken(): AsyncGenerator<RowBatch> {
      yield { collection: 'contracts', fields: FIELDS, changes: await Promise.resolve([change(1, 'a')]) };
      throw new Error('lost');
    }
    await expect(buffer(workbookOf(broken()))).rejects.toThrow('lost');
  });

  it('has a caption for every field of every collection, and a name for its sheet', () => {
    const fields = COLLECTIONS.flatMap((one) => fieldsOf(one).map(({ name }) => name));
    expect(fields.filter((name) => !/[а-я]/i.test(captionOf(name)))).toEqual([]);
    expect(COLLECTIONS.filter(({ name }) => !/[а-я]/i.test(sheetName(name, 1)))).toEqual([]);
  });
});

describe('parts of an export', () => {
  it('keep what was read, and come back as it is written', async () => {
    const back = fromPart(toPart([change(1, 'a;"b"'), change(2, null)]));
    const order = { format: 'csv', encoding: 'utf-8', decimal: 'comma' } as const;
    const bytes: Uint8Array[] = [];
    for await (const piece of piecesOf(order, FIELDS, batchesOf(['contracts', back]))) bytes.push(piece);
    expect(Buffer.concat(bytes).toString('utf8').split('\r\n').slice(0, 3)).toEqual([
      '\ufeffid;deleted;number;priceRubles;versions;signedOn;createdAt',
      `${ID}1;0;"a;""b""";1234,05;2;2026-01-11;2026-11-24T09:00:00.000Z`,
      `${ID}2;1;;;;;`,
    ]);
  });

  it('tell a row once, as it was at last, though it changed while others were read', () => {
    const readings = new LastReadings(10n);
    const [first, second] = [
      [change(1, 'old', 3), change(2, 'same', 4)],
      [change(1, 'new', 12), change(3, 'other', 13)],
    ];
    readings.note(2, second);
    const told = [...readings.standing(1, first), ...readings.standing(2, second)];
    expect(told.map(({ id, row }) => [id.at(-1), row?.number])).toEqual([
      ['2', 'same'],
      ['1', 'new'],
      ['3', 'other'],
    ]);
  });
});

describe('how far an export is', () => {
  it.each([
    [{ state: 'queued', rowsRead: 0, rowsWritten: 0, rowsEstimated: null }, 0],
    [{ state: 'running', rowsRead: 50, rowsWritten: 0, rowsEstimated: 100 }, 35],
    [{ state: 'running', rowsRead: 100, rowsWritten: 50, rowsEstimated: 100 }, 85],
    [{ state: 'running', rowsRead: 300, rowsWritten: 300, rowsEstimated: 100 }, 99],
    [{ state: 'ready', rowsRead: 0, rowsWritten: 0, rowsEstimated: 0 }, 100],
  ])('%j is %i percent', (job, percent) => {
    expect(percentOf(job as ExportJob)).toBe(percent);
  });
});
