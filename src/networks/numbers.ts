/**
 * Numbers as the networks tell them. What a network does not tell is absent, and never zero.
 * All of them count people or acts up to the instant of the answer, unless a day is named.
 */

/** Of a post, since it was published. `hides`: taken off the feed by readers. */
export const POST_METRICS = [
  'views',
  'reach',
  'reachSubscribers',
  'likes',
  'comments',
  'reposts',
  'linkClicks',
  'hides',
] as const;
export type PostMetric = (typeof POST_METRICS)[number];

/** Of a page, in one day. `joined` and `lost`: subscribers. */
export const DAY_METRICS = [
  'reach',
  'reachSubscribers',
  'views',
  'visitors',
  'likes',
  'comments',
  'reposts',
  'joined',
  'lost',
] as const;
export type DayMetric = (typeof DAY_METRICS)[number];

export type Numbers<M extends string> = Readonly<Partial<Record<M, number>>>;

/** A post that the network knows; what is not there is not in the answer. */
export interface PostNumbers {
  readonly externalId: string;
  readonly numbers: Numbers<PostMetric>;
}

/** As `PostNumbers`, with the page on which the post stands: several pages may be asked about at once. */
export interface CountedPost extends PostNumbers {
  /** The network's own name of the page. */
  readonly pageId: string;
}

/** A post on a page, by the network's own names. */
export interface PostOnPage {
  readonly pageId: string;
  readonly externalId: string;
}

/** A post whose reach is asked for. */
export interface PostAsked {
  readonly externalId: string;
  readonly publishedAt: Date;
}

/** One day, as the network cuts days: it does not take part in our zones. */
export interface PageDay {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly numbers: Numbers<DayMetric>;
}

/** A week that the network has counted to its end. */
export interface PageWeek {
  /** Its last day, `YYYY-MM-DD`; null when the network does not name it. */
  readonly endsOn: string | null;
  /** People, each of them once. */
  readonly reach: number;
}

/** How many posts one request may ask for. */
export interface AskedAtOnce {
  readonly counters: number;
  readonly reach: number;
}

/** What PostgreSQL's integer holds; no page has more readers. */
const MOST = 2_147_483_647;

/** A number of people or acts; undefined for whatever cannot be one. */
export function countOf(value: unknown): number | undefined {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MOST ? (value as number) : undefined;
}

/** Those that were told. */
export function told<M extends string>(values: Readonly<Partial<Record<M, number | undefined>>>): Numbers<M> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Numbers<M>;
}
