import { endOfDay, startOfDay } from '../../../platform/clock/zones.js';
import { excusedDays } from './excused.js';
import type { FactSource, ShareFact } from './facts.js';
import { type Line, type Result, result, withoutSource } from './line.js';

/** Parts of the period together make a share that must reach a percentage: one deliverable, judged when the period is over. */
export function judgeShare(line: Line, source: FactSource, facts: readonly ShareFact[] | undefined, now: Date): Result {
  if (!facts) return withoutSource(line, source, 1);
  const { period, timeZone, requirement } = line;
  const [from, until] = [startOfDay(period.startsOn, timeZone), endOfDay(period.endsOn, timeZone)];
  const mine = facts.filter(({ at }) => at >= from && at < until).sort((a, b) => (a.id < b.id ? -1 : 1));
  const sum = (of: (fact: ShareFact) => number) => mine.reduce((total, fact) => total + of(fact), 0);
  const [part, whole] = [sum((fact) => fact.part), sum((fact) => fact.whole)];
  // Compared without dividing: 94.96 % are not 95.
  const isMet = whole === 0 || part * 100 >= requirement.percent! * whole;
  const isOver = now >= until;
  const { excused, days } = excusedDays(line);
  const isForgiven = isOver && !isMet && excused === days;
  return result(line, source, now, {
    ...{
      planned: 1,
      done: isOver && isMet ? 1 : 0,
      excused: isForgiven ? 1 : 0,
      missed: isOver && !isMet && !isForgiven ? 1 : 0,
    },
    ...{ atRisk: !isOver && !isMet ? 1 : 0, measured: whole === 0 ? null : Math.floor((part * 1_000) / whole) / 10 },
    ...{ counted: mine.map(({ id, title, url, at }) => ({ id, kind: 'other' as const, title, url, at })), notCounted: [] },
    ...{ dueOn: period.endsOn, decidedAt: until },
  });
}
