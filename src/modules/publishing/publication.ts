import type { NetworkName, PublishOutcome, Reason } from '../../networks/network.js';

export const PUBLICATION_STATES = [
  'scheduled',
  'claimed',
  'sending',
  'published',
  'refused',
  'unclear',
  'held',
  'byHand',
  'withdrawn',
  'abandoned',
  'deleted',
] as const;

/**
 * `scheduled` waits for its time · `claimed` a worker has it, nothing was sent · `sending` past the point of no return ·
 * `published` the network gave a link · `refused` the network did not accept it · `unclear` nobody knows yet, we look ·
 * `held` a person must decide · `byHand` a person publishes it and pastes the link · `withdrawn` taken back before anything
 * was sent · `abandoned` a person gave it up · `deleted` taken back afterwards
 */
export type PublicationState = (typeof PUBLICATION_STATES)[number];

/** A post on one page. */
export interface Publication {
  readonly id: string;
  readonly clientId: string;
  readonly postId: string;
  readonly pageId: string;
  readonly network: NetworkName;
  readonly slot: number;
  readonly state: PublicationState;
  /** When it goes out. */
  readonly dueAt: Date;
  /** The same as a clock on the client's wall shows it, and the zone of that wall. */
  readonly plannedLocal: string;
  readonly timeZone: string;
  readonly postVersion: number;
  readonly contentHash: string;
  readonly onAmbiguity: 'hold' | 'resend';
  readonly nextTryAt: Date;
  readonly tries: number;
  readonly withdrawRequestedAt: Date | null;
  /** It may stand on the page, and nobody has found out yet. */
  readonly inDoubt: boolean;
  /** From when on what the page shows says something about the last send; null when nothing was unclear. */
  readonly settlesAt: Date | null;
  readonly reason: Reason | null;
  readonly externalId: string | null;
  readonly url: string | null;
  readonly publishedAt: Date | null;
  /** What the last check found to differ on the page. */
  readonly drift: 'edited' | 'deleted' | null;
  readonly scheduledBy: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type AttemptOutcome = PublishOutcome['kind'] | 'released' | 'fenced';

/** One try to publish: what was sent and what came of it. */
export interface Attempt {
  readonly number: number;
  readonly startedAt: Date;
  /** When the first byte could have left; null when nothing was sent. */
  readonly sentAt: Date | null;
  readonly endedAt: Date | null;
  readonly outcome: AttemptOutcome | null;
  readonly reason: Reason | null;
  readonly externalId: string | null;
  readonly url: string | null;
}

export type LookResult = 'found' | 'absent' | 'several' | 'noControl' | 'failed';

/** One look at the wall for a publication whose outcome was unclear. */
export interface Look {
  readonly lookedAt: Date;
  readonly result: LookResult;
  /** How many posts the look-up showed. */
  readonly seen: number;
  readonly matches: readonly { readonly externalId: string; readonly url: string }[];
  readonly reason: Reason | null;
}

/** Where a settled attempt leaves its publication. Instants are seconds from now by the database's clock. */
export type Settlement =
  | { readonly state: 'published'; readonly externalId: string; readonly url: string }
  | { readonly state: 'refused' | 'held' | 'withdrawn'; readonly reason: Reason }
  | { readonly state: 'scheduled'; readonly reason: Reason; readonly againInSeconds: number }
  | { readonly state: 'unclear'; readonly reason: Reason; readonly lookInSeconds: number };

/** The network's last effect may come this late after our time-out; looking sooner would read "absent" and post twice. */
export const SETTLE_SECONDS = 90;
/** A network that says "later" this often needs a person. */
const MOST_TRIES = 20;
/** An absurd Retry-After is not obeyed beyond this. */
const LONGEST_WAIT_SECONDS = 3_600;
/** Quotas that begin anew with the network's next day; until then every try is in vain. */
const DAILY: ReadonlySet<string> = new Set(['daily-limit', 'ads-limit']);
const LONGEST_DAY_SECONDS = 25 * 3_600;
/** VK's flood control says nothing about its end. */
export const FLOOD_SECONDS = 600;

/** @param tries attempts made so far, this one included */
export function settle(outcome: PublishOutcome, tries: number, withdrawn: boolean): Settlement {
  switch (outcome.kind) {
    case 'published':
      return { state: 'published', externalId: outcome.externalId, url: outcome.url };
    case 'unclear':
      return { state: 'unclear', reason: outcome.reason, lookInSeconds: SETTLE_SECONDS };
    case 'refused':
      return { state: withdrawn ? 'withdrawn' : 'refused', reason: outcome.reason };
    case 'credentialLost':
    case 'needsPerson':
      return { state: withdrawn ? 'withdrawn' : 'held', reason: outcome.reason };
    case 'retryLater':
      if (withdrawn) return { state: 'withdrawn', reason: outcome.reason };
      if (tries >= MOST_TRIES) return { state: 'held', reason: outcome.reason };
      return { state: 'scheduled', reason: outcome.reason, againInSeconds: waitSeconds(outcome) };
  }
}

/** Whether the outcome says that nothing more should be sent to this page until a person has looked. */
export function stopsPage(outcome: PublishOutcome): Reason | undefined {
  if (outcome.kind === 'credentialLost' || outcome.kind === 'needsPerson') return outcome.reason;
  return outcome.kind === 'unclear' && outcome.stopsPage ? outcome.reason : undefined;
}

export function waitSeconds({ afterMs, reason }: { afterMs: number; reason: Reason }): number {
  const longest = DAILY.has(reason.code) ? LONGEST_DAY_SECONDS : LONGEST_WAIT_SECONDS;
  return Math.min(Math.max(Math.ceil(afterMs / 1_000), 1), longest);
}
