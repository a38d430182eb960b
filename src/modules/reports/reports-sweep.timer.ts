import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { everyDue } from '../contracts/every-due.js';
import type { RenderingKey } from './rendering.store.js';
import { ReportRows } from './report-rows.service.js';
import type { ReportKey } from './report.store.js';
import { buildReportJob, renderReportJob, reportsSweepTimer } from './reports.jobs.js';

/** Rings for reports that nobody finished: the queue may be wiped at any moment. */
@Injectable()
@RunsOnTimer(reportsSweepTimer)
export class ReportsSweepTimer implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ReportRows,
    private readonly outbox: Outbox,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    await everyDue(
      signal,
      (limit) => this.work.acrossTenants('reports that nobody finished', (tx) => this.rows.reports.pickDue(tx, limit)),
      (key) => this.ring(key),
    );
    await everyDue(
      signal,
      (limit) => this.work.acrossTenants('files that nobody finished', (tx) => this.rows.renderings.pickDue(tx, limit)),
      (key) => this.ringForFiles(key),
    );
  }

  private async ring(key: ReportKey): Promise<void> {
    const { contractorId, id: reportId } = key;
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      if (await this.rows.reports.putOff(tx, key)) await this.outbox.enqueue(tx, buildReportJob, { contractorId, reportId });
    });
  }

  private async ringForFiles(key: RenderingKey): Promise<void> {
    await this.work.forTenant(wholeContractor(key.contractorId), async (tx) => {
      if (await this.rows.renderings.putOff(tx, key)) await this.outbox.enqueue(tx, renderReportJob, { ...key });
    });
  }
}
