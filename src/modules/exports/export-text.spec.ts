import { describe, expect, it } from '@jest/globals';
import { BEGINNING, type Change } from '../../platform/changes/change-source.js';
import type { ExportedField } from './collection.js';
import { fromCursor, toCursor } from './export-cursor.js';
import { toCsv, toJsonLines } from './export-text.js';

const FIELDS: ExportedField[] = [
  { name: 'number', kind: 'text' },
  { name: 'priceKopecks', kind: 'kopecks' },
  { name: 'createdAt', kind: 'instant' },
];
const ID = '019b76da-a800-7000-8000-000000000001';
const row = (number: string | null, priceKopecks: bigint | null = 123_405n): Change => ({
  ...{ xid: '7', id: ID },
  row: { number, priceKopecks, createdAt: new Date('2026-11-24T09:00:00Z') },
});
const csv = (changes: Change[], options: object = {}) =>
  toCsv(changes, FIELDS, { decimal: 'point', encoding: 'utf-8', ...options });

describe('exports as JSON Lines', () => {
  it('are one object a line, sums in kopecks', () => {
    expect(toJsonLines([row('12-ГК')], FIELDS)).toBe(
      `{"id":"${ID}","deleted":false,"number":"12-ГК","priceKopecks":123405,"createdAt":"2026-11-24T09:00:00.000Z"}\n`,
    );
  });

  it('say of what is gone that it is gone', () => {
    expect(toJsonLines([{ xid: '7', id: ID, row: null }], FIELDS)).toBe(`{"id":"${ID}","deleted":true}\n`);
  });
});

describe('exports as CSV', () => {
  it('have a header, semicolons, rubles and a mark of the encoding', () => {
    expect(csv([row('12-ГК')]).toString('utf8')).toBe(
      `\ufeffid;deleted;number;priceRubles;createdAt\r\n${ID};0;12-ГК;1234.05;2026-11-24T09:00:00.000Z\r\n`,
    );
  });

  it('take a comma where people want one', () => {
    expect(csv([row('1')], { decimal: 'comma' }).toString('utf8')).toContain(';1;1234,05;');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+7', "'+7"],
    ['-7', "'-7"],
    ['@a', "'@a"],
    ['\ta', "'\ta"],
    ['a;b', '"a;b"'],
    ['a"b', '"a""b"'],
    ['=a;"b"', `"'=a;""b"""`],
    ['0012', '0012'],
  ])('%j is written as %j', (text, written) => {
    expect(csv([row(text)]).toString('utf8')).toContain(`;0;${written};`);
  });

  it('leave empty what is not there, and what is gone', () => {
    expect(csv([row(null, null)]).toString('utf8')).toContain(`${ID};0;;;2026`);
    expect(csv([{ xid: '7', id: ID, row: null }]).toString('utf8')).toContain(`${ID};1;;;\r\n`);
  });

  it('are read by old programs in windows-1251', () => {
    const bytes = csv([row('Ёлка № 1 «а» 😀')], { encoding: 'windows-1251' });
    expect(new TextDecoder('windows-1251').decode(bytes)).toContain(';0;Ёлка № 1 «а» ?;');
  });
});

describe('cursors of exports', () => {
  it('go on where they stopped, in their own collection alone', () => {
    const point = { xid: '18446744073709551', id: ID };
    expect(fromCursor('posts', toCursor('posts', point))).toEqual(point);
    expect(fromCursor('acts', toCursor('posts', point))).toBeUndefined();
    expect(fromCursor('posts', undefined)).toEqual(BEGINNING);
    expect(fromCursor('posts', 'nonsense')).toBeUndefined();
  });
});
