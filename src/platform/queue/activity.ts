import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/work.js';
import { COMMAND_TIMEOUT_MS } from './backend.js';
import { withDeadline } from '../clock/deadline.js';
import { Handlers } from './handlers.js';
import { QueueServerCheck } from './housekeeping.js';
import { LaneWorkers } from './lane-workers.js';
import { OutboxStore } from './outbox.store.js';
import { Queues } from './queues.js';
import { Timers } from './timers.js';

/** What the queue is doing: for readiness, and for tests that wait until everything is done. */
@Injectable()
export class QueueActivity {
  constructor(
    private readonly work: UnitOfWork,
    private readonly store: OutboxStore,
    private readonly queues: Queues,
    private readonly handlers: Handlers,
    private readonly workers: LaneWorkers,
  ) {}

  /** Nothing waits in the outbox, waits or runs in a lane, or is due there. Retries of the future don't count. */
  async isIdle(): Promise<boolean> {
    // What is known here costs no query, and whoever waits asks often.
    if (this.isBusyHere) return false;
    // The outbox twice: a job that ends between the looks may have left a row.
    if (!(await this.outboxIsEmpty())) return false;
    const lanes = await Promise.all(this.handlers.lanes.map((lane) => this.laneIsIdle(lane.name)));
    return lanes.every(Boolean) && (await this.outboxIsEmpty());
  }

  /** Whether a job runs in this process. Asks nobody. */
  get isBusyHere(): boolean {
    return this.workers.isBusy;
  }

  /** This process takes no new jobs; resolves when what runs has finished. */
  pause(): Promise<void> {
    return this.workers.pause();
  }

  resume(): Promise<void> {
    return this.workers.resume();
  }

  private outboxIsEmpty(): Promise<boolean> {
    return this.work.acrossTenants('is the outbox empty', (tx) => this.store.isEmpty(tx, this.handlers.routed));
  }

  private async laneIsIdle(name: string): Promise<boolean> {
    const lane = this.queues.lane(name);
    const counts = await lane.getJobCounts('waiting', 'active', 'prioritized');
    if (Object.values(counts).some((count) => count > 0)) return false;
    const [soonest] = await lane.getDelayed(0, 0);
    return soonest === undefined || soonest.timestamp + soonest.delay > Date.now();
  }
}

/** Whether this worker can do its work. */
@Injectable()
export class QueueHealth {
  constructor(
    private readonly queues: Queues,
    private readonly handlers: Handlers,
    private readonly workers: LaneWorkers,
    private readonly timers: Timers,
    private readonly server: QueueServerCheck,
  ) {}

  /** @returns undefined when well, otherwise what is wrong. */
  async check(): Promise<string | undefined> {
    if (this.server.problem) return this.server.problem;
    if (this.workers.stopped.length > 0) return `lanes stand still: ${this.workers.stopped.join(', ')}`;
    if (this.timers.stuck.length > 0) return `timers run for too long: ${this.timers.stuck.join(', ')}`;
    const [lane] = this.handlers.lanes;
    if (!lane) return undefined;
    const answers = withDeadline('Asking the queue', COMMAND_TIMEOUT_MS, this.queues.lane(lane.name).getJobCounts('active'));
    return await answers.then(
      () => undefined,
      () => 'the queue does not answer; what is due waits in PostgreSQL',
    );
  }
}
