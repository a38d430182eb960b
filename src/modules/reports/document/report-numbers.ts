/** Counters of one post as they were collected last before the cut-off; null: the network does not tell this one. */
export interface PostNumbers {
  /** Of the publication or the outside post. */
  readonly id: string;
  readonly views: number | null;
  readonly reach: number | null;
  readonly likes: number | null;
  readonly comments: number | null;
  readonly reposts: number | null;
}

/** A page in a period, and in the one before. */
export interface PageNumbers {
  readonly pageId: string;
  /** At the end of the period. */
  readonly members: number | null;
  readonly membersBefore: number | null;
  /** People reached in the period. */
  readonly reach: number | null;
  readonly reachBefore: number | null;
}

/** The compliance score of a page on a day. */
export interface DayScore {
  readonly pageId: string;
  readonly day: string;
  readonly points: number;
  readonly outOf: number;
}

/** What was collected by the cut-off. Whoever has nothing to tell of something says null, which is never zero. */
export interface CollectedNumbers {
  readonly posts: readonly PostNumbers[];
  readonly pages: readonly PageNumbers[];
  readonly compliance: readonly DayScore[] | null;
}
