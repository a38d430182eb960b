import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler, type JobRun } from '../../platform/queue/handler.js';
import { ReportFreezing } from './report-freezing.service.js';
import { type BuildReport, buildReportJob } from './reports.jobs.js';

@Injectable()
@HandlesJob(buildReportJob)
export class BuildReportJob implements JobHandler<BuildReport> {
  constructor(private readonly freezing: ReportFreezing) {}

  async run({ contractorId, reportId: id }: BuildReport, { attempt }: JobRun): Promise<void> {
    try {
      await this.freezing.freeze({ contractorId, id });
    } catch (error) {
      if (attempt >= buildReportJob.policy.attempts) await this.freezing.giveUp({ contractorId, id });
      throw error;
    }
  }
}
