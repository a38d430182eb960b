import { Temporal } from 'temporal-polyfill';
import { startOfDay } from '../../../platform/clock/zones.js';
import type { Deadline } from '../../contracts/working-days.js';
import { judgeHanded } from './handed.js';
import type { Line, Measure } from './line.js';

/** The plan of a month, by a day of the month before. */
export const contentPlan: Measure = {
  source: 'contentPlans',
  planned: () => 1,
  says: ({ requirement: { dayOfMonth } }) => `План публикаций на месяц — не позже ${dayOfMonth}-го числа предыдущего месяца`,
  judge(line, facts, now) {
    const since = startOfDay(monthBefore(line).toString(), line.timeZone);
    return judgeHanded(line, now, { source: 'contentPlans', facts: facts.contentPlans, term: contentPlanTerm(line), since });
  },
};

/** A day of the month before the period. Days of a month are no working days, so no calendar moves it. */
export function contentPlanTerm(line: Line): Deadline {
  return { day: monthBefore(line).with({ day: line.requirement.dayOfMonth! }).toString(), provisional: false };
}

function monthBefore({ period }: Line): Temporal.PlainDate {
  return Temporal.PlainDate.from(period.startsOn).with({ day: 1 }).subtract({ months: 1 });
}
