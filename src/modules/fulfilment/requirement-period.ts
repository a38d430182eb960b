import type { Figures, LineState } from './measuring/line.js';

/** A line of a contract in one of its periods, as it was computed last. */
export interface RequirementPeriod extends Figures {
  readonly id: string;
  readonly clientId: string;
  readonly contractId: string;
  /** The line's code. */
  readonly requirement: string;
  readonly contractVersion: number;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly state: LineState;
  /** The last day on which it can be fulfilled. */
  readonly dueOn: string;
  /** A production calendar of its term is not official yet. */
  readonly provisional: boolean;
  /** Null: not yet. */
  readonly computedAt: Date | null;
}
