import { defineError } from '../../../platform/errors/domain-error.js';

export const DeadlineNotFound = defineError('fulfilment.deadline-not-found', 'notFound', 'There is no such deadline');
