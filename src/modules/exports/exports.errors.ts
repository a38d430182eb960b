import { defineError } from '../../platform/errors/domain-error.js';

export const ExportNotFound = defineError('exports.collection-not-found', 'notFound', 'There is no such collection to export');
