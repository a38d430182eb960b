import { Injectable } from '@nestjs/common';
import { DelayedError, UnrecoverableError, WaitingError, type Job } from 'bullmq';
import { withDeadline } from '../clock/deadline.js';
import type { JobRun } from './handler.js';
import { Handlers, type BoundJob } from './handlers.js';
import type { JobPayload } from './job.js';
import { BadPayload, checkPayload } from './payload.js';
import { QueueLog } from './settings.js';

/** A handler that ignores its signal is given up this long after the time-out. */
const ABANDON_AFTER_MS = 5_000;

/** During a deployment an old worker meets jobs that only the new one knows. */
const POSTPONE_MS = 15_000;

class TimedOut extends Error {
  constructor(ms: number) {
    super(`The job's time of ${ms} ms is over`);
  }
}

const SHUTTING_DOWN = new Error('The worker is shutting down');
const TAKEN_OVER = new Error('The job was taken over by another worker');

interface Running {
  readonly control: AbortController;
  /** Stops waiting for the handler. */
  readonly leave: () => void;
}

/**
 * One run of one job: finds the handler, refuses bad payloads, bounds the time, and gives the job back when the worker
 * must stop.
 */
@Injectable()
export class JobRunner {
  private readonly running = new Map<string, Running>();

  constructor(
    private readonly handlers: Handlers,
    private readonly log: QueueLog,
  ) {}

  async run(job: Job<unknown>, token: string): Promise<void> {
    const bound = this.handlers.job(job.name);
    if (!bound) return await this.postpone(job, token);
    const payload = acceptPayload(bound, job.data);
    const end = await this.execute(bound, payload, { id: String(job.id), attempt: job.attemptsMade + 1 });
    if (end === 'interrupted') await this.giveBack(job, token);
  }

  /** Runs a handler within its time. @returns whether it ended, or was interrupted because the worker must stop. */
  async execute(
    { definition, instance }: BoundJob,
    payload: JobPayload,
    of: Omit<JobRun, 'signal'>,
  ): Promise<'ended' | 'interrupted'> {
    const control = new AbortController();
    const { timeoutMs } = definition.policy;
    const timer = setTimeout(() => control.abort(new TimedOut(timeoutMs)), timeoutMs);
    try {
      // Called inside a promise, so that a handler that throws at once is caught as well.
      const work = Promise.resolve().then(() => instance.run(payload, { ...of, signal: control.signal }));
      const left = new Promise<never>((_, reject) => this.running.set(of.id, { control, leave: () => reject(SHUTTING_DOWN) }));
      await withDeadline(`Job ${definition.name}`, timeoutMs + ABANDON_AFTER_MS, Promise.race([work, left]));
    } catch (error) {
      if (control.signal.reason !== SHUTTING_DOWN) throw error;
      return 'interrupted';
    } finally {
      clearTimeout(timer);
      this.running.delete(of.id);
    }
    return 'ended';
  }

  /** Whether a handler runs in this process. */
  get isBusy(): boolean {
    return this.running.size > 0;
  }

  /** Asks every running handler to stop; those that do so give their job back without spending an attempt. */
  abortAll(): void {
    for (const { control } of this.running.values()) control.abort(SHUTTING_DOWN);
  }

  /** Gives back the jobs whose handlers ignored that; the process ends before they get far. @returns how many. */
  leaveAll(): number {
    const left = [...this.running.values()];
    for (const { leave } of left) leave();
    return left.length;
  }

  /** Another worker may have these jobs already: their handlers should stop before they do harm. */
  abortTakenOver(ids: readonly string[]): void {
    for (const id of ids) this.running.get(id)?.control.abort(TAKEN_OVER);
  }

  private async giveBack(job: Job, token: string): Promise<never> {
    await job.moveToWait(token);
    this.log.info({ job: job.name, id: job.id }, 'job given back at shutdown');
    throw new WaitingError();
  }

  private async postpone(job: Job, token: string): Promise<never> {
    this.log.warn({ job: job.name, id: job.id }, 'this worker does not know the job and leaves it to another');
    // The library's own clock, as for every delay in the queue.
    await job.moveToDelayed(Date.now() + POSTPONE_MS, token);
    throw new DelayedError();
  }
}

/** @throws UnrecoverableError: what is wrong with a payload today is wrong tomorrow. */
function acceptPayload({ definition }: BoundJob, data: unknown) {
  try {
    return checkPayload(definition, data);
  } catch (error) {
    throw error instanceof BadPayload ? new UnrecoverableError(error.message) : error;
  }
}
