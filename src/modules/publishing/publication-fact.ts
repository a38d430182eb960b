import type { NetworkName, Reason } from '../../networks/network.js';
import type { OutsideOrigin } from './outside-post.js';
import type { QuietKind } from './quiet-period.js';

/** What a publication is for those who count: where and when, and whether it stands. */
export interface PublicationFact {
  readonly id: string;
  readonly postId: string;
  readonly postVersion: number;
  readonly pageId: string;
  readonly network: NetworkName;
  readonly url: string | null;
  /** Of what was approved to go out. */
  readonly contentHash: string;
  /** When it was published, or is to be. */
  readonly at: Date;
  readonly standing: 'scheduled' | 'stands' | 'deleted';
}

/** A post on a page that is none of our publications. */
export interface OutsideFact {
  readonly id: string;
  readonly pageId: string;
  readonly network: NetworkName;
  readonly url: string;
  readonly at: Date;
  readonly byPage: boolean;
  readonly origin: OutsideOrigin;
  readonly isDouble: boolean;
}

/** A publication that did not go as planned: when it was due, and why not. */
export interface TroubleFact {
  readonly id: string;
  readonly pageId: string;
  readonly dueAt: Date;
  readonly state: 'held' | 'refused' | 'unclear' | 'abandoned' | 'late';
  /** When it stood on the page after all; null: it does not. */
  readonly publishedAt: Date | null;
  readonly reason: Reason | null;
}

/** A time in which nothing went out. */
export interface QuietFact {
  readonly id: string;
  readonly kind: QuietKind;
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
}

/** An instant on a page, by which those who count find what changed. */
export interface Whereabouts {
  readonly pageId: string;
  readonly at: Date;
}

/** Pages and a half-open interval. */
export interface FactsWanted {
  readonly contractorId: string;
  readonly pageIds: readonly string[];
  readonly from: Date;
  readonly until: Date;
}

/** A publication that stands on its page, by the network's own name. */
export interface StandingPublication {
  readonly id: string;
  readonly externalId: string;
  readonly publishedAt: Date;
}
