import type { Measure } from './line.js';
import { judgeTimed } from './timed.js';
import { duration } from './wording.js';

const MINUTE_MS = 60_000;

/** An urgent post, so many minutes after the client asked for it. */
export const urgentPost: Measure = {
  source: 'events',
  planned: () => null,
  says: ({ requirement }) =>
    `Срочная публикация — не позже чем через ${duration(requirement.withinMinutes!)} после обращения заказчика`,
  judge(line, facts, now) {
    const minutes = line.requirement.withinMinutes!;
    return judgeTimed(line, now, {
      ...{ source: 'events', facts: facts.events },
      dueAt: ({ since }) => new Date(since.getTime() + minutes * MINUTE_MS),
      late: ({ since, doneAt }) =>
        doneAt
          ? `Опубликовано через ${duration(Math.floor((doneAt.getTime() - since.getTime()) / MINUTE_MS))}, а срок — ${duration(minutes)}`
          : `Не опубликовано за ${duration(minutes)}`,
    });
  },
};
