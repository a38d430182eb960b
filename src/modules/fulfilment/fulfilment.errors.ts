import { defineError } from '../../platform/errors/domain-error.js';

export const RequirementPeriodNotFound = defineError(
  'fulfilment.requirement-period-not-found',
  'notFound',
  'There is no such period of a requirement; an addendum may have replaced it',
);
export const ExcuseNotFound = defineError('fulfilment.excuse-not-found', 'notFound', 'There is no such excuse');
export const ExcuseWithdrawn = defineError('fulfilment.excuse-withdrawn', 'conflict', 'The excuse was withdrawn before');
export const NothingOwed = defineError(
  'fulfilment.nothing-owed',
  'conflict',
  'The contract was not signed with a requirement that holds on these days: see fields',
);
