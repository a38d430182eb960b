import type { GapCodes } from '../gaps.js';

/** How collecting stands with a page. */
export interface Collection {
  readonly pageId: string;
  readonly clientId: string;
  /** When its next round is due (UTC); null: not before the page is connected again. */
  readonly nextAt: Date | null;
  /** A fingerprint of the secret that reads its posts, as of the last round; null: not known yet, or there is none. */
  readonly readsWith: string | null;
  /** When a round last came to its end. */
  readonly collectedAt: Date | null;
  /** When the network was last asked for days and weeks. */
  readonly daysReadAt: Date | null;
  readonly parkedUntil: Date | null;
  readonly parkedWhy: { readonly code: string; readonly message: string } | null;
  readonly postGaps: GapCodes;
  readonly pageGaps: GapCodes;
}
