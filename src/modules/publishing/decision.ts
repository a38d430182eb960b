import type { PublicationState } from './publication.js';

export const DECISIONS = ['adopt', 'sendAgain', 'giveUp'] as const;

/**
 * What a person may say about a publication that the machine could not settle: `adopt` "it is there, at this address",
 * `sendAgain` "it is not there, send it", `giveUp` "it is not wanted any more".
 */
export type DecisionKind = (typeof DECISIONS)[number];

export interface Decision {
  readonly id: string;
  readonly decision: DecisionKind;
  readonly stateBefore: PublicationState;
  readonly url: string | null;
  /** Whether the network itself showed the adopted post; null when its credentials can't read. */
  readonly verified: boolean | null;
  /** Whether the adopted post says what was approved. */
  readonly textMatches: boolean | null;
  readonly comment: string | null;
  readonly decidedBy: string;
  readonly decidedAt: Date;
}

const DECIDABLE: Record<DecisionKind, readonly PublicationState[]> = {
  adopt: ['unclear', 'held', 'byHand', 'refused'],
  sendAgain: ['unclear', 'held', 'refused'],
  giveUp: ['unclear', 'held', 'byHand', 'refused'],
};

/** The states in which a decision may be made. */
export function decidableStates(decision: DecisionKind): readonly PublicationState[] {
  return DECIDABLE[decision];
}

export function decisionsFor(state: PublicationState): DecisionKind[] {
  return DECISIONS.filter((decision) => DECIDABLE[decision].includes(state));
}
