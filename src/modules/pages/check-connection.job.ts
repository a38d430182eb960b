import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/work.js';
import { HandlesJob, type JobHandler, RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { Queues } from '../../platform/queue/queues.js';
import { ConnectionChecksService } from './connection-checks.service.js';
import { ConnectionHealthStore } from './connection-health.store.js';
import { checkConnectionJob, checkConnectionsTimer, type PageToCheck } from './pages.jobs.js';

@Injectable()
@HandlesJob(checkConnectionJob)
export class CheckConnectionJob implements JobHandler<PageToCheck> {
  constructor(private readonly checks: ConnectionChecksService) {}

  run({ contractorId, pageId }: PageToCheck): Promise<void> {
    return this.checks.check(contractorId, pageId);
  }
}

/** After an outage every page is due at once: so many a minute, and the networks don't notice. */
const MOST_AT_ONCE = 100;

@Injectable()
@RunsOnTimer(checkConnectionsTimer)
export class CheckConnectionsTimer implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly health: ConnectionHealthStore,
    private readonly queues: Queues,
  ) {}

  async run(): Promise<void> {
    const due = await this.work.acrossTenants('check connections', (tx) => this.health.pickDueChecks(tx, MOST_AT_ONCE));
    const rings = due.map(({ contractorId, pageId, ring }) => ({
      payload: { contractorId, pageId },
      jobId: `connection.${pageId}.${ring}`,
    }));
    await this.queues.ring(checkConnectionJob, rings);
  }
}
