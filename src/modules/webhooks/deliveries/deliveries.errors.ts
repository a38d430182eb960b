import { defineError } from '../../../platform/errors/domain-error.js';

export const WebhookDeliveryNotFound = defineError(
  'webhooks.delivery-not-found',
  'notFound',
  'There is no such webhook delivery',
);
