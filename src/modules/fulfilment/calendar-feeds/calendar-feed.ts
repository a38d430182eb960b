import type { DeadlineKind, WaitingFor } from '../deadlines/deadline.js';

/** Which dates a feed shows; null: any. */
export interface FeedFilter {
  readonly clientId: string | null;
  readonly contractId: string | null;
  readonly pageId: string | null;
  readonly kinds: readonly DeadlineKind[] | null;
  readonly waitingFor: WaitingFor | null;
}

/** A secret link of a member. The secret itself is shown once and kept as a hash. */
export interface CalendarFeed {
  readonly id: string;
  readonly memberId: string;
  readonly name: string;
  readonly filter: FeedFilter;
  readonly createdAt: Date;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}
