import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler, type JobRun } from '../../../platform/queue/handler.js';
import { type RenderReport, renderReportJob } from '../reports.jobs.js';
import { RenderingService } from './rendering.service.js';

@Injectable()
@HandlesJob(renderReportJob)
export class RenderReportJob implements JobHandler<RenderReport> {
  constructor(private readonly rendering: RenderingService) {}

  async run({ contractorId, reportId, number }: RenderReport, { attempt }: JobRun): Promise<void> {
    const key = { contractorId, reportId, number };
    try {
      await this.rendering.render(key);
    } catch (error) {
      if (attempt >= renderReportJob.policy.attempts) await this.rendering.giveUp(key);
      throw error;
    }
  }
}
