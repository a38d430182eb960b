import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { everyDue } from '../contracts/every-due.js';
import { type ReportKey, ReportStore } from './report.store.js';
import { buildReportJob, reportsSweepTimer } from './reports.jobs.js';

/** Rings for reports that nobody finished: the queue may be wiped at any moment. */
@Injectable()
@RunsOnTimer(reportsSweepTimer)
export class ReportsSweepTimer implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reports: ReportStore,
    private readonly outbox: Outbox,
  ) {}

  run(signal: AbortSignal): Promise<void> {
    return everyDue(
      signal,
      (limit) => this.work.acrossTenants('reports that nobody finished', (tx) => this.reports.pickDue(tx, limit)),
      (key) => this.ring(key),
    );
  }

  private async ring(key: ReportKey): Promise<void> {
    const { contractorId, id: reportId } = key;
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      if (await this.reports.putOff(tx, key)) await this.outbox.enqueue(tx, buildReportJob, { contractorId, reportId });
    });
  }
}
