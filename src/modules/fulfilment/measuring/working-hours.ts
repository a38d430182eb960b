import { instantOf } from '../../../platform/clock/zones.js';
import { addDays, dayOf } from '../../../platform/clock/days.js';

export interface Hours {
  /** Wall times, `09:00`. */
  readonly from: string;
  readonly until: string;
  readonly timeZone: string;
}

/** The instant at which so many minutes have passed, of those between `from` and `until` on every day. */
export function afterWorkingMinutes(since: Date, minutes: number, { from, until, timeZone }: Hours): Date {
  let left = minutes * 60_000;
  for (let day = dayOf(since, timeZone); ; day = addDays(day, 1)) {
    const opens = Math.max(instantOf(`${day}T${from}`, timeZone).getTime(), since.getTime());
    const free = instantOf(`${day}T${until}`, timeZone).getTime() - opens;
    if (free >= left) return new Date(opens + left);
    left -= Math.max(0, free);
  }
}
