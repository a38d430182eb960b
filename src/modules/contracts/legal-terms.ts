import { wallTimeOf } from '../../platform/clock/zones.js';
import type { Deadline, WorkingDays } from './working-days.js';

/** Terms that the law gives when the contract says nothing shorter, in working days. */
export const LEGAL_TERMS = {
  /** 44-FZ, art. 94 part 13: the customer accepts or refuses after the document of acceptance came. */
  acceptance: 20,
  /** 44-FZ, art. 34 part 13.1, and 223-FZ, art. 3 part 5.3: payment after the document of acceptance was signed. */
  payment: 7,
} as const;

/**
 * The last day of a term in working days after an event, which counts by the calendar on the customer's wall: what came at
 * 23:30 in Moscow came the next day in Kamchatka.
 * @param timeZone IANA zone of the client
 */
export function termAfter(event: Date, timeZone: string, workingDays: number, calendar: WorkingDays): Deadline {
  return calendar.after(wallTimeOf(event, timeZone).slice(0, 10), workingDays);
}
