import { describe, expect, it } from '@jest/globals';
import { statutoryYear } from '../../contracts/production-calendar.js';
import { RUSSIAN_YEARS } from '../../contracts/russian-calendar.js';
import { WorkingDays } from '../../contracts/working-days.js';
import type { LineState } from '../measuring/line.js';
import { line } from '../measuring/line.spec-support.js';
import { keyOf } from '../measuring/lines.js';
import { aContract, ELEVEN_ZONES } from './deadlines.spec-support.js';
import { requirementDeadlines } from './requirement-deadlines.js';

const period = (startsOn: string, endsOn: string) => ({ period: { startsOn, endsOn, fullDays: 31 } });
const aReport = (endsOn: string, workingDay: number, changes: Parameters<typeof line>[1] = {}) =>
  line(
    { kind: 'report', count: null, period: 'month', workingDay },
    { ...period(`${endsOn.slice(0, 8)}01`, endsOn), ...changes },
  );
const aPlan = (startsOn: string, dayOfMonth: number) =>
  line({ kind: 'contentPlan', count: null, period: 'month', dayOfMonth }, period(startsOn, startsOn));
const only = (one: ReturnType<typeof line>, state: LineState = 'open') =>
  requirementDeadlines(aContract(), [one], new Map([[keyOf(one), state]]))[0];

describe('the dates of requirements', () => {
  it.each<[string, string, number, string, number | null]>([
    ['simple days', '2026-08-31', 5, '2026-09-07', null],
    ['transferred holidays of May', '2026-04-30', 7, '2026-05-13', null],
    ['a working Saturday', '2025-10-31', 1, '2025-11-01', null],
    ['the first of a leap March', '2028-02-29', 5, '2028-03-07', 2028],
    ['a year that nobody knows', '2026-12-31', 5, '2027-01-15', 2027],
    ['the year before it, which is known', '2026-11-30', 5, '2026-12-07', null],
  ])('of a report follow working days: %s', (_, endsOn, workingDay, dueOn, provisionalYear) => {
    expect(only(aReport(endsOn, workingDay))).toMatchObject({ kind: 'reportDue', dueOn, provisionalYear, dueAt: null });
  });

  it('of a report are definite with an official calendar, and follow its transfers', () => {
    const year = statutoryYear(2027);
    const known = (weekdaysOff: readonly string[]) =>
      new WorkingDays([...RUSSIAN_YEARS, { ...year, status: 'official', weekdaysOff: [...year.weekdaysOff, ...weekdaysOff] }]);
    const of = (...off: string[]) => only(aReport('2026-12-31', 5, { workingDays: known(off) }));
    expect(of()).toMatchObject({ dueOn: '2027-01-15', provisionalYear: null });
    expect(of('2027-01-11')).toMatchObject({ dueOn: '2027-01-18', provisionalYear: null });
  });

  it.each(ELEVEN_ZONES)('of a report end with the day in %s', (timeZone) => {
    const found = only(aReport('2026-11-30', 5, { timeZone }))!;
    expect(found.dueOn).toBe('2026-12-07');
    const offset = ELEVEN_ZONES.indexOf(timeZone) + 2;
    expect(found.passesAt).toEqual(new Date(Date.UTC(2026, 11, 8) - offset * 3_600_000));
  });

  it.each<[string, number, string]>([
    ['2027-01-11', 25, '2026-12-25'],
    ['2028-03-01', 29, '2028-02-29'],
    // A February without it has its last day.
    ['2027-03-01', 29, '2027-02-28'],
    ['2026-05-01', 31, '2026-04-30'],
  ])('of a content plan for %s are a day of the month before: the %s', (startsOn, dayOfMonth, dueOn) => {
    expect(only(aPlan(startsOn, dayOfMonth))).toMatchObject({ kind: 'contentPlanDue', dueOn, provisionalYear: null });
  });

  it.each<[LineState, string | undefined]>([
    ['done', 'met'],
    ['missed', 'missed'],
    ['open', 'owed'],
    ['atRisk', 'owed'],
    ['ahead', 'owed'],
    ['noSource', 'untold'],
    // Nothing is owed any more.
    ['excused', undefined],
  ])('say what became of a period that is %s', (state, outcome) => {
    expect(only(aReport('2026-11-30', 5), state)?.outcome).toBe(outcome);
  });

  it('are none of lines that owe posts', () => {
    expect(requirementDeadlines(aContract(), [line()], new Map())).toEqual([]);
  });
});
