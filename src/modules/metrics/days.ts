import { Temporal } from 'temporal-polyfill';
import { wallTimeOf } from '../../platform/clock/zones.js';

/** The day that a wall calendar of the zone shows. @returns `YYYY-MM-DD` */
export function dayOf(instant: Date, timeZone: string): string {
  return wallTimeOf(instant, timeZone).slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Every day from the first to the last, both included. */
export function daysBetween(from: string, until: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) days.push(day);
  return days;
}
