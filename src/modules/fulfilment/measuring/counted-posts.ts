import { endOfDay } from '../../../platform/clock/zones.js';
import { dayOf } from '../../../platform/clock/days.js';
import { daysBetween } from './days.js';
import { excusedShare } from './excused.js';
import type { Facts, PostFact } from './facts.js';
import { type Line, type Result, result, type UnitFigure, withoutSource } from './line.js';
import { risk } from './pace.js';
import { isPartial } from './periods.js';
import { asEvidence, sortPosts, unitOf } from './posts-that-count.js';

/** How many posts each network, each page or all pages together owe in the period. */
export function plannedEach({ requirement, counting, period }: Line): number {
  const count = requirement.count ?? 0;
  if (!isPartial(period) || counting.partialPeriods === 'whole') return count;
  if (counting.partialPeriods === 'none') return 0;
  const days = daysBetween(period.startsOn, period.endsOn);
  return Math.floor((2 * count * days + period.fullDays) / (2 * period.fullDays));
}

export function plannedPosts(line: Line): number {
  return plannedEach(line) * unitsOf(line).length;
}

/** Counts posts; more than enough on one page makes up for nothing on another. */
export function countPosts(line: Line, facts: Facts, now: Date): Result {
  const planned = plannedPosts(line);
  if (!facts.publications) return withoutSource(line, 'publications', planned);
  const { period, timeZone } = line;
  const { counted, scheduled, notCounted } = sortPosts(line, facts.publications);
  const each = plannedEach(line);
  const units = unitsOf(line).map((unit) => ({ unit, planned: each, done: ofUnit(line, counted, unit) }));
  const done = units.reduce((sum, unit) => sum + Math.min(unit.done, each), 0);
  const onTheWay = units.reduce(
    (sum, unit) => sum + Math.min(each - Math.min(unit.done, each), ofUnit(line, scheduled, unit.unit)),
    0,
  );
  const excused = Math.min(planned - done, excusedShare(line, planned));
  const missing = planned - done - excused;
  const decidedAt = endOfDay(period.endsOn, timeZone);
  const isOver = now >= decidedAt;
  const pace = {
    ...period,
    today: dayOf(now, timeZone),
    planned,
    done,
    missing,
    scheduled: onTheWay,
    bestDay: bestDay(line, counted),
  };
  return result(line, 'publications', now, {
    ...{ planned, done, excused, missed: isOver ? missing : 0, scheduled: isOver ? 0 : onTheWay, ...risk(pace) },
    ...{ units, counted: counted.map(asEvidence), notCounted, dueOn: period.endsOn, decidedAt },
  });
}

function unitsOf({ requirement, pages }: Line): string[] {
  const { each, network } = requirement;
  const wanted = pages.filter((page) => network === null || page.network === network);
  if (each === 'together') return ['together'];
  return [...new Set(wanted.map((page) => (each === 'network' ? page.network : page.id)))].sort();
}

function ofUnit({ requirement }: Line, posts: readonly PostFact[], unit: UnitFigure['unit']): number {
  return posts.filter((post) => unitOf(requirement.each, post) === unit).length;
}

function bestDay({ timeZone }: Line, posts: readonly PostFact[]): number {
  const days = new Map<string, number>();
  for (const { at } of posts) days.set(dayOf(at, timeZone), (days.get(dayOf(at, timeZone)) ?? 0) + 1);
  return Math.max(0, ...days.values());
}
