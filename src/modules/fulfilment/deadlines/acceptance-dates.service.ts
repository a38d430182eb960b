import type { Tx } from '../../../platform/database/work.js';
import type { AcceptanceDate } from './acceptance-date.js';

/** The port for dates of acceptance. Whoever answers here marks the contract (`DeadlineMarks.contract`) when an answer changes. */
export abstract class AcceptanceDates {
  /** At most one of each kind for a stage: the one that counts now. */
  abstract datesOf(tx: Tx, contractId: string): Promise<readonly AcceptanceDate[]>;
}

/** Nobody tells yet. */
export class NoAcceptanceDates extends AcceptanceDates {
  datesOf(): Promise<readonly AcceptanceDate[]> {
    return Promise.resolve([]);
  }
}
