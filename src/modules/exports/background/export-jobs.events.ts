import { IsIn, IsUUID } from 'class-validator';
import { defineEvent } from '../../../platform/queue/job.js';
import { EXPORT_FAILURES, type ExportFailure } from './export-job.js';

/** A file that was ordered can be fetched. */
export class ExportReady {
  @IsUUID() contractorId: string;
  @IsUUID() exportJobId: string;
}

/** A file that was ordered will not come. */
export class ExportFailed {
  @IsUUID() contractorId: string;
  @IsUUID() exportJobId: string;
  @IsIn(EXPORT_FAILURES) reason: ExportFailure;
}

export const exportReady = defineEvent({ name: 'export.ready', payload: ExportReady });
export const exportFailed = defineEvent({ name: 'export.failed', payload: ExportFailed });
