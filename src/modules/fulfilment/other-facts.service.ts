import type { Tx } from '../../platform/database/work.js';
import type { Facts, FactSource } from './measuring/facts.js';

export interface OtherFactsWanted {
  readonly contractorId: string;
  readonly clientId: string;
  readonly pageIds: readonly string[];
  readonly from: Date;
  readonly until: Date;
}

/**
 * The port for facts beside publications. Whoever knows replies, events, reach, reports, plans or designs answers here; a source that
 * is absent from the answer is not known, and is never read as zero.
 */
export abstract class OtherFacts {
  abstract read(tx: Tx, sources: readonly FactSource[], wanted: OtherFactsWanted): Promise<Facts>;
}
