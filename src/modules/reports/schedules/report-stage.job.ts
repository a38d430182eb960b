import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../../../platform/queue/handler.js';
import type { StageMoved } from '../../contracts/contracts.events.js';
import { ScheduleTurns } from './schedule-turns.service.js';
import { reportStageJob } from './schedules.jobs.js';

@Injectable()
@HandlesJob(reportStageJob)
export class ReportStageJob implements JobHandler<StageMoved> {
  constructor(private readonly turns: ScheduleTurns) {}

  run({ contractorId, contractId, stageId }: StageMoved): Promise<void> {
    return this.turns.stageReady({ contractorId, contractId, stageId });
  }
}
