import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AgreedVersion, coverage, versionAt } from './contract-version.js';

const at = (text: string) => new Date(text);
const signed: AgreedVersion = {
  ...{ number: 1, effectiveOn: '2026-01-01', recordedAt: at('2025-12-20T00:00:00Z') },
  ...{ startsOn: '2026-01-01', endsOn: '2026-12-31', pageIds: ['a', 'b'] },
};
const addendum = (changes: Partial<AgreedVersion>): AgreedVersion => ({
  ...{ ...signed, number: 2, effectiveOn: '2026-06-01', recordedAt: at('2026-05-20T00:00:00Z') },
  ...changes,
});
const told = (versions: AgreedVersion[], zone = 'UTC') =>
  coverage(versions, zone).map(
    ({ pageId, from, until }) => `${pageId} ${from.toISOString().slice(0, 13)} ${until.toISOString().slice(0, 13)}`,
  );

describe('a version of a contract', () => {
  it.each<[string, string, string, number | undefined]>([
    ['before the contract holds', '2025-12-31', '2027-01-01', undefined],
    ['before the addendum holds', '2026-05-31', '2027-01-01', 1],
    ['from the day of the addendum on', '2026-06-01', '2027-01-01', 2],
    ['for that day, as it was known before the addendum', '2026-06-01', '2026-05-19', 1],
    ['before anything was known', '2026-06-01', '2025-12-19', undefined],
  ])('%s', (_, day, known, number) => {
    expect(versionAt([addendum({}), signed], day, at(`${known}T00:00:00Z`))?.number).toBe(number);
  });

  it('that is made last wins over an earlier one, also when it reaches back', () => {
    const [second, third] = [
      addendum({}),
      addendum({ number: 3, effectiveOn: '2026-03-01', recordedAt: at('2026-07-01T00:00:00Z') }),
    ];
    const read = (day: string) => versionAt([signed, second, third], day, at('2026-08-01T00:00:00Z'))?.number;
    expect([read('2026-02-28'), read('2026-03-01'), read('2026-06-01')]).toEqual([1, 3, 3]);
  });

  it('reads the same for ever as it was known at an instant, whatever is agreed afterwards', () => {
    const day = fc
      .integer({ min: 0, max: 700 })
      .map((shift) => new Date(Date.UTC(2026, 0, 1 + shift)).toISOString().slice(0, 10));
    const agreed = fc.array(day, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(agreed, day, fc.nat(), (effective, asked, cut) => {
        const all = effective.map((effectiveOn, i) => addendum({ number: i + 1, effectiveOn, recordedAt: new Date(1_000 * i) }));
        const then = 1 + (cut % all.length);
        const known = new Date(1_000 * (then - 1));
        expect(versionAt(all, asked, known)).toEqual(versionAt(all.slice(0, then), asked, known));
      }),
    );
  });
});

describe('what a contract covers', () => {
  it.each<[string, AgreedVersion[], string[]]>([
    ['as signed', [signed], ['a 2026-01-01T00 2027-01-01T00', 'b 2026-01-01T00 2027-01-01T00']],
    [
      'prolonged',
      [signed, addendum({ endsOn: '2027-03-31' })],
      ['a 2026-01-01T00 2027-04-01T00', 'b 2026-01-01T00 2027-04-01T00'],
    ],
    [
      'cut short',
      [signed, addendum({ endsOn: '2026-06-30' })],
      ['a 2026-01-01T00 2026-07-01T00', 'b 2026-01-01T00 2026-07-01T00'],
    ],
    [
      'with another page from a day on',
      [signed, addendum({ pageIds: ['b', 'c'] })],
      ['a 2026-01-01T00 2026-06-01T00', 'b 2026-01-01T00 2027-01-01T00', 'c 2026-06-01T00 2027-01-01T00'],
    ],
    [
      'again after a pause',
      [{ ...signed, endsOn: '2026-03-31' }, addendum({ pageIds: ['a'] })],
      ['a 2026-01-01T00 2026-04-01T00', 'a 2026-06-01T00 2027-01-01T00', 'b 2026-01-01T00 2026-04-01T00'],
    ],
    [
      'ended before the addendum holds',
      [signed, addendum({ endsOn: '2026-05-01' })],
      ['a 2026-01-01T00 2026-06-01T00', 'b 2026-01-01T00 2026-06-01T00'],
    ],
  ])('%s', (_, versions, expected) => {
    expect(told(versions).sort()).toEqual(expected);
  });

  it.each([
    ['Europe/Kaliningrad', 22],
    ['Europe/Moscow', 21],
    ['Europe/Samara', 20],
    ['Asia/Yekaterinburg', 19],
    ['Asia/Omsk', 18],
    ['Asia/Novosibirsk', 17],
    ['Asia/Irkutsk', 16],
    ['Asia/Yakutsk', 15],
    ['Asia/Vladivostok', 14],
    ['Asia/Magadan', 13],
    ['Asia/Kamchatka', 12],
  ])('ends with the year in %s at %i:00 UTC', (zone, hour) => {
    expect(coverage([signed], zone)[0]!.until.toISOString()).toBe(`2026-12-31T${hour}:00:00.000Z`);
  });
});
