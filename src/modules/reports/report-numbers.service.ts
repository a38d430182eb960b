import type { Tx } from '../../platform/database/work.js';
import type { Days } from './document/days.js';
import type { CollectedNumbers } from './document/report-numbers.js';

export interface NumbersWanted {
  readonly contractorId: string;
  readonly clientId: string;
  readonly pageIds: readonly string[];
  readonly publicationIds: readonly string[];
  readonly period: Days;
  readonly before: Days;
  readonly timeZone: string;
  /** What was collected later is not told. */
  readonly asOf: Date;
}

/** The port for collected numbers: whoever collects them answers here. */
export abstract class ReportNumbers {
  abstract read(tx: Tx, wanted: NumbersWanted): Promise<CollectedNumbers>;
}
