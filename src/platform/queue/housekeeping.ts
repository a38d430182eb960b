import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/work.js';
import type { QueueBackend } from './backend.js';
import { RunsOnTimer, type TimerHandler } from './handler.js';
import { Handlers } from './handlers.js';
import { defineTimer } from './job.js';
import { OutboxStore } from './outbox.store.js';
import { QUEUE_BACKEND } from './queues.js';
import { QueueLog } from './settings.js';

export const CLEAN_OUTBOX = defineTimer({ name: 'queue.cleanOutbox', everyMs: 10 * 60_000 });
export const CHECK_QUEUE_SERVER = defineTimer({ name: 'queue.checkServer', everyMs: 20_000 });

const KEEP_HOURS = 24;
const STRANDED_AFTER_MINUTES = 60;
const BATCH = 5_000;

/** Deletes what was relayed long ago, and complains about rows that no worker wants. */
@Injectable()
@RunsOnTimer(CLEAN_OUTBOX)
export class OutboxCleaner implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly store: OutboxStore,
    private readonly handlers: Handlers,
    private readonly log: QueueLog,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    const clean = () => this.work.acrossTenants('clean outbox', (tx) => this.store.deleteRelayed(tx, KEEP_HOURS, BATCH));
    while (!signal.aborted && (await clean()) === BATCH);
    const stranded = await this.work.acrossTenants('find stranded outbox rows', (tx) =>
      this.store.strandedNames(tx, this.handlers.routed, STRANDED_AFTER_MINUTES),
    );
    // Kept for the worker that knows them: an older release may run beside a newer one for a while, but not for an hour.
    if (stranded.length > 0) this.log.error({ names: stranded }, 'outbox rows wait for a job or event that no definition names');
  }
}

/** The server's settings may be changed while we run: from then on jobs can vanish, and people must know. */
@Injectable()
@RunsOnTimer(CHECK_QUEUE_SERVER)
export class QueueServerCheck implements TimerHandler {
  problem: string | undefined;

  constructor(
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    private readonly log: QueueLog,
  ) {}

  async run(): Promise<void> {
    this.problem = await this.backend.misconfiguration().catch(() => 'the queue does not answer');
    if (this.problem) this.log.error({ problem: this.problem }, 'the queue is not safe');
  }
}
