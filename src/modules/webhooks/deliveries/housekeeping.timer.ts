import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import { RunsOnTimer, type TimerHandler } from '../../../platform/queue/handler.js';
import { webhookHousekeeping } from './deliveries.jobs.js';
import { WebhookHousekeepingStore } from './housekeeping.store.js';

/** How long people can look back and replay. */
const KEEP_DAYS = 30;
const BATCH = 5_000;

/** Forgets what was told long ago. */
@Injectable()
@RunsOnTimer(webhookHousekeeping)
export class WebhookHousekeeping implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly store: WebhookHousekeepingStore,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    const deliveries = () =>
      this.work.acrossTenants('forget deliveries', (tx) => this.store.deleteDeliveries(tx, KEEP_DAYS, BATCH));
    const events = () => this.work.acrossTenants('forget events', (tx) => this.store.deleteEvents(tx, KEEP_DAYS, BATCH));
    while (!signal.aborted && (await deliveries()) === BATCH);
    while (!signal.aborted && (await events()) === BATCH);
  }
}
