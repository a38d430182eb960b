import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import { HandlesJob, type JobHandler, RunsOnTimer, type TimerHandler } from '../../../platform/queue/handler.js';
import { Queues } from '../../../platform/queue/queues.js';
import type { PageConnected } from '../../pages/pages.events.js';
import { CollectingService } from './collecting.service.js';
import { collectJob, type CollectPayload, collectTimer, enrolConnectedJob } from './collecting.jobs.js';
import { groupsOf } from './groups.js';
import { CollectionStore } from './collection.store.js';

@Injectable()
@HandlesJob(collectJob)
export class CollectJob implements JobHandler<CollectPayload> {
  constructor(private readonly collecting: CollectingService) {}

  run({ contractorId, pageIds }: CollectPayload): Promise<void> {
    return this.collecting.collect(contractorId, pageIds);
  }
}

/** From its connection on a page is collected. */
@Injectable()
@HandlesJob(enrolConnectedJob)
export class EnrolConnectedJob implements JobHandler<PageConnected> {
  constructor(
    private readonly work: UnitOfWork,
    private readonly collections: CollectionStore,
  ) {}

  run({ contractorId, clientId, pageId }: PageConnected): Promise<void> {
    return this.work.forTenant(wholeContractor(contractorId), (tx) =>
      this.collections.enrol(tx, { contractorId, clientId, pageId }),
    );
  }
}

const MOST_AT_ONCE = 200;

@Injectable()
@RunsOnTimer(collectTimer)
export class CollectTimer implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly collections: CollectionStore,
    private readonly queues: Queues,
  ) {}

  async run(): Promise<void> {
    const due = await this.work.acrossTenants('collect numbers', (tx) => this.collections.pickDue(tx, MOST_AT_ONCE));
    const rings = groupsOf(due).map(({ contractorId, pageIds, ring }) => ({
      payload: { contractorId, pageIds },
      jobId: `collect.${pageIds[0]}.${ring}`,
    }));
    await this.queues.ring(collectJob, rings);
  }
}
