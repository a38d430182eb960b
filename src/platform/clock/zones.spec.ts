import { describe, expect, it } from '@jest/globals';
import { endOfDay, instantOf, startOfDay, wallTimeOf } from './zones.js';

/** Offsets of the law since 2016; none of these zones has summer time. */
const RUSSIA: [string, number][] = [
  ['Europe/Kaliningrad', 2],
  ['Europe/Moscow', 3],
  ['Europe/Kirov', 3],
  ['Europe/Volgograd', 3],
  ['Europe/Simferopol', 3],
  ['Europe/Samara', 4],
  ['Europe/Astrakhan', 4],
  ['Europe/Saratov', 4],
  ['Europe/Ulyanovsk', 4],
  ['Asia/Yekaterinburg', 5],
  ['Asia/Omsk', 6],
  ['Asia/Novosibirsk', 7],
  ['Asia/Barnaul', 7],
  ['Asia/Tomsk', 7],
  ['Asia/Novokuznetsk', 7],
  ['Asia/Krasnoyarsk', 7],
  ['Asia/Irkutsk', 8],
  ['Asia/Yakutsk', 9],
  ['Asia/Chita', 9],
  ['Asia/Khandyga', 9],
  ['Asia/Vladivostok', 10],
  ['Asia/Ust-Nera', 10],
  ['Asia/Magadan', 11],
  ['Asia/Sakhalin', 11],
  ['Asia/Srednekolymsk', 11],
  ['Asia/Kamchatka', 12],
  ['Asia/Anadyr', 12],
];

describe('wall time and instants', () => {
  it.each(RUSSIA)('E-5 nine o’clock in %s is %i hours before nine in UTC, in winter and in summer', (zone, offset) => {
    for (const day of ['2026-01-15', '2026-07-15']) {
      const expected = new Date(Date.parse(`${day}T09:00:00Z`) - offset * 3_600_000);
      expect(instantOf(`${day}T09:00`, zone)).toEqual(expected);
      expect(wallTimeOf(expected, zone)).toBe(`${day}T09:00:00`);
    }
  });

  it('E-6 ends a year in Kamchatka at noon of 31 December in UTC', () => {
    expect(endOfDay('2026-12-31', 'Asia/Kamchatka').toISOString()).toBe('2026-12-31T12:00:00.000Z');
    expect(endOfDay('2026-12-31', 'Europe/Moscow').toISOString()).toBe('2026-12-31T21:00:00.000Z');
  });

  it('E-3 moves a skipped wall time forward and takes the first of a repeated one', () => {
    expect(instantOf('2026-03-29T02:30', 'Europe/Berlin').toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(instantOf('2026-10-25T02:30', 'Europe/Berlin').toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  it('begins a day at its first instant where midnight is skipped', () => {
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo').toISOString()).toBe('2018-11-04T03:00:00.000Z');
  });

  it('E-7 knows 29 February', () => {
    expect(endOfDay('2028-02-28', 'UTC').toISOString()).toBe('2028-02-29T00:00:00.000Z');
    expect(() => startOfDay('2027-02-29', 'UTC')).toThrow(RangeError);
  });
});

describe('every zone that this machine knows', () => {
  const HOUR = 3_600_000;
  const zones = Intl.supportedValuesOf('timeZone');

  /** The instants of 2026 at which a zone's clocks change, to the second, by the offsets that Intl tells. */
  function changesOf(zone: string): { at: number; before: number; after: number }[] {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    const offset = (ms: number): number => {
      const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')!.value;
      const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
      return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
    };
    const changes = [];
    const end = Date.UTC(2027, 0, 1);
    for (let day = Date.UTC(2026, 0, 1); day < end; day += 24 * HOUR) {
      let [low, high] = [day, day + 24 * HOUR];
      const [before, after] = [offset(low), offset(high)];
      if (before === after) continue;
      while (high - low > 1_000) {
        const middle = Math.floor((low + high) / 2_000) * 1_000;
        if (offset(middle) === before) low = middle;
        else high = middle;
      }
      changes.push({ at: high, before, after });
    }
    return changes;
  }

  it('E-3 moves a skipped wall time forward by what was skipped, and takes the first of a repeated one', () => {
    let cases = 0;
    const wrong: string[] = [];
    for (const zone of zones) {
      for (const { at, before, after } of changesOf(zone)) {
        // In the middle of the gap, or of the hour that comes twice.
        const wall = at + Math.max(before, after) - Math.abs(after - before) / 2;
        const expected = wall - before;
        const local = new Date(wall).toISOString().slice(0, 19);
        if (instantOf(local, zone).getTime() !== expected) wrong.push(`${zone} ${local}`);
        cases += 1;
      }
    }
    expect(wrong).toEqual([]);
    expect(cases).toBeGreaterThan(150);
  });
});
