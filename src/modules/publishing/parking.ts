import type { CallOutcome, PublishOutcome, Reason } from '../../networks/network.js';
import { FLOOD_SECONDS, waitSeconds } from './publication.js';

/** For how long a page is left alone, and what the network said. */
export interface Parking {
  readonly seconds: number;
  readonly reason: Reason;
}

/** Answers that are about the page or its secret, not about the one post that met them. */
const QUOTAS: ReadonlySet<string> = new Set(['rate-limited', 'flood-control', 'daily-limit', 'ads-limit', 'action-blocked']);

/**
 * After a send: whatever made the network say "later" meets the page's next post as well, so all of them wait, in their
 * order. Flood control proves nothing about the post that met it, but stops the page all the same.
 */
export function parkedBySend(outcome: PublishOutcome): Parking | undefined {
  if (outcome.kind === 'retryLater') return { seconds: waitSeconds(outcome), reason: outcome.reason };
  if (outcome.kind === 'unclear' && outcome.reason.code === 'flood-control') {
    return { seconds: FLOOD_SECONDS, reason: outcome.reason };
  }
  return undefined;
}

/** After another call: only a quota says something about posts; a photo that does not get through says nothing about texts. */
export function parkedByCall(outcome: CallOutcome<unknown>): Parking | undefined {
  if (outcome.kind !== 'retryLater' || !QUOTAS.has(outcome.reason.code)) return undefined;
  return { seconds: waitSeconds(outcome), reason: outcome.reason };
}
