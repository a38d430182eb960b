import { defineError } from '../../platform/errors/domain-error.js';

export const ReportNotFound = defineError('reports.report-not-found', 'notFound', 'There is no such report');
export const ReportVersionNotFound = defineError(
  'reports.version-not-found',
  'notFound',
  'There is no such version of the report: a version is there once it is frozen',
);
export const ReportRefused = defineError('reports.refused', 'conflict', 'There can be no report of it: see fields');
export const ReportExists = defineError(
  'reports.report-exists',
  'conflict',
  'The contract’s period has a report already: ask for another version of it',
);
export const ReportBeingMade = defineError(
  'reports.being-made',
  'conflict',
  'A version of the report is being made: wait until it is ready',
);
export const ReportFileNotReady = defineError(
  'reports.file-not-ready',
  'conflict',
  'This file of the report is not made yet: see the files of its versions',
);
export const ReportLinkNotFound = defineError('reports.link-not-found', 'notFound', 'There is no such link, or its time is over');
export const ReportScheduleNotFound = defineError('reports.schedule-not-found', 'notFound', 'There is no such report schedule');
export const ReportScheduleExists = defineError(
  'reports.schedule-exists',
  'conflict',
  'There is a schedule of this rhythm for these contracts: remove it first',
);
