/** Why what is missing is not the contractor's fault: the client was late or asked for it, a network was away, force majeure. */
export const EXCUSE_CAUSES = ['clientDelay', 'clientRequest', 'platformOutage', 'forceMajeure'] as const;
export type ExcuseCause = (typeof EXCUSE_CAUSES)[number];

/** A letter, a screenshot, a status page. */
export interface ExcuseEvidence {
  readonly title: string;
  readonly url: string | null;
}

export interface Excuse {
  readonly id: string;
  readonly clientId: string;
  readonly contractId: string;
  /** The code of a line; null: every line. */
  readonly requirement: string | null;
  readonly cause: ExcuseCause;
  /** Who is to blame, as people say it. */
  readonly causedBy: string;
  readonly reason: string;
  /** First and last day, both included. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly evidence: readonly ExcuseEvidence[];
  readonly recordedBy: string;
  readonly recordedAt: Date;
  readonly withdrawnBy: string | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnWhy: string | null;
}
