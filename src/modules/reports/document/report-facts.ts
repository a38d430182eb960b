import type { Contract } from '../../contracts/contract.js';
import type { ContractVersion } from '../../contracts/contract-version.js';
import type { Excuse } from '../../fulfilment/excuse.js';
import type { StandingPost } from '../../fulfilment/measuring/facts.js';
import type { Result } from '../../fulfilment/measuring/line.js';
import type { PlannedLine } from '../../fulfilment/measuring/lines.js';
import type { Page } from '../../pages/page.js';
import type { QuietFact, TroubleFact } from '../../publishing/publication-fact.js';
import type { Client, Contractor } from '../../tenancy/client.js';
import type { Days } from './days.js';
import type { Look } from './look.js';
import type { CollectedNumbers } from './report-numbers.js';

/** Which report is to be made. */
export interface ReportWanted extends Days {
  readonly id: string;
  readonly kind: string;
  readonly number: number;
  readonly reason: string | null;
}

/** Everything from which a report follows, as it was known at one instant. */
export interface ReportFacts {
  readonly cutOffAt: Date;
  readonly numbersAsOf: Date;
  readonly look: Look;
  readonly client: Client;
  readonly contractor: Contractor;
  readonly contract: Contract;
  /** Oldest first. */
  readonly versions: readonly ContractVersion[];
  readonly pages: readonly Page[];
  /** Every line that reaches into the period, as it is judged. */
  readonly lines: readonly { readonly line: PlannedLine; readonly result: Result }[];
  /** From the period before on. */
  readonly posts: readonly StandingPost[];
  readonly numbers: CollectedNumbers;
  readonly troubles: readonly TroubleFact[];
  readonly quiet: readonly QuietFact[];
  readonly excuses: readonly Excuse[];
}
