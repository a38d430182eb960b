import { defineError } from '../../../platform/errors/domain-error.js';

export const ExportJobNotFound = defineError('exports.job-not-found', 'notFound', 'There is no such export');
export const TooManyExportJobs = defineError(
  'exports.too-many-jobs',
  'conflict',
  'Twenty exports of yours wait or run already: let some end, or cancel them',
);
export const ExportJobEnded = defineError('exports.job-ended', 'conflict', 'This export has ended: there is nothing to cancel');
export const ExportFileNotReady = defineError(
  'exports.file-not-ready',
  'conflict',
  'There is no file of this export: its state says whether one will come, or was removed',
);
export const ExportLinkNotFound = defineError(
  'exports.link-not-found',
  'notFound',
  'This link opens nothing: it has ended, the file is gone, or whoever made it may not read it any more',
);
