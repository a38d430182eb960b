import { Queue, Worker, type Processor } from 'bullmq';
import { Redis } from 'ioredis';
import { COMMAND_TIMEOUT_MS, WORKER_TIMES, type QueueBackend } from './backend.js';
import { withDeadline } from '../clock/deadline.js';

const retryStrategy = (times: number) => Math.min(times * 100, 1_000);

/** Producers fail soon: the truth is in PostgreSQL and a sweep will ring again. */
const IMPATIENT = {
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  commandTimeout: COMMAND_TIMEOUT_MS,
  connectTimeout: COMMAND_TIMEOUT_MS,
  retryStrategy,
};

/** Workers wait for as long as it takes. */
const PATIENT = { maxRetriesPerRequest: null, retryStrategy };

/** The queue in Redis or Valkey. */
export class RedisQueueBackend implements QueueBackend {
  private readonly prefix: string;
  /** Our own connection: knows whether the server is there and how it is set up. Opened on first use. */
  private readonly probe: Redis;

  constructor(
    private readonly url: string,
    prefix: string,
  ) {
    // The braces keep all keys of an installation on one node of a cluster, which BullMQ's scripts need.
    this.prefix = `{${prefix}}`;
    this.probe = new Redis(url, { ...IMPATIENT, lazyConnect: true });
    // Failures surface where the connection is used.
    this.probe.on('error', () => undefined);
  }

  openQueue(lane: string): Queue {
    return new Queue(lane, {
      connection: { url: this.url, ...IMPATIENT },
      prefix: this.prefix,
      streams: { events: { maxLen: 100 } },
    });
  }

  openWorker(lane: string, concurrency: number, run: Processor): Worker {
    return new Worker(lane, run, {
      ...WORKER_TIMES,
      connection: { url: this.url, ...PATIENT },
      prefix: this.prefix,
      concurrency,
    });
  }

  async reachable(): Promise<void> {
    if (this.probe.status === 'ready') return;
    await withDeadline('Reaching Redis', COMMAND_TIMEOUT_MS, this.connected());
  }

  /** Under memory pressure any other policy lets Redis throw jobs away without a word. */
  async misconfiguration(): Promise<string | undefined> {
    await this.reachable();
    const policy = /^maxmemory_policy:(.*?)\r?$/m.exec(await this.probe.info('memory'))?.[1];
    if (policy === undefined || policy === 'noeviction') return undefined;
    return `Redis has maxmemory-policy "${policy}" and may evict jobs: set it to "noeviction"`;
  }

  async close(): Promise<void> {
    this.probe.disconnect();
  }

  private connected(): Promise<void> {
    return new Promise((resolve) => {
      this.probe.once('ready', resolve);
      if (this.probe.status === 'wait' || this.probe.status === 'end') this.probe.connect().catch(() => undefined);
    });
  }
}
