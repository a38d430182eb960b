import type { DutyKind } from './duties.js';

/** A day by which something about the acceptance of a stage is to be done. */
export interface AcceptanceDate {
  readonly stageId: string;
  readonly kind: DutyKind;
  /** The submission from which it follows, from 1. */
  readonly round: number;
  /** `YYYY-MM-DD` in the client's zone. */
  readonly dueOn: string;
  /** The production calendar of its term is not official yet. */
  readonly provisional: boolean;
  readonly met: boolean;
}
