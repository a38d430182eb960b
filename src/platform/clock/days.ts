import { Temporal } from 'temporal-polyfill';
import { wallTimeOf } from './zones.js';

/** Calendar days are `YYYY-MM-DD`, so they compare as texts. */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** The day that a wall calendar of the zone (IANA) shows at an instant. */
export function dayOf(instant: Date, timeZone: string): string {
  return wallTimeOf(instant, timeZone).slice(0, 10);
}

/** Every day from the first to the last, both included. */
export function everyDay(from: string, until: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) days.push(day);
  return days;
}
