/** Counters of one publication as they were collected last before the cut-off; null: the network does not tell this one. */
export interface PostNumbers {
  /** Of the publication. */
  readonly id: string;
  readonly takenAt: string;
  readonly views: number | null;
  readonly reach: number | null;
  readonly likes: number | null;
  readonly comments: number | null;
  readonly reposts: number | null;
}

/** A day of a page, `YYYY-MM-DD`; a day that is absent is a gap. */
export interface PageDay {
  readonly day: string;
  /** Subscribers, as seen last on that day. */
  readonly members: number | null;
  /** People reached, as the network counts its own day of that date. Days don't add up to people. */
  readonly reach: number | null;
  readonly views: number | null;
  /** What people did on the page on that day, with posts of any age. */
  readonly likes: number | null;
  readonly comments: number | null;
  readonly reposts: number | null;
}

/** A page in the period, and in the one before. */
export interface PageNumbers {
  readonly pageId: string;
  readonly days: readonly PageDay[];
  readonly daysBefore: readonly PageDay[];
}

/** The compliance score of a page on a day. */
export interface DayScore {
  readonly pageId: string;
  readonly day: string;
  readonly points: number;
  readonly outOf: number;
  /** The version of the scoring model. */
  readonly model: number;
}

/** What was collected by the cut-off. */
export interface CollectedNumbers {
  readonly posts: readonly PostNumbers[];
  readonly pages: readonly PageNumbers[];
  readonly compliance: readonly DayScore[];
}
