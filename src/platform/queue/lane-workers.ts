import { Inject, Injectable } from '@nestjs/common';
import type { Job, Worker } from 'bullmq';
import { pause } from '../clock/pause.js';
import { COMMAND_TIMEOUT_MS, type QueueBackend } from './backend.js';
import { withDeadline } from '../clock/deadline.js';
import { Handlers } from './handlers.js';
import { JobRunner } from './job-runner.js';
import type { Lane } from './job.js';
import { QUEUE_BACKEND } from './queues.js';
import { reportJobs } from './job-report.js';
import { QUEUE_SETTINGS, QueueLog, type WorkerSettings } from './settings.js';

/** How long handlers get to notice their signal. */
const AFTER_ABORT_MS = 3_000;
/** Between two tries to reach a server that is away when a worker starts. */
const OPEN_AGAIN_MS = 1_000;

/** One BullMQ worker for each lane that some definition uses. */
@Injectable()
export class LaneWorkers {
  private readonly open = new Map<string, Worker>();
  private stopping = false;

  constructor(
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    @Inject(QUEUE_SETTINGS) private readonly settings: WorkerSettings,
    private readonly handlers: Handlers,
    private readonly runner: JobRunner,
    private readonly log: QueueLog,
  ) {}

  /** @throws Error when the queue's server is set up in a way that loses jobs. One that is merely away is waited for. */
  async start(): Promise<void> {
    await this.refuseMisconfiguration();
    for (const lane of this.handlers.lanes) void this.serve(lane);
    this.log.info({ lanes: this.handlers.lanes.map(({ name }) => name) }, 'workers started');
  }

  /** Takes no new jobs; resolves when what runs has finished. */
  async pause(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.pause()));
  }

  async resume(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.resume()));
  }

  /** Lets handlers finish for `graceMs`, then aborts their signals, then gives back whatever still runs. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    const closing = Promise.all(this.workers.map((worker) => worker.close()));
    if (await settledWithin(closing, graceMs)) return;
    this.runner.abortAll();
    if (await settledWithin(closing, AFTER_ABORT_MS)) return;
    this.log.warn({ jobs: this.runner.leaveAll() }, 'handlers ignored their signals; their jobs were given back');
    await settledWithin(closing, AFTER_ABORT_MS);
  }

  /** Whether a handler runs in this process. */
  get isBusy(): boolean {
    return this.runner.isBusy;
  }

  /** Lanes that should run and don't. */
  get stopped(): readonly string[] {
    return this.workers.filter((worker) => !worker.isRunning()).map((worker) => worker.name);
  }

  /** Lanes of which this process takes jobs now. */
  get serving(): readonly string[] {
    return this.workers.filter((worker) => worker.isRunning() && !worker.isPaused()).map((worker) => worker.name);
  }

  private get workers(): readonly Worker[] {
    return [...this.open.values()];
  }

  /** The library remembers for good that a worker's first connection failed, and would spin: such a worker is replaced. */
  private async serve(lane: Lane): Promise<void> {
    while (!this.stopping) {
      const worker = this.openWorker(lane);
      this.open.set(lane.name, worker);
      try {
        await worker.waitUntilReady();
        if (!this.stopping) await worker.run();
        return;
      } catch (error) {
        this.log.error({ lane: lane.name, err: error }, 'the lane does not run; it is opened again');
      }
      await settledWithin(worker.close(true), OPEN_AGAIN_MS);
      await pause(OPEN_AGAIN_MS);
    }
  }

  private openWorker(lane: Lane): Worker {
    const worker = this.backend.openWorker(lane.name, lane.concurrency, (job: Job, token?: string) =>
      this.runner.run(job, token ?? ''),
    );
    worker.on('lockRenewalFailed', (ids) => this.runner.abortTakenOver(ids));
    reportJobs(worker, this.log, this.settings.observe);
    return worker;
  }

  private async refuseMisconfiguration(): Promise<void> {
    let problem: string | undefined;
    try {
      problem = await withDeadline('Looking at the queue', COMMAND_TIMEOUT_MS, this.backend.misconfiguration());
    } catch (error) {
      this.log.warn({ err: error }, 'the queue is away; starting without it, jobs wait in the outbox');
    }
    if (problem === undefined) return;
    await this.backend.close();
    throw new Error(`The worker does not start: ${problem}`);
  }
}

async function settledWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  return await withDeadline('stopping', ms, work).then(
    () => true,
    () => false,
  );
}
