import { Temporal } from 'temporal-polyfill';
import { startOfDay } from '../../../platform/clock/zones.js';
import { judgeHanded } from './handed.js';
import type { Measure } from './line.js';

/** The plan of a month, by a day of the month before. */
export const contentPlan: Measure = {
  source: 'contentPlans',
  planned: () => 1,
  says: ({ requirement: { dayOfMonth } }) => `План публикаций на месяц — не позже ${dayOfMonth}-го числа предыдущего месяца`,
  judge(line, facts, now) {
    const { period, timeZone, requirement } = line;
    const before = Temporal.PlainDate.from(period.startsOn).with({ day: 1 }).subtract({ months: 1 });
    const day = before.with({ day: requirement.dayOfMonth! }).toString();
    const since = startOfDay(before.toString(), timeZone);
    return judgeHanded(line, now, {
      ...{ source: 'contentPlans', facts: facts.contentPlans },
      ...{ term: { day, provisional: false }, since },
    });
  },
};
