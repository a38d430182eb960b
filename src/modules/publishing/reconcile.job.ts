import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/work.js';
import { HandlesJob, type JobHandler, RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { Queues } from '../../platform/queue/queues.js';
import { OutsidePostStore } from './outside-post.store.js';
import { type PagePayload, reconcileJob, reconcileTimer } from './publishing.jobs.js';
import { ReconciliationService } from './reconciliation.service.js';

@Injectable()
@HandlesJob(reconcileJob)
export class ReconcileJob implements JobHandler<PagePayload> {
  constructor(private readonly reconciliation: ReconciliationService) {}

  run({ contractorId, pageId }: PagePayload): Promise<void> {
    return this.reconciliation.reconcile(contractorId, pageId);
  }
}

const MOST_AT_ONCE = 200;

@Injectable()
@RunsOnTimer(reconcileTimer)
export class ReconcileTimer implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly outside: OutsidePostStore,
    private readonly queues: Queues,
  ) {}

  async run(): Promise<void> {
    const due = await this.work.acrossTenants('reconcile pages', (tx) => this.outside.pickDue(tx, MOST_AT_ONCE));
    const rings = due.map(({ contractorId, pageId, ring }) => ({
      payload: { contractorId, pageId },
      jobId: `reconcile.${pageId}.${ring}`,
    }));
    await this.queues.ring(reconcileJob, rings);
  }
}
