import { describe, expect, it } from '@jest/globals';
import { canonical } from './canonical-json.js';

describe('canonical JSON', () => {
  it('says the same of the same value, in whatever order it was put together', () => {
    const [one, other] = [canonical({ b: 1, a: { d: [2, 1], c: null } }), canonical({ a: { c: null, d: [2, 1] }, b: 1 })];
    expect(one).toEqual(other);
    expect(one.text).toBe('{"a":{"c":null,"d":[2,1]},"b":1}');
  });

  it('keeps the order of lists, writes instants in UTC, and leaves out what is absent', () => {
    const at = new Date('2027-01-18T00:00:00Z');
    expect(canonical({ at, list: [3, 1, 2], absent: undefined, text: 'Ёлка №\u00a01' }).text).toBe(
      '{"at":"2027-01-18T00:00:00.000Z","list":[3,1,2],"text":"Ёлка №\u00a01"}',
    );
  });

  it('is a fixed point', () => {
    const { text } = canonical({ z: [{ b: 1, a: 2 }], a: 'x' });
    expect(canonical(JSON.parse(text) as object).text).toBe(text);
  });
});
