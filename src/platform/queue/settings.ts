/** How a job ended, for metrics: names and durations only, never an id or a tenant. */
export interface JobOutcome {
  readonly job: string;
  readonly lane: string;
  /** `retried`: this attempt failed and there will be another; `returned`: given back at shutdown; `poisoned`: kept killing workers. */
  readonly outcome: 'completed' | 'retried' | 'failed' | 'poisoned' | 'returned';
  readonly seconds: number;
}

/** Told how every job ends, if a process provides one. */
export abstract class JobObserver {
  abstract ended(outcome: JobOutcome): void;
}

export interface QueueSettings {
  /** `postgres://…` keeps the queue in that database's schema `bullmq`, `redis://…` or `rediss://…` in Redis. */
  readonly queueUrl: string;
  /** Tells installations apart that share one Redis. On PostgreSQL the database does that. */
  readonly prefix?: string;
  /** Of the pool on PostgreSQL, beside the one on which each lane listens. */
  readonly spareConnections?: number;
}

export interface WorkerSettings extends QueueSettings {
  /** Where the outbox is: commits are heard there. A direct connection, because LISTEN does not work through a pooler. */
  readonly databaseSystemUrl: string;
  /** `manual`: nothing runs by itself, tests call `Timers.runOnce`. */
  readonly timers?: 'running' | 'manual';
  /** How long running handlers may go on after a stop was asked for. */
  readonly shutdownGraceMs?: number;
  readonly observe?: (outcome: JobOutcome) => void;
}

export const QUEUE_SETTINGS = Symbol('QUEUE_SETTINGS');
export const QUEUE_DEFINITIONS = Symbol('QUEUE_DEFINITIONS');

/** The part of a structured logger that the queue needs. Lines hold names and ids, never payloads. */
export abstract class QueueLog {
  abstract info(facts: object, message: string): void;
  abstract warn(facts: object, message: string): void;
  abstract error(facts: object, message: string): void;
}
