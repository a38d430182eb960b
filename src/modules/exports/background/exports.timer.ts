import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import { RunsOnTimer, type TimerHandler } from '../../../platform/queue/handler.js';
import { Outbox } from '../../../platform/queue/outbox.js';
import { everyDue } from '../../contracts/every-due.js';
import { ExportEndings } from './endings.service.js';
import type { ExportJobKey } from './export-job.js';
import { exportsTimer, runExportJob } from './export-jobs.jobs.js';
import { ExportRows } from './export-rows.service.js';

/** Rings for exports that nobody works on, and removes the files of those that are over. */
@Injectable()
@RunsOnTimer(exportsTimer)
export class ExportsTimer implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ExportRows,
    private readonly outbox: Outbox,
    private readonly endings: ExportEndings,
  ) {}

  run(signal: AbortSignal): Promise<void> {
    return everyDue(
      signal,
      (limit) => this.work.acrossTenants('exports that are due', (tx) => this.rows.jobs.due(tx, limit)),
      (key) => this.look(key),
    );
  }

  private async look(key: ExportJobKey): Promise<void> {
    const { contractorId, id: exportJobId } = key;
    const isOver = await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      if (await this.rows.jobs.ring(tx, key)) await this.outbox.enqueue(tx, runExportJob, { contractorId, exportJobId });
      await this.rows.jobs.expire(tx, key);
      return this.rows.jobs.isOver(tx, key);
    });
    // The row says first that there is no file: a link never opens half of one.
    if (isOver) await this.endings.removeFiles(key);
  }
}
