import type { CallOutcome } from '../../../networks/network.js';
import { stopsCalls } from '../../pages/page.js';

export type Failure = Exclude<CallOutcome<never>, { kind: 'done' }>;

/** An answer after which the page is left alone for a while. A right that is missing for one call says nothing of the others. */
export function stopping(outcome: CallOutcome<unknown>): Failure | undefined {
  if (outcome.kind === 'retryLater') return outcome;
  return outcome.kind !== 'done' && stopsCalls(outcome) ? outcome : undefined;
}
