import { endOfDay, startOfDay, wallTimeOf } from '../../../platform/clock/zones.js';

/** A stretch of time whose numbers are shown as one, its end not included. */
export interface Bucket {
  readonly unit: 'hour' | 'day';
  readonly startsAt: Date;
  readonly endsAt: Date;
}

const HOUR_MS = 3_600_000;

/** The hour and the day that hold an instant, as clocks and calendars of the zone (IANA) show them. */
export function bucketsOf(at: Date, timeZone: string): Bucket[] {
  const wall = wallTimeOf(at, timeZone);
  const [day, minutes, seconds] = [wall.slice(0, 10), Number(wall.slice(14, 16)), Number(wall.slice(17, 19))];
  // Counted back from the instant: an hour that a clock change repeats is then two buckets, as it was two hours.
  const hour = Math.floor(at.getTime() / 1_000) * 1_000 - (minutes * 60 + seconds) * 1_000;
  return [
    { unit: 'hour', startsAt: new Date(hour), endsAt: new Date(hour + HOUR_MS) },
    { unit: 'day', startsAt: startOfDay(day, timeZone), endsAt: endOfDay(day, timeZone) },
  ];
}
