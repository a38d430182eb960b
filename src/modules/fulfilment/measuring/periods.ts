import { Temporal } from 'temporal-polyfill';
import type { RequirementPeriod } from '../../contracts/requirement.js';
import { addDays } from '../../../platform/clock/days.js';
import { daysBetween, earlierDay, laterDay } from './days.js';

/** A period of a line, cut to the days on which the line holds. */
export interface Period {
  readonly startsOn: string;
  readonly endsOn: string;
  /** How many days the whole week, month or quarter has. */
  readonly fullDays: number;
}

/** Weeks begin on Monday; months and quarters follow the calendar; `term` is all the days. */
export function periodsOf(kind: RequirementPeriod, from: string, until: string): Period[] {
  const periods: Period[] = [];
  for (let start = from; start <= until;) {
    const [first, last] = kind === 'term' ? [from, until] : wholePeriod(kind, start);
    const period = { startsOn: laterDay(first, from), endsOn: earlierDay(last, until) };
    periods.push({ ...period, fullDays: daysBetween(first, last) });
    start = addDays(last, 1);
  }
  return periods;
}

/** First and last day of the week, month or quarter in which a day lies. */
function wholePeriod(kind: Exclude<RequirementPeriod, 'term'>, day: string): [string, string] {
  const date = Temporal.PlainDate.from(day);
  if (kind === 'week') {
    const monday = date.subtract({ days: date.dayOfWeek - 1 });
    return [monday.toString(), monday.add({ days: 6 }).toString()];
  }
  const months = kind === 'month' ? 1 : 3;
  const first = date.with({ day: 1 }).subtract({ months: (date.month - 1) % months });
  return [first.toString(), first.add({ months }).subtract({ days: 1 }).toString()];
}

export function isPartial({ startsOn, endsOn, fullDays }: Period): boolean {
  return daysBetween(startsOn, endsOn) < fullDays;
}
