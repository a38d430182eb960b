import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/work.js';
import { HandlesJob, type JobHandler, RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { Queues } from '../../platform/queue/queues.js';
import { CheckStore } from './check.store.js';
import { ChecksService } from './checks.service.js';
import { checkJob, checkTimer, type PublicationPayload } from './publishing.jobs.js';

@Injectable()
@HandlesJob(checkJob)
export class CheckJob implements JobHandler<PublicationPayload> {
  constructor(private readonly checks: ChecksService) {}

  run({ contractorId, publicationId }: PublicationPayload): Promise<void> {
    return this.checks.check(contractorId, publicationId);
  }
}

const MOST_AT_ONCE = 200;

@Injectable()
@RunsOnTimer(checkTimer)
export class CheckTimer implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly found: CheckStore,
    private readonly queues: Queues,
  ) {}

  async run(): Promise<void> {
    const due = await this.work.acrossTenants('check published posts', (tx) => this.found.pickDue(tx, MOST_AT_ONCE));
    const rings = due.map(({ contractorId, publicationId, ring }) => ({
      payload: { contractorId, publicationId },
      jobId: `check.${publicationId}.${ring}`,
    }));
    await this.queues.ring(checkJob, rings);
  }
}
