import { endOfDay } from '../../../platform/clock/zones.js';
import type { AcceptanceState } from '../acceptance/acceptance.js';

/** Midnights make periods missed; they are counted first. */
const AFTER_MIDNIGHT_MS = 3_600_000;

/** What is left of a contract. */
export interface Remaining {
  readonly stages: readonly {
    readonly acceptance: { readonly state: AcceptanceState; readonly acceptedKopecks: bigint } | null;
  }[];
  readonly timeZone: string;
  /** `YYYY-MM-DD` on the client's wall. */
  readonly today: string;
}

/** When time alone changes proposals next: soon after the next midnight; null once everything is paid, or costs nothing. */
export function nextReview({ stages, timeZone, today }: Remaining): Date | null {
  const isOver = stages.every(
    ({ acceptance }) => acceptance?.state === 'paid' || (acceptance?.state === 'accepted' && acceptance.acceptedKopecks === 0n),
  );
  return isOver ? null : new Date(endOfDay(today, timeZone).getTime() + AFTER_MIDNIGHT_MS);
}
