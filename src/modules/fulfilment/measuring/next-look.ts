import { endOfDay, startOfDay } from '../../../platform/clock/zones.js';
import { dayOf } from '../../../platform/clock/days.js';
import type { Line, Result } from './line.js';

/** When time alone may change a result: at the next midnight while the period runs. Null: only a fact would. */
export function nextLook(line: Line, result: Pick<Result, 'state' | 'decidedAt' | 'nextDueAt'>, now: Date): Date | null {
  const startsAt = startOfDay(line.period.startsOn, line.timeZone);
  if (now < startsAt) return startsAt;
  if (now >= result.decidedAt) return null;
  if (result.state === 'noSource') return result.decidedAt;
  const midnight = endOfDay(dayOf(now, line.timeZone), line.timeZone);
  const next = [midnight, result.decidedAt, ...(result.nextDueAt ? [result.nextDueAt] : [])];
  return new Date(Math.min(...next.map((at) => at.getTime())));
}
