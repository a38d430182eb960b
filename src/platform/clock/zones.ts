import { Temporal } from 'temporal-polyfill';

/**
 * The one place that turns wall time into instants; the database keeps instants only. A wall time that a clock change
 * skips moves forward, one that occurs twice means the first.
 */

/** The instant at which a calendar day begins in a zone (not always 00:00). @param day `YYYY-MM-DD` */
export function startOfDay(day: string, timeZone: string): Date {
  const date = Temporal.PlainDate.from(day);
  return new Date(date.toZonedDateTime({ timeZone }).epochMilliseconds);
}

/** The instant at which the day after `day` begins: the open end of an interval that includes the day. */
export function endOfDay(day: string, timeZone: string): Date {
  return startOfDay(Temporal.PlainDate.from(day).add({ days: 1 }).toString(), timeZone);
}

/** @param local `YYYY-MM-DDTHH:MM[:SS]` as a clock on the wall of that zone shows it */
export function instantOf(local: string, timeZone: string): Date {
  const wall = Temporal.PlainDateTime.from(local);
  return new Date(wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds);
}

/** What a clock on the wall of that zone shows at an instant: `YYYY-MM-DDTHH:MM:SS`. */
export function wallTimeOf(instant: Date, timeZone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
  return zoned.toPlainDateTime().toString({ smallestUnit: 'second' });
}
