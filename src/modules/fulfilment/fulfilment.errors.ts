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
export const HandoverNotBegun = defineError(
  'fulfilment.handover-not-begun',
  'notFound',
  'The handover begins before the contract’s end: see its handoverDays',
);
export const HandoverItemNotFound = defineError(
  'fulfilment.handover-item-not-found',
  'notFound',
  'There is no such line of a handover',
);
export const HandoverSeenByMachine = defineError(
  'fulfilment.handover-seen-by-machine',
  'conflict',
  'This is done when it is seen to be so: withdraw what is scheduled, or disconnect the page; otherwise waive it and say why',
);
