import { describe, expect, it } from '@jest/globals';
import { bucketsOf } from './bucket.js';

const shown = (at: string, timeZone: string) =>
  bucketsOf(new Date(at), timeZone).map(({ unit, startsAt, endsAt }) => [unit, startsAt.toISOString(), endsAt.toISOString()]);

describe('The hour and the day of an instant', () => {
  it('are those of the zone', () => {
    expect(shown('2026-12-31T12:34:56.789Z', 'Asia/Kamchatka')).toEqual([
      ['hour', '2026-12-31T12:00:00.000Z', '2026-12-31T13:00:00.000Z'],
      ['day', '2026-12-31T12:00:00.000Z', '2027-01-01T12:00:00.000Z'],
    ]);
  });

  it('begin at half past where clocks stand half an hour off', () => {
    expect(shown('2026-07-01T10:15:00.000Z', 'America/St_Johns')).toEqual([
      ['hour', '2026-07-01T09:30:00.000Z', '2026-07-01T10:30:00.000Z'],
      ['day', '2026-07-01T02:30:00.000Z', '2026-07-02T02:30:00.000Z'],
    ]);
  });

  it('hold their first instant and not that of the next', () => {
    expect(shown('2026-11-24T21:00:00.000Z', 'Europe/Moscow')[0]).toEqual([
      'hour',
      '2026-11-24T21:00:00.000Z',
      '2026-11-24T22:00:00.000Z',
    ]);
    expect(shown('2026-11-24T20:59:59.999Z', 'Europe/Moscow')[1]).toEqual([
      'day',
      '2026-11-23T21:00:00.000Z',
      '2026-11-24T21:00:00.000Z',
    ]);
  });

  it('are two where a clock change repeats an hour, and a day of twenty-five', () => {
    expect(shown('2026-10-25T00:30:00.000Z', 'Europe/Berlin')[0]![1]).toBe('2026-10-25T00:00:00.000Z');
    expect(shown('2026-10-25T01:30:00.000Z', 'Europe/Berlin')).toEqual([
      ['hour', '2026-10-25T01:00:00.000Z', '2026-10-25T02:00:00.000Z'],
      ['day', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ]);
  });
});
