import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RUSSIAN_YEARS } from './russian-calendar.js';
import { WorkingDays } from './working-days.js';

const days = new WorkingDays(RUSSIAN_YEARS);

describe('a term of working days', () => {
  it.each<[string, string, number, string, boolean]>([
    ['over May’s holidays', '2026-04-30', 7, '2026-05-13', false],
    ['over a transferred holiday in December', '2026-12-30', 1, '2027-01-11', true],
    ['over a Saturday that is worked', '2025-10-31', 1, '2025-11-01', false],
    ['over that Saturday and the days off behind it', '2025-10-31', 2, '2025-11-05', false],
    ['over the turn of the year into one that is known', '2025-12-30', 1, '2026-01-12', false],
    ['of twenty days, as 44-FZ gives for acceptance', '2026-10-12', 20, '2026-11-10', false],
    ['of none ends where it begins', '2026-11-24', 0, '2026-11-24', false],
    ['in a leap year that nobody has loaded', '2028-02-28', 2, '2028-03-01', true],
  ])('%s: %s and %i more end on %s', (_, from, count, day, provisional) => {
    expect(days.after(from, count)).toEqual({ day, provisional });
  });

  it('of calendar days that ends on a day off ends on the next working day', () => {
    expect(days.afterCalendarDays('2026-11-24', 10)).toEqual({ day: '2026-12-04', provisional: false });
    expect(days.afterCalendarDays('2026-11-24', 11)).toEqual({ day: '2026-12-07', provisional: false });
    expect(days.afterCalendarDays('2026-12-21', 10)).toEqual({ day: '2027-01-11', provisional: true });
  });

  it('ends on a working day, and holds exactly so many', () => {
    const from = fc.date({ min: new Date('2024-01-01'), max: new Date('2029-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(from, fc.integer({ min: 1, max: 60 }), (date, count) => {
        const start = date.toISOString().slice(0, 10);
        const { day } = days.after(start, count);
        expect([days.isWorkingDay(day), days.between(start, day)]).toEqual([true, count]);
      }),
    );
  });

  it('is longer or as long when it has more days, whatever it begins with', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 40 }), (shift, count) => {
        const start = new Date(Date.UTC(2025, 0, 1 + shift)).toISOString().slice(0, 10);
        expect(days.after(start, count).day <= days.after(start, count + 1).day).toBe(true);
      }),
    );
  });

  it('counts nothing when it ends before it begins', () => {
    expect([days.between('2026-11-24', '2026-11-23'), days.between('2026-11-24', '2026-11-24')]).toEqual([0, 0]);
  });
});
