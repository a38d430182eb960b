import { randomInt } from 'node:crypto';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { PoolClient } from 'pg';
import { pause } from '../clock/pause.js';
import { beginFor, type Scope } from './scope.js';

/** A transaction with a tenant (or a stated reason to work across tenants). Every store takes it first. */
export type Tx = EntityManager;

/** Serialization failures and deadlocks: the database asks for the whole transaction again. */
const RETRYABLE = new Set(['40001', '40P01']);
const MAX_TRIES = 5;
/** Who met in a deadlock should not meet again: everybody waits for another while, longer each time. */
const FIRST_PAUSE_MS = 10;

/** Rests before the transaction is tried again for the n-th time. */
type Rest = (attempt: number) => Promise<void>;

function forAWhile(attempt: number): Promise<void> {
  return pause(randomInt(FIRST_PAUSE_MS * 2 ** attempt));
}

/** COMMIT of an aborted transaction answers ROLLBACK without an error: whoever swallowed the error would lose the write. */
export class CommitLost extends Error {
  constructor() {
    super('The transaction was rolled back: a failed statement inside it was swallowed');
  }
}

/**
 * The only way to a query.
 *
 * `forTenant` runs as the application's role under row-level security for one contractor; `acrossTenants` runs as the
 * system role, which may read and write only the tables whose policies name it. Both commit when the work resolves and
 * roll back when it throws. A deadlock or serialization failure runs the work again, so it must have no effect outside
 * the database.
 */
export class UnitOfWork {
  constructor(
    private readonly app: DataSource,
    private readonly system: DataSource,
    private readonly rest: Rest = forAWhile,
  ) {}

  forTenant<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return withRetries(this.rest, () => inTransaction(this.app, beginFor(scope, 'read write'), work));
  }

  /**
   * As `forTenant`, for work that only reads: the database refuses a write. The answer does not wait for COMMIT, so
   * setting the tenant costs no round trip at all.
   */
  reading<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return withRetries(this.rest, () => readOnly(this.app, beginFor(scope, 'read only'), work));
  }

  /** @param why what this is for, in words; shows up as the session's application name in `pg_stat_activity`. */
  acrossTenants<T>(why: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const label = `vestnik: ${why}`.replaceAll(/[^\w :,.-]/g, '').slice(0, 60);
    return withRetries(this.rest, () => inTransaction(this.system, `begin; set local application_name = '${label}'`, work));
  }
}

async function withRetries<T>(rest: Rest, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= MAX_TRIES || !RETRYABLE.has((error as { code?: string }).code ?? '')) throw error;
      await rest(attempt);
    }
  }
}

async function inTransaction<T>(source: DataSource, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  let ended: Error | undefined;
  const note = (error: Error): void => void (ended ??= error);
  try {
    const client = (await runner.connect()) as PoolClient;
    client.on('error', note);
    // Not awaited: the pool pipelines, so BEGIN and the settings cost no round trip of their own.
    const begun = client.query(begin);
    begun.catch(() => undefined);
    markActive(runner);
    try {
      const result = await work(runner.manager);
      await begun;
      const commit = await client.query('commit');
      if (commit.command !== 'COMMIT') throw new CommitLost();
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      // When BEGIN itself failed, its error is the reason; what followed only saw the consequences.
      await begun;
      // Whoever meets a connection that the server has ended is told that it is closed, and not why.
      throw ended ?? error;
    } finally {
      client.off('error', note);
    }
  } finally {
    await runner.release();
  }
}

async function readOnly<T>(source: DataSource, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  const client = (await runner.connect()) as PoolClient;
  const begun = client.query(begin);
  begun.catch(() => undefined);
  markActive(runner);
  try {
    const result = await work(runner.manager);
    await begun;
    return result;
  } catch (error) {
    await begun;
    throw error;
  } finally {
    // Nothing was written, so COMMIT has nothing to say; the connection goes back when the answer is in.
    void client
      .query('commit')
      .catch(() => undefined)
      .then(() => runner.release());
  }
}

/** Tells TypeORM that we are inside a transaction, so that it opens savepoints instead of a second BEGIN. Guarded by a test. */
function markActive(runner: QueryRunner): void {
  Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
}
