/** A date that the acceptance of a stage sets: when the report is submitted, accepted, paid, a refusal cured. */
export interface AcceptanceDate {
  readonly stageId: string;
  readonly kind: 'submission' | 'acceptance' | 'payment' | 'cure';
  /** `YYYY-MM-DD` in the client's zone. */
  readonly dueOn: string;
  /** A production calendar of its term is not official. */
  readonly provisional: boolean;
  readonly met: boolean;
}
