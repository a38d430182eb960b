import { describe, expect, it } from '@jest/globals';
import { type CalendarYear, problemsOf, statutoryYear, withRegional, workingDaysOf } from './production-calendar.js';
import { RUSSIAN_YEARS } from './russian-calendar.js';

const [y2025, y2026] = [yearOf(2025), yearOf(2026)];

function yearOf(year: number): CalendarYear {
  return RUSSIAN_YEARS.find((one) => one.year === year)!;
}

describe('the production calendar', () => {
  it.each([
    [2025, 247],
    [2026, 247],
  ])('of %i has the %i working days of the official one', (year, days) => {
    expect(workingDaysOf(yearOf(year))).toBe(days);
  });

  it.each<[number, string[]]>([
    [
      2027,
      [
        ...['2027-01-01', '2027-01-04', '2027-01-05', '2027-01-06', '2027-01-07', '2027-01-08', '2027-02-23', '2027-03-08'],
        ...['2027-05-03', '2027-05-10', '2027-06-14', '2027-11-04'],
      ],
    ],
    // A leap year that begins on a Saturday: of January's holidays none on a weekend moves.
    [
      2028,
      [
        ...['2028-01-03', '2028-01-04', '2028-01-05', '2028-01-06', '2028-01-07', '2028-02-23', '2028-03-08', '2028-05-01'],
        ...['2028-05-09', '2028-06-12', '2028-11-06'],
      ],
    ],
  ])('of %i follows from the law alone while nobody has loaded it', (year, weekdaysOff) => {
    expect(statutoryYear(year)).toEqual({ year, status: 'statutory', weekdaysOff, workingWeekends: [] });
  });

  it('has 249 working days in 2027 before any transfer', () => {
    expect(workingDaysOf(statutoryYear(2027))).toBe(249);
  });

  it('of a region adds its days off, and is as settled as the less settled of the two', () => {
    const region: CalendarYear = { year: 2026, status: 'draft', weekdaysOff: ['2026-03-20', '2026-01-01'], workingWeekends: [] };
    const both = withRegional(y2026, region);
    expect([both.status, both.weekdaysOff.length, workingDaysOf(both)]).toEqual(['draft', y2026.weekdaysOff.length + 1, 246]);
    expect(withRegional({ ...y2026, status: 'statutory' }, { ...region, status: 'official' }).status).toBe('statutory');
    expect(withRegional(y2026, undefined)).toBe(y2026);
  });

  it('that is official may be loaded again as it is', () => {
    expect([problemsOf(y2025, false, 247), problemsOf(y2026, false, undefined)]).toEqual([[], []]);
  });

  it.each<[string, Partial<CalendarYear>, boolean, number | undefined, string, RegExp]>([
    ['a day of another year', { weekdaysOff: ['2025-03-03'] }, true, undefined, 'weekdaysOff', /not in 2026/],
    ['a Saturday among weekdays', { weekdaysOff: ['2026-03-21'] }, true, undefined, 'weekdaysOff', /off by itself/],
    ['a weekday among weekends', { workingWeekends: ['2026-03-20'] }, false, undefined, 'workingWeekends', /neither/],
    ['a worked weekend of a region', { workingWeekends: ['2026-03-21'] }, true, undefined, 'workingWeekends', /moves none/],
    ['a public holiday left out', { weekdaysOff: y2026.weekdaysOff.slice(1) }, false, undefined, 'weekdaysOff', /2026-01-01/],
    ['another sum than its source prints', {}, false, 248, 'workingDays', /make 247 working days, not 248/],
  ])('is refused with %s', (_, changes, isRegional, expected, field, reason) => {
    const problems = problemsOf({ ...y2026, ...changes }, isRegional, expected);
    expect(problems[0]).toEqual({ field, reason: expect.stringMatching(reason) });
  });
});
