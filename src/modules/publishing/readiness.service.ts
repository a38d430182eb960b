import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/work.js';
import { Health } from '../../platform/observability/health.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { DispatchStore } from './dispatch.store.js';

/**
 * Says that due work is not being picked up, whatever the cause: no worker, a paused queue, a stuck lease, a dispatcher
 * that does not run. Asked by whoever watches the process, so it needs no part of the machinery that it watches.
 */
@Injectable()
export class PublishingReadiness implements OnModuleInit {
  constructor(
    private readonly work: UnitOfWork,
    private readonly found: DispatchStore,
    private readonly health: Health,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.health.add({ name: 'publishing', check: () => this.problem() });
  }

  private async problem(): Promise<string | undefined> {
    const overdue = await this.work.acrossTenants('count overdue publications', (tx) => this.found.countOverdue(tx));
    this.metrics.overduePublications.set(overdue);
    return overdue === 0
      ? undefined
      : `${overdue} publications are due for more than a minute and nobody takes them: look at workers and queue`;
  }
}
