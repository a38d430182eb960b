import { Inject, Injectable } from '@nestjs/common';
import type { BulkJobOptions, Queue } from 'bullmq';
import { COMMAND_TIMEOUT_MS, type QueueBackend } from './backend.js';
import { withDeadline } from '../clock/deadline.js';
import type { JobDefinition, JobPayload } from './job.js';
import { checkPayload } from './payload.js';

export const QUEUE_BACKEND = Symbol('QUEUE_BACKEND');

export interface Ring<P extends JobPayload = JobPayload> {
  readonly payload: P;
  /** What the job is about, e.g. `<publicationId>.<fence>`. No colons. */
  readonly jobId: string;
}

/** What the relay hands over: a payload that is checked again when it is taken. */
export interface Delivery {
  readonly definition: JobDefinition;
  readonly jobId: string;
  readonly payload: unknown;
}

interface QueuedJob {
  readonly name: string;
  readonly data: unknown;
  readonly opts: BulkJobOptions;
}

/**
 * The last ones are remembered, so that a relay that died between delivering and noting it does not cause a second run.
 * Few, because on PostgreSQL each finished job pays for a walk through all that are kept.
 */
const DELIVERED = { removeOnComplete: { count: 100 }, removeOnFail: { age: 7 * 24 * 3_600, count: 200 } };

/** Forgotten at once: the row in PostgreSQL says whether to ring again, and the same id must then be free. */
const RUNG = { removeOnComplete: true, removeOnFail: true };

const WORTH_A_BULK = 8;

/** Sends jobs straight to the queue. Everything else goes through the `Outbox`. */
@Injectable()
export class Queues {
  private readonly queues = new Map<string, Queue>();

  constructor(@Inject(QUEUE_BACKEND) private readonly backend: QueueBackend) {}

  /**
   * Starts jobs whose truth already is in PostgreSQL, in one call; for dispatchers. Ringing an id that waits or runs
   * changes nothing. Rejects within two seconds when the queue is away (the jobs may still arrive later).
   * @throws BadPayload before anything is sent.
   */
  async ring<P extends JobPayload>(definition: JobDefinition<P>, rings: readonly Ring<P>[]): Promise<void> {
    const jobs = rings.map(({ payload, jobId }) => ({
      name: definition.name,
      data: checkPayload(definition, payload),
      opts: { ...options(definition), ...RUNG, jobId },
    }));
    if (jobs.length > 0) await this.send(definition.policy.lane.name, jobs);
  }

  /** The relay's way in: outbox rows, each with its id as the job's. */
  async deliver(deliveries: readonly Delivery[]): Promise<void> {
    const byLane = new Map<string, QueuedJob[]>();
    for (const { definition, payload, jobId } of deliveries) {
      const lane = definition.policy.lane.name;
      const job = { name: definition.name, data: payload, opts: { ...options(definition), ...DELIVERED, jobId } };
      byLane.set(lane, [...(byLane.get(lane) ?? []), job]);
    }
    await Promise.all([...byLane].map(([lane, jobs]) => this.send(lane, jobs)));
  }

  /** The lane's queue, opened on first use: a process that only writes outbox rows never connects. */
  lane(name: string): Queue {
    const known = this.queues.get(name);
    if (known) return known;
    const queue = this.backend.openQueue(name);
    // Without a listener an error event would end the process; failures reject the calls that meet them.
    queue.on('error', () => undefined);
    this.queues.set(name, queue);
    // The library remembers for good that its first connection failed: the next call opens another queue instead.
    queue.waitUntilReady().catch(() => this.forget(name, queue));
    return queue;
  }

  private forget(name: string, queue: Queue): void {
    if (this.queues.get(name) === queue) this.queues.delete(name);
    queue.close().catch(() => undefined);
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
  }

  private async send(lane: string, jobs: readonly QueuedJob[]): Promise<void> {
    const sending = this.backend.reachable().then(() => addTo(this.lane(lane), jobs));
    await withDeadline(`Sending ${jobs.length} job(s) to the queue`, COMMAND_TIMEOUT_MS, sending);
  }
}

// On PostgreSQL a bulk goes through a temporary table, which costs the catalogue more than a handful of single calls.
async function addTo(queue: Queue, jobs: readonly QueuedJob[]): Promise<void> {
  if (jobs.length >= WORTH_A_BULK) await queue.addBulk([...jobs]);
  else await Promise.all(jobs.map(({ name, data, opts }) => queue.add(name, data, opts)));
}

function options({ policy }: JobDefinition): BulkJobOptions {
  return {
    attempts: policy.attempts,
    backoff: { type: 'exponential', delay: policy.backoffMs, jitter: 0.2 },
    stackTraceLimit: 1,
  };
}
