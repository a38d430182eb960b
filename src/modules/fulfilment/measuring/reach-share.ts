import { addDays } from '../../../platform/clock/days.js';
import { endOfDay, startOfDay } from '../../../platform/clock/zones.js';
import type { ShareFact } from './facts.js';
import { type Line, type Measure, untold } from './line.js';
import { judgeShare } from './shares.js';
import { PER } from './wording.js';

/** How many people a period reached, of those who follow the pages, by the weeks that end in it. Whoever has told nothing is not zero. */
export const reachShare: Measure = {
  source: 'reach',
  planned: () => 1,
  says: ({ requirement: { percent, period } }) => `Охват — не меньше ${percent} % подписчиков ${PER[period]}`,
  judge: (line, facts, now) => {
    const isOver = now >= endOfDay(line.period.endsOn, line.timeZone);
    const reach = facts.reach?.filter(({ of }) => line.pages.some(({ id }) => id === of));
    if (
      reach === undefined ||
      line.pages.every(({ id }) =>
        isTold(
          line,
          reach.filter(({ of }) => of === id),
          isOver,
        ),
      )
    )
      return judgeShare(line, 'reach', reach, now);
    return isOver ? untold(line, 'reach', 1) : judgeShare(line, 'reach', [], now);
  },
};

/**
 * Whether a page has told enough: anything of the period, and when that is over its last week too. A later week shows that the last
 * one stays a gap, and that nobody waits for it any more.
 */
function isTold({ period, timeZone }: Line, weeks: readonly ShareFact[], isOver: boolean): boolean {
  const [from, until] = [startOfDay(period.startsOn, timeZone), endOfDay(period.endsOn, timeZone)];
  const lastWeek = startOfDay(addDays(period.endsOn, -daysSinceSunday(period.endsOn)), timeZone);
  return weeks.some(({ at }) => at >= from && at < until) && (!isOver || weeks.some(({ at }) => at >= lastWeek));
}

function daysSinceSunday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}
