import { defineError } from '../../../platform/errors/domain-error.js';

export const WebhookEndpointNotFound = defineError(
  'webhooks.endpoint-not-found',
  'notFound',
  'There is no such webhook endpoint',
);
export const TooManySecrets = defineError(
  'webhooks.too-many-secrets',
  'conflict',
  'This endpoint has three secrets that are valid: wait until an old one has ended',
);
export const WebhookEndpointDisabledNow = defineError(
  'webhooks.endpoint-disabled',
  'conflict',
  'This endpoint is disabled: enable it first',
);
