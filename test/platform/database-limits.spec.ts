import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { API_POOL, WORKER_POOL } from '../../src/apps/foundation.js';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import { createDataSource } from '../../src/platform/database/data-source.js';
import { migrate } from '../../src/platform/database/migrator.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { isUnavailable } from '../../src/platform/database/unavailable.js';
import { type Tx, UnitOfWork } from '../../src/platform/database/work.js';
import { Wire } from '../harness/wire.js';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.js';

const TENANT = wholeContractor(randomUUID());

describe('a transaction', () => {
  let database: TestDatabase;
  let app: DataSource;
  let work: UnitOfWork;
  let owner: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await createDataSource({ url: database.appUrl, max: 8, ...API_POOL }, []).initialize();
    work = new UnitOfWork(app, app);
    owner = new pg.Client(database.superuserUrl);
    await owner.connect();
    await owner.query('create table accounts (id integer primary key, balance integer not null)');
    await owner.query(
      'insert into accounts select n, 100 from generate_series(1, 6) n; grant select, update on accounts to vestnik_app',
    );
  });
  afterAll(async () => {
    await owner.end();
    await app.destroy();
    await database.drop();
  });

  const failure = (unit: Promise<unknown>): Promise<{ code?: string }> =>
    unit.then(
      () => ({ code: 'no error' }),
      (error: unknown) => error as { code?: string },
    );
  const setting = async (name: string): Promise<string> =>
    (await work.forTenant(TENANT, (tx) => tx.query<{ value: string }[]>('select current_setting($1) as value', [name])))[0]!
      .value;

  it('D3 in a storm of deadlocks is repeated as a whole until it is through, and none takes effect by halves', async () => {
    let runs = 0;
    const transfer = async (i: number): Promise<string> => {
      const [from, to] = [1 + (i % 6), 1 + ((i + 1 + (i % 4)) % 6)];
      const unit = work.forTenant(TENANT, async (tx) => {
        runs += 1;
        await tx.query('update accounts set balance = balance - 1 where id = $1', [from]);
        await tx.query('select pg_sleep(0.005)');
        await tx.query('update accounts set balance = balance + 1 where id = $1', [to]);
        return 'done';
      });
      return unit.catch((error: { code?: string }) => error.code ?? String(error));
    };
    await owner.query(`alter database ${database.name} set deadlock_timeout = '10ms'`);
    await endSessions();
    const ends = await Promise.all(Array.from({ length: 40 }, (_, i) => transfer(i)));
    const [{ total }] = (await owner.query<{ total: number }>('select sum(balance)::integer as total from accounts')).rows as [
      { total: number },
    ];
    expect(total).toBe(600);
    expect([...new Set(ends)].filter((end) => !['done', '40P01'].includes(end))).toEqual([]);
    // Without pauses of different lengths the same ones meet again and again, and give up after five.
    expect(ends.filter((end) => end === 'done').length).toBeGreaterThanOrEqual(38);
    expect(runs).toBeGreaterThan(40);
  });

  it('D3 that a serialization failure ends is run again, and only the last run is kept', async () => {
    let runs = 0;
    const unit = work.forTenant(TENANT, async (tx) => {
      runs += 1;
      await tx.query('update accounts set balance = balance + 1000 where id = 6');
      if (runs < 4) await tx.query(`do $$ begin raise exception 'as if' using errcode = '40001'; end $$`);
    });
    expect(await failure(unit)).toEqual({ code: 'no error' });
    expect(runs).toBe(4);
    const { rows } = await owner.query<{ balance: number }>('select balance from accounts where id = 6');
    expect(rows[0]!.balance).toBeLessThan(2_000);
  });

  it('D5 has an end, however it is spent: in one statement, in many, or in doing nothing', async () => {
    expect([await setting('statement_timeout'), WORKER_POOL.statementTimeoutMs]).toEqual(['5s', 15_000]);
    expect(await setting('idle_in_transaction_session_timeout')).toBe('10s');
    expect(await setting('transaction_timeout')).toBe('1min');
    expect(await setting('lock_timeout')).toBe('4s');
  });

  it.each<[string, string, (tx: Tx) => Promise<unknown>]>([
    ['57014', 'one statement takes too long', (tx) => tx.query('set local statement_timeout = 30; select pg_sleep(5)')],
    [
      '25P04',
      'it is kept open by many short ones',
      async (tx) => {
        // The timer that runs already is not set anew: it has to be stopped first.
        for (const timeout of [0, 60]) await tx.query(`set local transaction_timeout = ${timeout}`);
        for (let i = 0; i < 20; i += 1) await tx.query('select pg_sleep(0.02)');
      },
    ],
    [
      '25P03',
      'nothing is done in it',
      async (tx) => {
        await tx.query('set local idle_in_transaction_session_timeout = 30');
        await new Promise((resolve) => setTimeout(resolve, 200));
        await tx.query('select 1');
      },
    ],
  ])('D5 is ended by the server (%s) when %s; nothing of it stays, and the next one works', async (expected, _, spend) => {
    const before = await balanceOfFirst();
    const error = await failure(
      work.forTenant(TENANT, async (tx) => {
        await tx.query('update accounts set balance = -1 where id = 1');
        await spend(tx);
      }),
    );
    expect(isUnavailable(error)).toBe(true);
    // A statement that was on its way meets a closed connection instead of the reason.
    expect([expected, 'ECONNRESET', undefined]).toContain(error.code);
    expect(await balanceOfFirst()).toEqual(before);
    const held = await owner.query(
      `select 1 from pg_stat_activity where usename = 'vestnik_app' and datname = $1 and xact_start is not null`,
      [database.name],
    );
    expect(held.rows).toEqual([]);
  });

  it('D6 is not stopped by a migration that waits for a lock: the migration gives up within moments', async () => {
    class AddsColumn1799999999999 implements MigrationInterface {
      async up(db: QueryRunner): Promise<void> {
        await db.query('alter table clients add column motto text');
      }
      async down(): Promise<void> {
        throw new Error('forward only');
      }
    }
    let end = (): void => undefined;
    const reads = (tx: Tx): Promise<unknown> => tx.query('select 1 from clients limit 1');
    const long = work.forTenant(TENANT, async (tx) => {
      await reads(tx);
      await new Promise<void>((resolve) => (end = resolve));
    });
    const started = performance.now();
    const migrating = failure(migrate(database.ownerUrl, [AddsColumn1799999999999]));
    await untilSomebodyWaits();
    // Everybody who comes now queues behind the migration, but not for long.
    await work.reading(TENANT, reads);
    expect(performance.now() - started).toBeLessThan(4_000);
    expect((await migrating).code).toBe('55P03');
    end();
    await long;
    expect(await migrate(database.ownerUrl, [AddsColumn1799999999999])).toEqual(['AddsColumn1799999999999']);
  });

  async function balanceOfFirst(): Promise<{ balance: number }[]> {
    return (await owner.query<{ balance: number }>('select balance from accounts where id = 1')).rows;
  }

  async function untilSomebodyWaits(): Promise<void> {
    for (;;) {
      const { rows } = await owner.query(`select 1 from pg_locks where not granted and mode = 'AccessExclusiveLock'`);
      if (rows.length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Settings of a database hold from the next session on. */
  async function endSessions(): Promise<void> {
    await app.destroy();
    app = await createDataSource(
      { url: database.appUrl, max: 8, statementTimeoutMs: 5_000, connectionTimeoutMs: 2_000 },
      [],
    ).initialize();
    work = new UnitOfWork(app, app);
  }
});

describe('a process that starts', () => {
  it('while PostgreSQL is not there yet waits for it', async () => {
    const database = await createTestDatabase();
    const wire = await Wire.to(Number(new URL(database.appUrl).port));
    wire.isOpen = false;
    const over = (url: string): string => Object.assign(new URL(url), { port: String(wire.port) }).href;
    const urls = { databaseUrl: over(database.appUrl), databaseSystemUrl: over(database.systemUrl) };
    const starting = NestFactory.createApplicationContext(DatabaseModule.forRoot({ ...urls, ...API_POOL }, []), {
      logger: false,
    });
    await wire.turnedAway();
    wire.isOpen = true;
    const app = await starting;
    const [row] = await app.get(UnitOfWork).acrossTenants('look', (tx) => tx.query<object[]>('select 1 as one'));
    expect(row).toEqual({ one: 1 });
    await app.close();
    wire.close();
    await database.drop();
  });
});
