import { addDays } from '../../../platform/clock/days.js';
import { daysBetween } from './days.js';

export interface Pace {
  readonly startsOn: string;
  readonly endsOn: string;
  /** The day it is. */
  readonly today: string;
  readonly planned: number;
  readonly done: number;
  /** What is missing and not excused. */
  readonly missing: number;
  readonly scheduled: number;
  /** The most that was done on one day of the period. */
  readonly bestDay: number;
}

/**
 * What will be missing: what is neither done nor scheduled, once the days that have passed have brought less than their share, in
 * whole deliverables (rounded half up, so that one a month is looked at from its middle on).
 * `impossibleOn` is the first day on which the rest would not fit any more into the days that are left, with as many a day as on
 * the best one so far.
 */
export function risk(pace: Pace): { atRisk: number; impossibleOn: string | null } {
  const short = pace.missing - pace.scheduled;
  const passed = daysBetween(pace.startsOn, addDays(pace.today, -1));
  const days = daysBetween(pace.startsOn, pace.endsOn);
  const isBehind = passed > 0 && pace.done < Math.floor((2 * pace.planned * passed + days) / (2 * days));
  if (short <= 0 || !isBehind || pace.today > pace.endsOn) return { atRisk: 0, impossibleOn: null };
  const needed = Math.ceil(short / Math.max(1, pace.bestDay));
  return { atRisk: short, impossibleOn: addDays(pace.endsOn, 2 - needed) };
}
