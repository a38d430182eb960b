import type { Line, Measure } from './line.js';
import { judgeTimed } from './timed.js';
import { duration } from './wording.js';
import { afterWorkingMinutes, type Hours } from './working-hours.js';

/** The first reply to a question, so many hours after it, of the hours that are worked. */
export const firstReply: Measure = {
  source: 'replies',
  planned: () => null,
  says: ({ requirement: { withinHours, worksFrom, worksUntil } }) =>
    `Первый ответ — не позже чем через ${withinHours} ч рабочего времени (ежедневно с ${worksFrom} до ${worksUntil})`,
  judge(line, facts, now) {
    const minutes = line.requirement.withinHours! * 60;
    return judgeTimed(line, now, {
      ...{ source: 'replies', facts: facts.replies },
      dueAt: ({ since }) => afterWorkingMinutes(since, minutes, hoursOf(line)),
      late: ({ doneAt }) => `${doneAt ? 'Ответ дан позже срока' : 'Ответа нет'}: срок — ${duration(minutes)} рабочего времени`,
    });
  },
};

function hoursOf({ requirement, timeZone }: Line): Hours {
  return { from: requirement.worksFrom!, until: requirement.worksUntil!, timeZone };
}
