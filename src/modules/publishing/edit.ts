import type { EditOutcome, Reason } from '../../networks/network.js';
import { waitSeconds } from './publication.js';

export const EDIT_STATES = ['waiting', 'sending', 'unclear', 'applied', 'refused', 'held'] as const;

/**
 * `waiting` for its turn · `sending` a worker has it · `unclear` nobody knows whether the network did it: it is read, and made again if
 * need be · `applied` the page says it · `refused` the network does not take it · `held` something else stood in the way
 */
export type EditState = (typeof EDIT_STATES)[number];

/** A change of a published post on its page. One publication has at most one that is open. */
export interface Edit {
  readonly id: string;
  readonly publicationId: string;
  readonly state: EditState;
  /** What it is to say. */
  readonly postVersion: number;
  readonly contentHash: string;
  /** What it said when this was asked for. */
  readonly versionBefore: number;
  readonly nextTryAt: Date;
  /** Whether the page itself showed the new content; null when it could not be read. */
  readonly verified: boolean | null;
  readonly reason: Reason | null;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly endedAt: Date | null;
  readonly attempts: readonly EditAttempt[];
}

export interface EditAttempt {
  readonly number: number;
  readonly sentAt: Date;
  readonly endedAt: Date | null;
  readonly outcome: EditOutcome['kind'] | 'fenced' | null;
  readonly reason: Reason | null;
}

/** What the page shows after a try: the new content, something else, or nothing that could be read. */
export type SeenOnPage = 'same' | 'different' | 'unknown';

export type EditSettlement =
  | { readonly state: 'applied'; readonly verified: boolean | null }
  | { readonly state: 'refused' | 'held'; readonly reason: Reason }
  | { readonly state: 'waiting' | 'unclear'; readonly reason: Reason; readonly againInSeconds: number };

/** A network may show a post a moment as it was. */
const LOOK_AGAIN_SECONDS = 60;
/** A network that says "done" so often and shows something else has its own way of showing it: the checks tell. */
const MOST_LOOKS = 3;
const MOST_UNCLEAR = 8;
const MOST_TRIES = 20;

const NOT_SEEN: Reason = { code: 'not-seen-yet', message: 'Сеть приняла изменение, но на странице его ещё не видно' };

/** @param tries made so far, this one included */
export function settleEdit(outcome: EditOutcome, seen: SeenOnPage, tries: number): EditSettlement {
  if (seen === 'same') return { state: 'applied', verified: true };
  switch (outcome.kind) {
    case 'edited':
      if (seen === 'unknown') return { state: 'applied', verified: null };
      if (tries >= MOST_LOOKS) return { state: 'applied', verified: false };
      return { state: 'unclear', reason: NOT_SEEN, againInSeconds: LOOK_AGAIN_SECONDS };
    case 'unclear':
      if (tries >= MOST_UNCLEAR || outcome.stopsPage === true) return { state: 'held', reason: outcome.reason };
      return { state: 'unclear', reason: outcome.reason, againInSeconds: LOOK_AGAIN_SECONDS };
    case 'refused':
      return { state: 'refused', reason: outcome.reason };
    case 'credentialLost':
    case 'needsPerson':
      return { state: 'held', reason: outcome.reason };
    case 'retryLater':
      if (tries >= MOST_TRIES) return { state: 'held', reason: outcome.reason };
      return { state: 'waiting', reason: outcome.reason, againInSeconds: waitSeconds(outcome) };
  }
}
