import { defineError } from '../../../platform/errors/domain-error.js';

export const AcceptanceNotFound = defineError('acceptance.acceptance-not-found', 'notFound', 'There is no such acceptance');
export const AcceptanceRoundNotFound = defineError(
  'acceptance.round-not-found',
  'notFound',
  'There is no such round of an acceptance',
);
export const AcceptanceTransitionRefused = defineError(
  'acceptance.transition-refused',
  'conflict',
  'The acceptance can’t go there from its present state: see allowedTransitions',
);
export const AcceptanceRefused = defineError('acceptance.refused', 'conflict', 'It can’t be so: see fields');
export const AcceptancePersonNeeded = defineError(
  'acceptance.person-needed',
  'forbidden',
  'What the client decides is recorded by a person, not by a key',
);
export const ActNotFound = defineError(
  'acceptance.act-not-found',
  'notFound',
  'There is no such act: one is issued when something is accepted',
);
