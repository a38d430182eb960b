import type { NetworkName } from '../../networks/network.js';
import type { OutsideOrigin } from './outside-post.js';

/** What a publication is for those who count: where and when, and whether it stands. */
export interface PublicationFact {
  readonly id: string;
  readonly postId: string;
  readonly postVersion: number;
  readonly pageId: string;
  readonly network: NetworkName;
  readonly url: string | null;
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
