import { defineError } from '../../../platform/errors/domain-error.js';

export const KeyRateNotFound = defineError('penalties.key-rate-not-found', 'notFound', 'No key rate begins on this day');
export const PenaltyProposalNotFound = defineError(
  'penalties.proposal-not-found',
  'notFound',
  'There is no such proposal of a penalty',
);
export const PenaltyTransitionRefused = defineError(
  'penalties.transition-refused',
  'conflict',
  'The proposal is decided, or has lapsed: see allowedTransitions',
);
export const PenaltyNotReckoned = defineError(
  'penalties.not-reckoned',
  'conflict',
  'Its sum is not known: enter the key rate that it names first',
);
export const PenaltyPersonNeeded = defineError(
  'penalties.person-needed',
  'forbidden',
  'A penalty is decided by a person, not by a key',
);
