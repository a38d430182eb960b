import type { Job, Worker } from 'bullmq';
import type { JobOutcome, QueueLog } from './settings.js';

/** BullMQ's own words for a job whose workers kept dying. */
const POISON = 'job stalled more than allowable limit';

/** The same complaint about a server that is away is worth one line in this time, not one per retry. */
const REPEAT_MS = 30_000;

/** Logs and counts what becomes of a worker's jobs. */
export function reportJobs(worker: Worker, log: QueueLog, observe: (outcome: JobOutcome) => void = () => undefined): void {
  const report = (job: Job, outcome: JobOutcome['outcome']) =>
    observe({ job: job.name, lane: worker.name, outcome, seconds: (Date.now() - (job.processedOn ?? Date.now())) / 1_000 });
  worker.on('completed', (job) => report(job, 'completed'));
  worker.on('failed', (job, error) => {
    if (!job) return;
    const facts = { job: job.name, id: job.id, attempt: job.attemptsMade, err: error };
    const outcome = outcomeOf(job, error);
    report(job, outcome);
    if (outcome === 'retried') return log.warn(facts, 'job failed and will be tried again');
    log.error(facts, outcome === 'poisoned' ? 'job given up: its workers died while running it' : 'job given up');
  });
  worker.on('stalled', (id) => log.warn({ lane: worker.name, id }, 'a worker died or froze; its job runs again'));
  reportErrors(worker, log);
}

function outcomeOf(job: Job, error: Error): 'poisoned' | 'failed' | 'retried' {
  if (error.message === POISON) return 'poisoned';
  return job.finishedOn === undefined ? 'retried' : 'failed';
}

function reportErrors(worker: Worker, log: QueueLog): void {
  let last = { message: '', at: 0 };
  worker.on('error', (error) => {
    const at = Date.now();
    if (error.message === last.message && at - last.at < REPEAT_MS) return;
    last = { message: error.message, at };
    log.warn({ lane: worker.name, err: error }, 'trouble with the queue');
  });
}
