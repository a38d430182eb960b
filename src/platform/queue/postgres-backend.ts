import { createPostgresBackend, Queue, Worker, type Processor } from 'bullmq';
import pg from 'pg';
import { CONNECTION_LIFE_SECONDS, PooledClient } from '../database/pooled-client.js';
import { COMMAND_TIMEOUT_MS, WORKER_TIMES, type QueueBackend } from './backend.js';
import { QUEUE_SCHEMA } from './queue-schema.js';

/** BullMQ's types know Redis connections only. */
const factory = createPostgresBackend as never;

/** The queue in PostgreSQL. All queues and workers share one pool; each worker keeps one of its clients for LISTEN. */
export class PostgresQueueBackend implements QueueBackend {
  private readonly pool: pg.Pool;

  constructor(url: string, connections: number) {
    this.pool = new pg.Pool({
      connectionString: url,
      Client: PooledClient,
      max: connections,
      idleTimeoutMillis: 0,
      maxLifetimeSeconds: CONNECTION_LIFE_SECONDS,
      keepAlive: true,
      connectionTimeoutMillis: COMMAND_TIMEOUT_MS,
      application_name: 'vestnik queue',
      options: `-c search_path=${QUEUE_SCHEMA} -c timezone=UTC -c statement_timeout=10000 -c lock_timeout=4000`,
    });
    // Every queue and worker listens for errors of the pool.
    this.pool.setMaxListeners(0);
    // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
    this.pool.on('error', () => undefined);
  }

  openQueue(lane: string): Queue {
    return new Queue(lane, { connection: this.pool as never, skipMetasUpdate: true }, factory);
  }

  openWorker(lane: string, concurrency: number, run: Processor): Worker {
    return new Worker(lane, run, { ...WORKER_TIMES, connection: this.pool as never, concurrency }, factory);
  }

  async reachable(): Promise<void> {
    // The pool's own time limit answers for a server that is away.
  }

  async misconfiguration(): Promise<string | undefined> {
    return undefined;
  }

  async close(): Promise<void> {
    if (!this.pool.ended) await this.pool.end();
  }
}
