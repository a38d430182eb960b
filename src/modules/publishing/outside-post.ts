export const OUTSIDE_ORIGINS = ['client', 'regionalBroadcast', 'contractorByHand', 'unknown'] as const;
/** Who wrote a post on the page that we did not publish; the network does not tell, people do. */
export type OutsideOrigin = (typeof OUTSIDE_ORIGINS)[number];

export interface OutsidePost {
  readonly id: string;
  readonly clientId: string;
  readonly pageId: string;
  readonly externalId: string;
  readonly url: string;
  readonly publishedAt: Date;
  /** True when the page itself is the author; false for a visitor. */
  readonly byPage: boolean;
  readonly origin: OutsideOrigin;
  /** A publication of ours with the same text: somebody, or the network, posted it twice. */
  readonly duplicateOf: string | null;
  readonly seenAt: Date;
  readonly version: number;
}
