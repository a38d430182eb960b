import { endOfDay } from '../../../platform/clock/zones.js';
import { addDays, dayOf } from '../../../platform/clock/days.js';
import type { Measure } from './line.js';
import { judgeTimed } from './timed.js';

/** A post about an event, by the end of the day that comes so many days after it. */
export const eventPost: Measure = {
  source: 'events',
  planned: () => null,
  says: ({ requirement }) =>
    requirement.withinDays === 0
      ? 'Публикация о мероприятии — в тот же день'
      : `Публикация о мероприятии — не позже чем на ${requirement.withinDays}-й день после него`,
  judge(line, facts, now) {
    const { timeZone, requirement } = line;
    const lastDay = (since: Date) => addDays(dayOf(since, timeZone), requirement.withinDays!);
    return judgeTimed(line, now, {
      ...{ source: 'events', facts: facts.events },
      dueAt: ({ since }) => endOfDay(lastDay(since), timeZone),
      late: ({ since, doneAt }) =>
        `${doneAt ? `Опубликовано ${dayOf(doneAt, timeZone)}` : 'Не опубликовано'}, последний день срока — ${lastDay(since)}`,
    });
  },
};
