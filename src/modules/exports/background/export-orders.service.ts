import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { Forbidden, RequestInvalid } from '../../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../../platform/http/pagination.js';
import { Ids } from '../../../platform/ids/ids.js';
import { Outbox } from '../../../platform/queue/outbox.js';
import { AuditService } from '../../audit/audit.service.js';
import { collectionNamed } from '../collections/collections.js';
import { fromCursor } from '../export-cursor.js';
import { type ExportJob, type ExportOrder, MOST_OPEN } from './export-job.js';
import { ExportJobStore } from './export-job.store.js';
import { ExportJobEnded, ExportJobNotFound, TooManyExportJobs } from './export-jobs.errors.js';
import { runExportJob } from './export-jobs.jobs.js';
import { onlookerOf } from './orderers.service.js';

/** Whole files for other systems and for spreadsheets, written by a worker. */
@Injectable()
export class ExportOrders {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: ExportJobStore,
    private readonly audit: AuditService,
    private readonly outbox: Outbox,
    private readonly ids: Ids,
  ) {}

  /** Answers at once. @throws Forbidden, RequestInvalid, TooManyExportJobs */
  order(who: Principal, order: ExportOrder): Promise<ExportJob> {
    check(who, order);
    const { contractorId, memberId, kind: actorKind, id: actorId, scope } = who;
    const key = { contractorId, id: this.ids.next() };
    const reach =
      scope.clientIds === 'all' ? { allClients: true, clientIds: [] } : { allClients: false, clientIds: scope.clientIds };
    return this.work.forTenant(scope, async (tx) => {
      if ((await this.jobs.countOpen(tx, contractorId)) >= MOST_OPEN) throw new TooManyExportJobs();
      await this.jobs.insert(tx, { ...key, ...order, ...reach, actorKind, actorId, memberId });
      await this.outbox.enqueue(tx, runExportJob, { contractorId, exportJobId: key.id });
      const { collections, format } = order;
      await this.note(tx, who, key.id, { action: 'exportJob.ordered', details: { collections, format } });
      return this.require(tx, who, key.id);
    });
  }

  /** Newest first; those of others too, if one might order them oneself. */
  list(who: Principal, query: PageQuery): Promise<Page<ExportJob>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) =>
      toPage(await this.jobs.list(tx, onlookerOf(who), start), start, (job) => job),
    );
  }

  /** @throws ExportJobNotFound */
  get(who: Principal, id: string): Promise<ExportJob> {
    return this.work.reading(who.scope, (tx) => this.require(tx, who, id));
  }

  /** From now on nothing more is read; what was read is removed. @throws ExportJobNotFound, ExportJobEnded */
  cancel(who: Principal, id: string): Promise<ExportJob> {
    const { contractorId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      await this.require(tx, who, id);
      if (!(await this.jobs.cancel(tx, { contractorId, id }))) throw new ExportJobEnded();
      await this.note(tx, who, id, { action: 'exportJob.cancelled' });
      const next = await this.jobs.nextQueued(tx, contractorId);
      if (next !== undefined) await this.outbox.enqueue(tx, runExportJob, { contractorId, exportJobId: next });
      return this.require(tx, who, id);
    });
  }

  private async require(tx: Tx, who: Principal, id: string): Promise<ExportJob> {
    const job = await this.jobs.find(tx, onlookerOf(who), id);
    if (!job) throw new ExportJobNotFound();
    return job;
  }

  private note(tx: Tx, who: Principal, objectId: string, fact: { action: string; details?: object }): Promise<void> {
    return this.audit.record(tx, who, { objectType: 'exportJob', objectId, ...fact, details: { ...fact.details } });
  }
}

function check(who: Principal, { collections, cursors, format }: ExportOrder): void {
  if (collections.some((name) => !who.permissions.has(collectionNamed(name)!.permission))) throw new Forbidden();
  if (format !== 'xlsx' && collections.length > 1) {
    refuse('collections', `A file of ${format} holds one collection: order one for each, or xlsx, which has a sheet for each`);
  }
  for (const [i, name] of collections.entries()) {
    if (collections.indexOf(name) !== i) refuse(`collections.${i}.name`, 'Each collection stands in a file once');
    if (fromCursor(name, cursors[i] ?? undefined)) continue;
    refuse(`collections.${i}.cursor`, 'cursor must be a cursor that this collection gave');
  }
}

function refuse(field: string, reason: string): never {
  throw new RequestInvalid({ fields: [{ field, reason }] });
}
