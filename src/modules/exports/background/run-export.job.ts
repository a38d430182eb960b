import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler, type JobRun } from '../../../platform/queue/handler.js';
import { type RunExport, runExportJob } from './export-jobs.jobs.js';
import { ExportTurns } from './turns.service.js';

@Injectable()
@HandlesJob(runExportJob)
export class RunExportJob implements JobHandler<RunExport> {
  constructor(private readonly turns: ExportTurns) {}

  run({ contractorId, exportJobId }: RunExport, { signal }: JobRun): Promise<void> {
    return this.turns.run({ contractorId, id: exportJobId }, signal);
  }
}
