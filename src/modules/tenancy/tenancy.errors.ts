import { defineError } from '../../platform/errors/domain-error.js';

export const ContractorNotFound = defineError('tenancy.contractor-not-found', 'notFound', 'There is no such contractor');
export const ClientNotFound = defineError('tenancy.client-not-found', 'notFound', 'There is no such client');
export const ClientScopeTooNarrow = defineError(
  'tenancy.client-scope-too-narrow',
  'forbidden',
  'You see only some clients, so you cannot create new ones: ask an owner of the contractor',
);
