import { Global, Module, type INestApplicationContext, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { randomUUID } from 'node:crypto';
import { IsString, IsUUID } from 'class-validator';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { UnitOfWork, type Tx } from '../../src/platform/database/work.js';
import { Ids, SystemIds } from '../../src/platform/ids/ids.js';
import { HandlesJob, type JobRun } from '../../src/platform/queue/handler.js';
import type { Definition, JobDefinition, JobPayload } from '../../src/platform/queue/job.js';
import { QueueModule } from '../../src/platform/queue/queue.module.js';
import type { WorkerSettings } from '../../src/platform/queue/settings.js';
import type { QueueBackendUnderTest } from '../harness/queue-backends.js';
import type { TestDatabase } from '../harness/test-database.js';

export class Note implements JobPayload {
  @IsUUID() contractorId!: string;
  @IsString() word!: string;
}

export const CONTRACTOR = randomUUID();

export function note(word: string): Note {
  return { contractorId: CONTRACTOR, word };
}

/** A handler class for a definition that does what the test says. */
export function handlerOf<P extends JobPayload>(
  job: JobDefinition<P>,
  work: (payload: P, run: JobRun) => Promise<void> | void,
): Provider {
  class Handler {
    async run(payload: P, run: JobRun): Promise<void> {
      await work(payload, run);
    }
  }
  HandlesJob(job)(Handler);
  return { provide: Symbol(job.name), useClass: Handler };
}

export interface WorkerUnderTest {
  readonly database: TestDatabase;
  readonly backend: QueueBackendUnderTest;
  readonly definitions: readonly Definition[];
  readonly handlers: readonly Provider[];
  readonly settings?: Partial<WorkerSettings>;
}

/** The worker's half of the application, with nothing in it but the queue and the test's handlers. */
export async function startWorker(worker: WorkerUnderTest): Promise<INestApplicationContext> {
  @Global()
  @Module({ providers: [{ provide: Ids, useClass: SystemIds }], exports: [Ids] })
  class IdsModule {}

  const { database, backend } = worker;
  const settings = {
    queueUrl: backend.queueUrl(database),
    prefix: backend.prefix,
    databaseSystemUrl: database.systemUrl,
    ...worker.settings,
  };
  const pools = {
    databaseUrl: database.appUrl,
    databaseSystemUrl: database.systemUrl,
    poolSize: 5,
    statementTimeoutMs: 10_000,
    connectionTimeoutMs: 2_000,
  };
  @Module({
    imports: [DatabaseModule.forRoot(pools, []), IdsModule, QueueModule.forWorker(settings, worker.definitions)],
    providers: [...worker.handlers],
  })
  class WorkerModule {}
  return await NestFactory.createApplicationContext(WorkerModule, { logger: false, abortOnError: false });
}

/** A transaction of the tests' tenant. */
export function inTenant<T>(app: INestApplicationContext, work: (tx: Tx) => Promise<T>): Promise<T> {
  return app.get(UnitOfWork).forTenant(wholeContractor(CONTRACTOR), work);
}

/** Waits until a condition holds, or fails with what it waited for. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Waited ${timeoutMs} ms in vain: ${what}`);
    await pause(20);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
