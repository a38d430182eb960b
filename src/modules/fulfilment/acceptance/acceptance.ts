import type { ClaimLine, Remark, Verdict } from './claim.js';

/**
 * How far a stage is from its report to its money (reference 7.2). `partiallyAccepted`: something is accepted, and something is
 * not · `rework`: what was refused is being cured · `invoiced` · `paid`: in full.
 */
export const ACCEPTANCE_STATES = [
  ...(['awaitingSubmission', 'submitted', 'accepted', 'partiallyAccepted', 'refused', 'rework'] as const),
  ...(['invoiced', 'paid'] as const),
];
export type AcceptanceState = (typeof ACCEPTANCE_STATES)[number];

const TRANSITIONS: Record<AcceptanceState, readonly AcceptanceState[]> = {
  awaitingSubmission: ['submitted'],
  submitted: ['accepted', 'partiallyAccepted', 'refused'],
  accepted: ['invoiced'],
  // The rest is cured, or given up: what is invoiced is not submitted again.
  partiallyAccepted: ['rework', 'invoiced'],
  refused: ['rework'],
  rework: ['submitted'],
  invoiced: ['paid'],
  paid: [],
};

export function transitionsFrom(state: AcceptanceState): readonly AcceptanceState[] {
  return TRANSITIONS[state];
}

export function canMove(from: AcceptanceState, to: AcceptanceState): boolean {
  return TRANSITIONS[from].includes(to);
}

export const DECISIONS = ['accepted', 'partiallyAccepted', 'refused'] as const;
export type Decision = (typeof DECISIONS)[number];

export interface Acceptance {
  readonly id: string;
  readonly clientId: string;
  readonly contractId: string;
  readonly stageId: string;
  readonly state: AcceptanceState;
  /** Of the round that waits for a decision. */
  readonly claimedKopecks: bigint;
  /** Of all rounds together. */
  readonly acceptedKopecks: bigint;
  readonly paidKopecks: bigint;
  readonly invoiceNumber: string | null;
  readonly invoicedOn: string | null;
  /** Ids of what counted in a round that was not refused and was deleted since. */
  readonly lostEvidence: readonly string[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One submission and what was decided about it. */
export interface Round {
  readonly id: string;
  readonly acceptanceId: string;
  /** From 1. */
  readonly number: number;
  /** The version of the contract whose terms hold for it. */
  readonly contractVersion: number;
  readonly lines: readonly ClaimLine[];
  readonly claimedKopecks: bigint;
  /** Of the document of acceptance. */
  readonly documentNumber: string | null;
  readonly snapshotSha256: string;
  /** What the frozen plan and fact knew. */
  readonly cutOffAt: Date;
  readonly submittedBy: string;
  readonly submittedAt: Date;
  /** Null: nobody has said yet when the client got it. */
  readonly receivedAt: Date | null;
  readonly decision: Decision | null;
  readonly decidedAt: Date | null;
  /** Null with a decision: silence accepted. */
  readonly decidedBy: string | null;
  readonly decisionDocument: string | null;
  readonly verdicts: readonly Verdict[];
  readonly remarks: readonly Remark[];
  /** The last day on which what was refused may be cured. */
  readonly cureOn: string | null;
  readonly acceptedKopecks: bigint;
}

export interface Payment {
  readonly id: string;
  readonly acceptanceId: string;
  readonly paidOn: string;
  readonly kopecks: bigint;
  readonly document: string | null;
  readonly recordedBy: string;
  readonly recordedAt: Date;
}

/** Where a decision leads: all rounds together decide, so that what an earlier one accepted is not lost by a refusal. */
export function stateAfter(decision: Decision, acceptedBefore: bigint): Decision {
  return decision === 'refused' && acceptedBefore > 0n ? 'partiallyAccepted' : decision;
}
