import { IsInt, IsUUID } from 'class-validator';
import { defineEvent } from '../../platform/queue/job.js';

/** A version of a report is frozen: it never changes again. */
export class ReportFrozen {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() contractId: string;
  @IsUUID() reportId: string;
  @IsInt() version: number;
}

export const reportFrozen = defineEvent({ name: 'report.frozen', payload: ReportFrozen });
