import { defineError } from '../../../platform/errors/domain-error.js';

export const ReminderNotFound = defineError('fulfilment.reminder-not-found', 'notFound', 'You have no such reminder');
