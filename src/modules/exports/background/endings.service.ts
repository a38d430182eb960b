import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import { Outbox } from '../../../platform/queue/outbox.js';
import { Storage } from '../../../platform/storage/storage.js';
import { worker } from '../../audit/audit.js';
import { AuditService } from '../../audit/audit.service.js';
import { type ExportFailure, type ExportJob, type ExportJobKey, MOST_FAILURES, waitAfter } from './export-job.js';
import type { WrittenFile } from './export-job.store.js';
import { exportFailed, exportReady } from './export-jobs.events.js';
import { runExportJob } from './export-jobs.jobs.js';
import { ExportRows } from './export-rows.service.js';

/** What becomes of a job after a worker had it, and of those that wait behind it. */
@Injectable()
export class ExportEndings {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ExportRows,
    private readonly audit: AuditService,
    private readonly outbox: Outbox,
    private readonly storage: Storage,
  ) {}

  /** Its turn is over: whoever else waits for this lane comes first. */
  handBack(job: ExportJob): Promise<void> {
    return this.work.forTenant(wholeContractor(job.contractorId), async (tx) => {
      if (await this.rows.jobs.release(tx, job)) await this.ring(tx, job);
    });
  }

  /** A try brought nothing: it is tried again later, and given up in the end. */
  async tryLater(job: ExportJob): Promise<void> {
    if (job.failures + 1 >= MOST_FAILURES) return this.fail(job, 'gaveUp');
    await this.work.forTenant(wholeContractor(job.contractorId), async (tx) => {
      if (await this.rows.jobs.putBack(tx, job, waitAfter(job.failures))) await this.ringNext(tx, job.contractorId);
    });
  }

  async ready(job: ExportJob, file: WrittenFile): Promise<void> {
    const { contractorId, id, collections, format } = job;
    const isOurs = await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      if (!(await this.rows.jobs.ready(tx, job, file))) return false;
      const { rows, sha256 } = file;
      const fact = { action: 'exportJob.ready', objectType: 'exportJob', objectId: id };
      await this.audit.record(tx, worker(contractorId), { ...fact, details: { collections, format, rows, sha256 } });
      await this.outbox.publish(tx, exportReady, { contractorId, exportJobId: id });
      await this.ringNext(tx, contractorId);
      return true;
    });
    if (isOurs) await this.removeParts(job);
    else await this.storage.delete(contractorId, file.storageKey);
  }

  fail(job: ExportJob, reason: ExportFailure): Promise<void> {
    const { contractorId, id, collections } = job;
    return this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      if (!(await this.rows.jobs.failed(tx, job, reason))) return;
      const fact = { action: 'exportJob.failed', objectType: 'exportJob', objectId: id, details: { collections, reason } };
      await this.audit.record(tx, worker(contractorId), fact);
      await this.outbox.publish(tx, exportFailed, { contractorId, exportJobId: id, reason });
      await this.ringNext(tx, contractorId);
    });
  }

  /** Whatever bears its id, also what a worker that died left behind. */
  async removeFiles({ contractorId, id }: ExportJobKey): Promise<void> {
    for await (const { key } of this.storage.list(contractorId, null)) {
      if (key.startsWith(`t/${contractorId}/-/${id}`)) await this.storage.delete(contractorId, key);
    }
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      await this.rows.parts.forget(tx, { contractorId, id });
      await this.rows.jobs.removed(tx, { contractorId, id });
    });
  }

  private async removeParts(job: ExportJob): Promise<void> {
    const scope = wholeContractor(job.contractorId);
    const parts = await this.work.reading(scope, (tx) => this.rows.parts.list(tx, job));
    for (const { storageKey } of parts) if (storageKey !== null) await this.storage.delete(job.contractorId, storageKey);
    await this.work.forTenant(scope, (tx) => this.rows.parts.forget(tx, job));
  }

  private ring(tx: Tx, { contractorId, id }: ExportJobKey): Promise<void> {
    return this.outbox.enqueue(tx, runExportJob, { contractorId, exportJobId: id });
  }

  private async ringNext(tx: Tx, contractorId: string): Promise<void> {
    const id = await this.rows.jobs.nextQueued(tx, contractorId);
    if (id !== undefined) await this.ring(tx, { contractorId, id });
  }
}
