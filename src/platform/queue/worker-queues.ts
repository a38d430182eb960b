import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { QueueBackend } from './backend.js';
import { Handlers } from './handlers.js';
import type { JobDefinition, JobPayload } from './job.js';
import { JobRunner } from './job-runner.js';
import { BadPayload } from './payload.js';
import { QUEUE_BACKEND, Queues, type Ring } from './queues.js';
import { QueueLog } from './settings.js';

/**
 * A worker's way to the queue. While the queue's server is away, the worker that rings does the work itself, as much of it as its
 * lane would: what is due goes out on time without the queue. The rings may arrive there all the same: running twice is harmless.
 */
@Injectable()
export class WorkerQueues extends Queues implements BeforeApplicationShutdown {
  /** Runs under way, with their lanes. */
  private readonly direct = new Map<Promise<void>, string>();

  constructor(
    @Inject(QUEUE_BACKEND) backend: QueueBackend,
    private readonly handlers: Handlers,
    private readonly runner: JobRunner,
    private readonly log: QueueLog,
  ) {
    super(backend);
  }

  override async ring<P extends JobPayload>(definition: JobDefinition<P>, rings: readonly Ring<P>[]): Promise<void> {
    try {
      await super.ring(definition, rings);
    } catch (error) {
      if (error instanceof BadPayload) throw error;
      this.log.warn({ job: definition.name, err: error }, 'the queue takes no rings; this worker does what it can by itself');
      for (const ring of rings) this.runDirectly(definition, ring);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.direct.keys());
  }

  /** Nothing when the lane is busy: whoever rang rings again for what is still due. */
  private runDirectly<P extends JobPayload>({ name, policy }: JobDefinition<P>, { payload, jobId }: Ring<P>): void {
    const bound = this.handlers.job(name);
    const busy = [...this.direct.values()].filter((lane) => lane === policy.lane.name).length;
    if (!bound || busy >= policy.lane.concurrency) return;
    const run = this.runner.execute(bound, payload, { id: `direct.${jobId}`, attempt: 1 }).then(
      () => undefined,
      (error: unknown) => this.log.error({ job: name, id: jobId, err: error }, 'job failed'),
    );
    this.direct.set(run, policy.lane.name);
    void run.finally(() => this.direct.delete(run));
  }
}
