import { defineError } from '../../platform/errors/domain-error.js';

export const ContractNotFound = defineError('contracts.contract-not-found', 'notFound', 'There is no such contract');
export const ContractTransitionRefused = defineError(
  'contracts.transition-refused',
  'conflict',
  'The contract can’t go there from its present status: see allowedTransitions',
);
export const ContractFixed = defineError(
  'contracts.contract-fixed',
  'conflict',
  'A signed contract is not edited: price, dates and pages are what was signed',
);
export const ContractPagesUnknown = defineError(
  'contracts.pages-unknown',
  'invalid',
  'One of the pages does not exist or belongs to another client',
);
export const ContractCoversNothing = defineError(
  'contracts.covers-nothing',
  'conflict',
  'Name the pages that the contract covers before you sign it',
);
export const CalendarNotFound = defineError('contracts.calendar-not-found', 'notFound', 'There is no such production calendar');
