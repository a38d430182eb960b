import type { Credentials } from '../../../networks/network.js';
import type { Page } from '../../pages/page.js';
import type { StandingPublication } from '../../publishing/publication-fact.js';
import type { Collection } from './collection.js';

/** Everything that a round of collecting needs, read in one transaction. */
export interface Round {
  readonly contractorId: string;
  readonly page: Page;
  /** IANA: the client's, in which the page's hours and days are counted. */
  readonly timeZone: string;
  readonly credentials: Credentials;
  /** A fingerprint of the one that reads posts: pages that share it share calls. Null: there is none. */
  readonly readsWith: string | null;
  readonly collection: Collection;
  /** Posts whose snapshot is due, oldest first. */
  readonly due: readonly StandingPublication[];
}

/** A post that a round asks about. */
export interface AskedPost {
  readonly round: Round;
  readonly post: StandingPublication;
}

/** At most so many of them share a call. */
export function batches<T>(things: readonly T[], size: number): T[][] {
  const count = Math.ceil(things.length / size);
  return Array.from({ length: count }, (_, i) => things.slice(i * size, (i + 1) * size));
}
