import type { Reckoning } from './reckoning.js';

export const PENALTY_KINDS = ['lateSubmission', 'lateCure', 'missedRequirement', 'latePayment'] as const;
export type PenaltyKind = (typeof PENALTY_KINDS)[number];

/**
 * `open`: follows its inputs · `charged`, `waived`, `contested`: decided, and frozen as it was then · `lapsed`: its cause is gone,
 * as when the days were excused; it opens again with the cause.
 */
export const PENALTY_STATES = ['open', 'charged', 'waived', 'contested', 'lapsed'] as const;
export type PenaltyState = (typeof PENALTY_STATES)[number];

export const PENALTY_DECISIONS = ['charged', 'waived', 'contested'] as const;
export type PenaltyDecision = (typeof PENALTY_DECISIONS)[number];

const TRANSITIONS: Record<PenaltyState, readonly PenaltyDecision[]> = {
  open: ['charged', 'waived', 'contested'],
  contested: ['charged', 'waived'],
  charged: [],
  waived: [],
  lapsed: [],
};

/** Where people can take it. */
export function decisionsFrom(state: PenaltyState): readonly PenaltyDecision[] {
  return TRANSITIONS[state];
}

/** What a breach would cost, from the facts: the cause names it, so that it is proposed once. */
export interface WantedPenalty {
  readonly cause: string;
  readonly kind: PenaltyKind;
  /** Who would pay. */
  readonly against: 'contractor' | 'client';
  readonly stageId: string | null;
  /** The code of a missed requirement. */
  readonly requirement: string | null;
  /** Null: a key rate is missing. */
  readonly kopecks: bigint | null;
  readonly reckoning: Reckoning;
}

export interface PenaltyProposal extends WantedPenalty {
  readonly id: string;
  readonly clientId: string;
  readonly contractId: string;
  readonly state: PenaltyState;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
