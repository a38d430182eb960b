import type { JobName } from './faults.js';
import type { Machine, SimProcess } from './process.js';

interface Ring {
  readonly payload: Payload;
  readonly jobId: string;
}

export interface Payload {
  readonly contractorId: string;
  readonly publicationId?: string;
  readonly clientId?: string;
  readonly postId?: string;
}

type Run = (worker: SimProcess, job: JobName, payload: Payload) => Promise<void>;

/** A worker that died in a job: the queue notices a stalled job after so long, and may give it to another. */
const STALLED_MS = 30_000;

/** The queue: it may lose a ring, deliver it twice, or hold it back. Truth is in the database, so nothing depends on it. */
export class Doorbells {
  private readonly known = new Set<string>();
  private readonly running = new Map<string, { worker: SimProcess; job: JobName; payload: Payload }>();
  private rings = 0;

  constructor(
    private readonly machine: Machine,
    private readonly workers: () => readonly SimProcess[],
    private readonly run: Run,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** `Queues`, as a process holds it. */
  of(process: SimProcess): { ring: (job: { name: string }, rings: readonly Ring[]) => Promise<void> } {
    return {
      ring: async (job, rings) => {
        if (rings.length === 0) return;
        await process.port('queue.ring', 1, 20);
        for (const { payload, jobId } of rings) this.ring(job.name.split('.')[1] as JobName, payload, jobId);
      },
    };
  }

  ring(job: JobName, payload: Payload, jobId: string): void {
    if (this.known.has(jobId)) return;
    const fault = this.machine.occasions.next('ring', job);
    if (fault?.how === 'lost') return;
    this.known.add(jobId);
    const delays = [fault?.how === 'late' ? fault.ms : 0, ...(fault?.how === 'twice' ? [fault.ms % 2_000] : [])];
    for (const delay of delays) this.deliver(job, payload, jobId, delay + this.machine.random.between(1, 60));
  }

  /** An event's job must not be lost: it is delivered until it has run. */
  deliver(job: JobName, payload: Payload, jobId: string, afterMs: number): void {
    const { scheduler } = this.machine;
    scheduler.at(scheduler.now + afterMs, () => this.take(job, payload, jobId));
  }

  /** The jobs of a worker that died are found stalled, and go on elsewhere or are given up. */
  died(worker: SimProcess): void {
    for (const [key, run] of this.running) {
      if (run.worker !== worker) continue;
      this.running.delete(key);
      const jobId = key.split('#')[0]!;
      if (run.job === 'holdUnapproved' || this.machine.random.chance(0.5)) this.deliver(run.job, run.payload, jobId, STALLED_MS);
      else this.known.delete(jobId);
    }
  }

  private take(job: JobName, payload: Payload, jobId: string): void {
    const up = this.workers().filter(({ alive, stopped }) => alive && !stopped);
    if (up.length === 0) return this.deliver(job, payload, jobId, 1_000);
    const worker = this.machine.random.pick(up);
    const key = `${jobId}#${(this.rings += 1)}`;
    this.running.set(key, { worker, job, payload });
    worker.start(
      () => this.run(worker, job, payload),
      (error) => {
        this.running.delete(key);
        this.known.delete(jobId);
        if (error === undefined) return;
        this.failed(error);
        if (job === 'holdUnapproved') this.deliver(job, payload, jobId, 1_000);
      },
    );
  }
}
