import { describe, expect, it } from '@jest/globals';
import { RUSSIAN_YEARS } from '../../contracts/russian-calendar.js';
import { WorkingDays } from '../../contracts/working-days.js';
import { dueDay, periodAfter, periodAround } from './schedule.js';

const CALENDAR = new WorkingDays(RUSSIAN_YEARS);

describe('periods of a schedule', () => {
  it.each([
    ['monthly', '2026-02-28', '2026-02-01', '2026-02-28'],
    ['monthly', '2028-02-29', '2028-02-01', '2028-02-29'],
    ['weekly', '2026-11-30', '2026-11-30', '2026-12-06'],
    ['weekly', '2026-12-06', '2026-11-30', '2026-12-06'],
    ['weekly', '2027-01-01', '2026-12-28', '2027-01-03'],
  ] as const)('%s around %s go from %s to %s', (rhythm, day, startsOn, endsOn) => {
    expect(periodAround(rhythm, day)).toEqual({ startsOn, endsOn });
  });

  it('follow each other without a gap, over the end of a year', () => {
    let month = periodAround('monthly', '2026-11-15');
    const months = Array.from({ length: 4 }, () => (month = periodAfter('monthly', month)).startsOn);
    expect(months).toEqual(['2026-12-01', '2027-01-01', '2027-02-01', '2027-03-01']);
  });

  it.each([
    // Decree: 1 and 2 May 2026, and 9 to 11 May, are off.
    [{ startsOn: '2026-04-01', endsOn: '2026-04-30' }, 1, '2026-05-04'],
    [{ startsOn: '2026-04-01', endsOn: '2026-04-30' }, 5, '2026-05-08'],
    [{ startsOn: '2025-12-01', endsOn: '2025-12-31' }, 1, '2026-01-12'],
    [{ startsOn: '2026-11-23', endsOn: '2026-11-29' }, 1, '2026-11-30'],
  ])('of %j are made on working day %i: %s', (days, workingDay, due) => {
    expect(dueDay(days, workingDay, CALENDAR)).toBe(due);
  });
});
