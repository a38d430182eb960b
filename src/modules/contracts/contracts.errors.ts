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
export const ContractNotReady = defineError(
  'contracts.not-ready',
  'conflict',
  'The contract can’t be signed yet: see fields for what is missing or contradicts itself',
);
export const ContractNotBinding = defineError(
  'contracts.not-binding',
  'conflict',
  'An addendum changes a contract that is signed and not over: a draft is simply edited',
);
export const AddendumRefused = defineError('contracts.addendum-refused', 'conflict', 'The addendum can’t be so: see fields');
export const ContractVersionNotFound = defineError(
  'contracts.version-not-found',
  'notFound',
  'Nothing was agreed for that day, as far as was known then',
);
export const NoticeTooShort = defineError(
  'contracts.notice-too-short',
  'conflict',
  'The contract gives the other party more time after a notice: see fields',
);
export const NoNotice = defineError(
  'contracts.no-notice',
  'conflict',
  'There is no notice of termination that could be withdrawn',
);
export const ContractNotSettled = defineError(
  'contracts.not-settled',
  'conflict',
  'Something of the contract is not settled yet: see fields',
);
export const ContractsOver = defineError(
  'contracts.over',
  'conflict',
  'Every contract with this client is over: what was done stays readable, and the draft of a new contract opens it again',
);
