import type { NetworkName } from '../../../networks/network.js';
import type { PostFormat } from '../../contracts/requirement.js';
import type { OutsideOrigin } from '../../publishing/outside-post.js';

/** Who tells a fact. */
export const FACT_SOURCES = [
  'publications',
  'events',
  'replies',
  'answers',
  'reach',
  'reports',
  'contentPlans',
  'designs',
] as const;
export type FactSource = (typeof FACT_SOURCES)[number];

/** What can be shown to somebody who doubts. */
export interface Evidence {
  readonly id: string;
  readonly kind: 'publication' | 'outsidePost' | 'other';
  readonly title: string | null;
  readonly url: string | null;
  readonly at: Date;
}

/** A post on a page: ours, or one that was seen there. */
export interface PostFact {
  readonly id: string;
  readonly kind: 'publication' | 'outsidePost';
  /** Null of what we did not write. */
  readonly postId: string | null;
  readonly pageId: string;
  readonly network: NetworkName;
  readonly title: string | null;
  readonly url: string | null;
  /** When it was published, or is to be. */
  readonly at: Date;
  readonly standing: 'scheduled' | 'stands' | 'deleted';
  readonly origin: 'own' | OutsideOrigin;
  /** False of what a visitor wrote. */
  readonly byPage: boolean;
  /** It says what a publication of ours says. */
  readonly isDouble: boolean;
  readonly formats: readonly PostFormat[];
}

/** A post with the hash of what was approved; null of what we did not write. */
export interface StandingPost extends PostFact {
  readonly contentHash: string | null;
}

/** Something that began, and what followed in time or not: an event and its post, a question and its reply. */
export interface TimedFact {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  readonly since: Date;
  /** Null: not yet. */
  readonly doneAt: Date | null;
}

/** Something that was handed over: a report, a plan, a design. */
export interface HandedFact {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  readonly at: Date;
}

/** One part of a share: a page's readers and those reached, questions and those answered. */
export interface ShareFact {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  readonly at: Date;
  readonly part: number;
  readonly whole: number;
  /** Whose part it is: a page's id. */
  readonly of?: string;
}

/** What each source knows of an interval; a source that is absent has told nothing, which is not the same as none. */
export interface Facts {
  readonly publications?: readonly PostFact[];
  readonly events?: readonly TimedFact[];
  readonly replies?: readonly TimedFact[];
  readonly answers?: readonly ShareFact[];
  readonly reach?: readonly ShareFact[];
  readonly reports?: readonly HandedFact[];
  readonly contentPlans?: readonly HandedFact[];
  readonly designs?: readonly HandedFact[];
}
