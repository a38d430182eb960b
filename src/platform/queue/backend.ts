import type { Processor, Queue, Worker } from 'bullmq';

/** Where the queue lives. Both kinds behave alike; only these three files know which one it is. */
export interface QueueBackend {
  openQueue(lane: string): Queue;
  openWorker(lane: string, concurrency: number, run: Processor): Worker;
  /** Rejects soon when the server can't be reached, so that nobody hangs on a queue that is away. */
  reachable(): Promise<void>;
  /** What is wrong with the server's configuration, if something is. */
  misconfiguration(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** No producer waits longer than this for the queue's server. */
export const COMMAND_TIMEOUT_MS = 1_800;

/** Starts that never ended (the process died) before a job is taken for poison. */
export const MAX_CRASHES = 5;

/** A killed worker's job runs again within lock + two checks at most, about ten seconds. */
export const WORKER_TIMES = {
  lockDuration: 6_000,
  stalledInterval: 4_000,
  maxStalledCount: MAX_CRASHES - 1,
  // BullMQ waits 15 s after a lost connection by default.
  runRetryDelay: 1_000,
  drainDelay: 5,
  autorun: false,
};
