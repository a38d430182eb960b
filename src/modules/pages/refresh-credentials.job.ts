import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/work.js';
import { HandlesJob, type JobHandler, RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { Queues } from '../../platform/queue/queues.js';
import { CredentialRefreshStore } from './credential-refresh.store.js';
import { CredentialRefreshesService } from './credential-refreshes.service.js';
import { refreshCredentialsJob, refreshCredentialsTimer, type SecretToRefresh } from './pages.jobs.js';

@Injectable()
@HandlesJob(refreshCredentialsJob)
export class RefreshCredentialsJob implements JobHandler<SecretToRefresh> {
  constructor(private readonly refreshes: CredentialRefreshesService) {}

  run({ contractorId, key }: SecretToRefresh): Promise<void> {
    return this.refreshes.refresh(contractorId, key);
  }
}

const MOST_AT_ONCE = 100;

@Injectable()
@RunsOnTimer(refreshCredentialsTimer)
export class RefreshCredentialsTimer implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly refreshes: CredentialRefreshStore,
    private readonly queues: Queues,
  ) {}

  async run(): Promise<void> {
    const due = await this.work.acrossTenants('renew credentials', (tx) => this.refreshes.pickDue(tx, MOST_AT_ONCE));
    const rings = due.map(({ contractorId, key, ring }) => ({ payload: { contractorId, key }, jobId: `refresh.${key}.${ring}` }));
    await this.queues.ring(refreshCredentialsJob, rings);
  }
}
