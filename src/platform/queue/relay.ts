import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../database/work.js';
import { RunsOnTimer, type TimerHandler } from './handler.js';
import { Handlers } from './handlers.js';
import { defineTimer, type JobPayload } from './job.js';
import { OutboxStore, type OutboxRow } from './outbox.store.js';
import { Queues, type Delivery } from './queues.js';
import { QueueLog } from './settings.js';

/** Sweeps once a second and is woken by commits in between. */
export const RELAY_OUTBOX = defineTimer({ name: 'queue.relayOutbox', everyMs: 1_000 });

const BATCH = 500;

/**
 * Forwards committed outbox rows to the queue, oldest first.
 *
 * The rows stay locked while they are sent, so relays in several processes share the work instead of repeating it, and
 * a relay that dies lets go at once: this is the one network call inside a transaction. It is allowed here because it
 * is bounded by two seconds, blocks nobody (the application only inserts), and repeating it is harmless: the job's id
 * is the row's.
 */
@Injectable()
@RunsOnTimer(RELAY_OUTBOX)
export class OutboxRelay implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly store: OutboxStore,
    private readonly queues: Queues,
    private readonly handlers: Handlers,
    private readonly log: QueueLog,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.runOnce()) === BATCH);
  }

  /** One batch. @returns how many rows were forwarded. */
  async runOnce(): Promise<number> {
    return await this.work.acrossTenants('relay outbox', async (tx: Tx) => {
      const rows = await this.store.lockWaiting(tx, this.handlers.routed, BATCH);
      if (rows.length === 0) return 0;
      await this.queues.deliver(rows.flatMap((row) => this.deliveries(row)));
      await this.store.markRelayed(tx, rows);
      return rows.length;
    });
  }

  private deliveries(row: OutboxRow): Delivery[] {
    // The row's tenant was checked by the database; a payload that names another one would act for it.
    if ((row.payload as { contractorId?: unknown }).contractorId !== row.contractorId) {
      this.log.error({ name: row.name, id: row.id }, 'outbox row dropped: its payload names another contractor');
      return [];
    }
    const routes = this.handlers.routesOf(row.name).filter(({ when }) => !when || when(row.payload as JobPayload));
    return routes.map((definition) => ({
      definition,
      payload: row.payload,
      jobId: definition.name === row.name ? row.id : `${row.id}.${definition.name}`,
    }));
  }
}
