import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../database/work.js';
import { Ids } from '../ids/ids.js';
import { COMMAND_TIMEOUT_MS } from './backend.js';
import { withDeadline } from '../clock/deadline.js';
import { RunsOnTimer, type TimerHandler } from './handler.js';
import { defineTimer } from './job.js';
import { LaneWorkers } from './lane-workers.js';
import { Queues } from './queues.js';

export const BEAT = defineTimer({ name: 'queue.beat', everyMs: 10_000 });

/** A process that did not say so for as long serves nobody. */
const SILENT = `interval '45 seconds'`;

/** Says which lanes this process serves, for those who wonder why nothing is done. */
@Injectable()
@RunsOnTimer(BEAT)
export class Heartbeat implements TimerHandler {
  private readonly id: string;

  constructor(
    private readonly work: UnitOfWork,
    private readonly workers: LaneWorkers,
    ids: Ids,
  ) {
    this.id = ids.next();
  }

  async run(): Promise<void> {
    await this.work.acrossTenants('say which lanes are served', async (tx) => {
      await tx.query(
        `insert into worker_heartbeats (id, lanes) values ($1, $2)
         on conflict (id) do update set lanes = excluded.lanes, seen_at = app_now()`,
        [this.id, this.workers.serving],
      );
      await tx.query(`delete from worker_heartbeats where seen_at < app_now() - interval '1 hour'`);
    });
  }
}

/** Whether anybody serves a lane. */
@Injectable()
export class LaneService {
  constructor(private readonly queues: Queues) {}

  /** @returns undefined when some worker takes its jobs, or nobody can tell because the queue does not answer. */
  async trouble(tx: Tx, lane: string): Promise<'queuePaused' | 'noWorker' | undefined> {
    const asked = withDeadline('Asking the queue', COMMAND_TIMEOUT_MS, this.queues.lane(lane).isPaused());
    if (await asked.catch(() => false)) return 'queuePaused';
    const rows = await tx.query<unknown[]>(
      `select 1 from worker_heartbeats where $1 = any (lanes) and seen_at between app_now() - ${SILENT} and app_now() + ${SILENT} limit 1`,
      [lane],
    );
    return rows.length > 0 ? undefined : 'noWorker';
  }
}
