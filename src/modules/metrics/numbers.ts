import type { DayMetric, PostMetric } from '../../networks/numbers.js';

/** Why a number is not known. */
export interface Gap {
  /** `capability-missing`, `not-told`, or the network's reason in one word. */
  readonly code: string;
  /** For people, Russian: what is missing and who can change it. */
  readonly message: string;
}

/** By the name of the number. */
export type Gaps<M extends string> = Readonly<Partial<Record<M, Gap>>>;

/** Null: not known; never zero instead. */
export type Known<M extends string> = Readonly<Record<M, number | null>>;

/** What a network said of a post at an instant (UTC). */
export interface PostSnapshot extends Known<PostMetric> {
  readonly publicationId: string;
  readonly pageId: string;
  readonly takenAt: Date;
  readonly gaps: Gaps<PostMetric>;
}

export const PAGE_METRICS = ['members', 'weekReach'] as const;
export type PageMetric = (typeof PAGE_METRICS)[number];

/** A day of a page: what stood at its end in the page's zone, and what the network says of its own day of that date. */
export interface PageDayNumbers {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** The last number of subscribers that was seen on that day; null when nobody looked. */
  readonly members: number | null;
  /** People reached in the last complete week, as seen last on that day. */
  readonly weekReach: number | null;
  /** Null: the network has said nothing of this day. */
  readonly network: Known<DayMetric> | null;
}

/** Whom a page reached in a week from Monday to Sunday, as the network said it last. */
export interface PageWeekReach {
  readonly pageId: string;
  /** The Sunday, `YYYY-MM-DD`. */
  readonly endsOn: string;
  /** People, each of them once. */
  readonly reach: number;
  /** Subscribers when it was told; null: they were not known. */
  readonly members: number | null;
}

/** Weeks that end between two days, both included. */
export interface WeeksWanted {
  readonly contractorId: string;
  readonly pageIds: readonly string[];
  /** `YYYY-MM-DD`. */
  readonly from: string;
  /** `YYYY-MM-DD`, included. */
  readonly until: string;
}

/** A compliance score of a day. */
export interface DayScore {
  /** `YYYY-MM-DD` in the page's zone. */
  readonly day: string;
  readonly score: number;
  /** Of so many points in all. */
  readonly most: number;
  readonly modelVersion: number;
  readonly auditedAt: Date;
}

/** Days of a page in its zone, both included, as they were known at an instant (UTC). */
export interface DaysWanted {
  readonly contractorId: string;
  readonly pageId: string;
  /** IANA. */
  readonly timeZone: string;
  /** `YYYY-MM-DD`. */
  readonly from: string;
  /** `YYYY-MM-DD`, included. */
  readonly until: string;
  readonly asOf: Date;
}

export const ROLLUP_UNITS = ['hour', 'day'] as const;
export type RollupUnit = (typeof ROLLUP_UNITS)[number];

/** A post at the end of an hour or a day of its page's zone; one in which nobody looked has no roll-up. */
export interface PostRollup extends Known<PostMetric> {
  readonly startsAt: Date;
  /** How many snapshots it is made of. */
  readonly snapshots: number;
  /** Numbers that were lower than in the snapshot before: the network took something back. */
  readonly fell: readonly PostMetric[];
}

export interface PageRollup extends Known<PageMetric> {
  readonly startsAt: Date;
  readonly snapshots: number;
}
