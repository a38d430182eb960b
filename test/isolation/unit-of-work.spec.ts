import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/platform/database/data-source.js';
import { type Scope, wholeContractor } from '../../src/platform/database/scope.js';
import { CommitLost, type Tx, UnitOfWork } from '../../src/platform/database/work.js';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.js';

const INSERT_CONTRACTOR = `insert into contractors (contractor_id, name, inn, ogrn, time_zone) values ($1, 'Агентство', '1', '1', 'UTC')`;
const INSERT_CLIENT = `insert into clients (contractor_id, id, kind, name, inn, kpp, ogrn, address, email, phones, time_zone, founder_id)
  values ($1, $2, 'court', 'Суд', '1', '1', '1', 'Адрес', 'a@b.example', '{}', 'UTC', $3)`;

interface Tenant {
  readonly scope: Scope;
  readonly id: string;
  readonly clients: readonly [string, string];
}

describe('the unit of work', () => {
  let database: TestDatabase;
  let app: DataSource;
  let system: DataSource;
  let work: UnitOfWork;
  let tenants: Tenant[];
  let one: Tenant;
  let other: Tenant;

  beforeAll(async () => {
    database = await createTestDatabase();
    // Two connections: settings that stay behind on one would meet another tenant at once.
    app = await createDataSource(
      { url: database.appUrl, max: 2, statementTimeoutMs: 5_000, connectionTimeoutMs: 2_000 },
      [],
    ).initialize();
    system = await createDataSource(
      { url: database.systemUrl, max: 1, statementTimeoutMs: 5_000, connectionTimeoutMs: 2_000 },
      [],
    ).initialize();
    work = new UnitOfWork(app, system);
    tenants = [];
    for (let i = 0; i < 8; i += 1) tenants.push(await aTenant());
    [one, other] = tenants as [Tenant, Tenant];
  });
  afterAll(async () => {
    await Promise.all([app.destroy(), system.destroy()]);
    await database.drop();
  });

  async function aTenant(): Promise<Tenant> {
    const id = randomUUID();
    const clients: [string, string] = [randomUUID(), randomUUID()];
    await work.forTenant(wholeContractor(id), async (tx) => {
      await tx.query(INSERT_CONTRACTOR, [id]);
      for (const client of clients) await tx.query(INSERT_CLIENT, [id, client, null]);
    });
    return { id, clients, scope: wholeContractor(id) };
  }

  const clientIds = async (tx: Tx): Promise<string[]> =>
    (await tx.query<{ id: string }[]>('select id from clients order by id')).map((row) => row.id);
  const code = (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => 'no error',
      (error: unknown) => (error as { code?: string }).code ?? (error as Error).message,
    );

  it("shows a contractor's own rows only", async () => {
    expect(await work.forTenant(one.scope, clientIds)).toEqual([...one.clients].sort());
  });

  it.each(['', '   ', "x', 'y", '*', '00000000-0000-0000-0000-00000000000g'])(
    'refuses the tenant %j before any query',
    async (id) => {
      await expect(work.forTenant(wholeContractor(id), clientIds)).rejects.toThrow('not a UUID');
    },
  );

  it.each(['', '*', '-', "'"])('refuses %j in the list of clients', async (id) => {
    await expect(work.forTenant({ contractorId: one.id, clientIds: [id] }, clientIds)).rejects.toThrow('not a UUID');
  });

  it('narrows to the listed clients, and to none when the list is empty', async () => {
    const [first, second] = one.clients;
    expect(await work.forTenant({ contractorId: one.id, clientIds: [first] }, clientIds)).toEqual([first]);
    expect(await work.forTenant({ contractorId: one.id, clientIds: [first, other.clients[0]] }, clientIds)).toEqual([first]);
    expect(await work.forTenant({ contractorId: one.id, clientIds: [] }, clientIds)).toEqual([]);
    const touch = (tx: Tx) => tx.query(`update clients set name = 'Чужой' where id = $1`, [second]);
    expect(await work.forTenant({ contractorId: one.id, clientIds: [first] }, touch)).toEqual([[], 0]);
    const insert = (tx: Tx) => tx.query(INSERT_CLIENT, [one.id, randomUUID(), null]);
    expect(await code(work.forTenant({ contractorId: one.id, clientIds: [first] }, insert))).toBe('42501');
  });

  it('leaks no tenant over pooled connections: 10,000 interleaved units of work of 8 tenants, a fifth of them cut off', async () => {
    let foreign = 0;
    let done = 0;
    const cutOff = ['throws', 'fails', 'times out'];
    const step = async (i: number): Promise<void> => {
      const tenant = tenants[(i * 5 + (i >> 3)) % 8]!;
      const end = i % 5 === 0 ? cutOff[(i / 5) % 3] : 'commits';
      // Reading gives its connection back by another way, so both ways take turns.
      const run = i % 3 === 0 ? work.reading.bind(work) : work.forTenant.bind(work);
      const unit = run(tenant.scope, async (tx) => {
        const seen = await tx.query<{ contractor_id: string }[]>('select contractor_id from clients');
        if (seen.length !== 2) throw new Error(`saw ${seen.length} rows instead of 2`);
        foreign += seen.filter((row) => row.contractor_id !== tenant.id).length;
        if (end === 'throws') throw new Error('cut off');
        if (end === 'fails') await tx.query('select 1 / 0');
        if (end === 'times out') await tx.query('set local statement_timeout = 1; select pg_sleep(1)');
      });
      const expected = { throws: 'cut off', fails: '22012', 'times out': '57014' }[end ?? ''] ?? 'no error';
      if ((await code(unit)) === expected) done += 1;
    };
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < 10_000) await step(next++);
    };
    await Promise.all(Array.from({ length: 16 }, lane));
    expect({ foreign, done }).toEqual({ foreign: 0, done: 10_000 });
  }, 180_000);

  it('leaves no tenant behind on a connection', async () => {
    await work.forTenant(one.scope, clientIds);
    const left = await app.query<{ contractor: string; clients: string }[]>(
      `select current_setting('app.contractor_id', true) as contractor, current_setting('app.client_ids', true) as clients`,
    );
    // An empty text is what PostgreSQL leaves of a SET LOCAL; app_contractor_id() treats it as missing.
    expect([left[0]?.contractor || '', left[0]?.clients || '']).toEqual(['', '']);
    expect(await code(app.query('select id from clients'))).toBe('VT001');
  });

  it('raises without a tenant for every table of the catalogue, for reading and for writing', async () => {
    const tables = await work.forTenant(one.scope, (tx) =>
      tx.query<{ name: string; reads: boolean; inserts: boolean }[]>(
        `select c.relname as name, has_table_privilege(c.oid, 'select') as reads, has_table_privilege(c.oid, 'insert') as inserts
         from pg_class c
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'contractor_id'
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`,
      ),
    );
    expect(tables.length).toBeGreaterThan(20);
    for (const { name, reads, inserts } of tables) {
      const read = await code(app.query(`select * from ${name} where contractor_id = app_contractor_id()`));
      // Where it has no right at all, either refusal will do: which comes first is the planner's affair.
      expect([name, reads ? ['VT001'] : ['VT001', '42501']]).toEqual([name, expect.arrayContaining([read])]);
      const insert = await code(app.query(`insert into ${name} (contractor_id) values ($1)`, [one.id]));
      expect([name, inserts ? ['VT001'] : ['VT001', '42501']]).toEqual([name, expect.arrayContaining([insert])]);
    }
  });

  it('refuses to write into another tenant, and finds nothing of it to change', async () => {
    const insert = (tx: Tx) => tx.query(INSERT_CLIENT, [other.id, randomUUID(), null]);
    expect(await code(work.forTenant(one.scope, insert))).toBe('42501');
    const change = (tx: Tx) => tx.query(`update clients set name = 'Чужой' where contractor_id = $1`, [other.id]);
    expect(await work.forTenant(one.scope, change)).toEqual([[], 0]);
    const move = (tx: Tx) => tx.query(`update clients set contractor_id = $1`, [other.id]);
    expect(await code(work.forTenant(one.scope, move))).toBe('42501');
  });

  it('refuses to point into another tenant: the foreign key carries the contractor', async () => {
    const insert = (founderId: string) => (tx: Tx) => tx.query(INSERT_CLIENT, [one.id, randomUUID(), founderId]);
    expect(await code(work.forTenant(one.scope, insert(other.clients[0])))).toBe('23503');
    expect(await code(work.forTenant(one.scope, insert(randomUUID())))).toBe('23503');
  });

  it('refuses to write in work that only reads', async () => {
    expect(await code(work.reading(one.scope, (tx) => tx.query(INSERT_CLIENT, [one.id, randomUUID(), null])))).toBe('25006');
    expect(await work.reading(one.scope, clientIds)).toEqual([...one.clients].sort());
  });

  it('rolls back when the work throws', async () => {
    const id = randomUUID();
    const unit = work.forTenant(one.scope, async (tx) => {
      await tx.query(INSERT_CLIENT, [one.id, id, null]);
      throw new Error('changed my mind');
    });
    await expect(unit).rejects.toThrow('changed my mind');
    expect(await work.forTenant(one.scope, clientIds)).not.toContain(id);
  });

  it('says that the commit was lost when somebody swallowed a failed statement', async () => {
    const id = randomUUID();
    const unit = work.forTenant(one.scope, async (tx) => {
      await tx.query(INSERT_CLIENT, [one.id, id, null]);
      await tx.query('select 1 / 0').catch(() => undefined);
    });
    await expect(unit).rejects.toBeInstanceOf(CommitLost);
    expect(await work.forTenant(one.scope, clientIds)).not.toContain(id);
  });

  it('makes an inner transaction a savepoint: its failure leaves the outer one whole and inside the tenant', async () => {
    const tenant = await aTenant();
    const [kept, lost] = [randomUUID(), randomUUID()];
    await work.forTenant(tenant.scope, async (tx) => {
      await tx.query(INSERT_CLIENT, [tenant.id, kept, null]);
      const inner = tx.transaction(async (nested) => {
        await nested.query(INSERT_CLIENT, [tenant.id, lost, null]);
        await nested.query('select 1 / 0');
      });
      expect(await code(inner)).toBe('22012');
      expect(await clientIds(tx)).toHaveLength(3);
    });
    const after = await work.forTenant(tenant.scope, clientIds);
    expect(after).toContain(kept);
    expect(after).not.toContain(lost);
  });

  it('marks the fields that this very version of TypeORM reads', async () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
    const installed = JSON.parse(readFileSync('node_modules/typeorm/package.json', 'utf8')) as { version: string };
    // Private fields: another version must be looked at before it comes in, so the pin is exact.
    expect(dependencies.typeorm).toBe(installed.version);
    const untouched = app.createQueryRunner();
    expect(untouched).toMatchObject({ isTransactionActive: false, transactionDepth: 0 });
    await untouched.release();
    await work.forTenant(one.scope, async (tx) => {
      expect(tx.queryRunner).toMatchObject({ isTransactionActive: true, transactionDepth: 1 });
      await tx.transaction(async () => expect(tx.queryRunner).toMatchObject({ transactionDepth: 2 }));
      expect(tx.queryRunner).toMatchObject({ isTransactionActive: true, transactionDepth: 1 });
    });
  });

  it('D3 runs the work of a deadlock victim again', async () => {
    const tenant = await aTenant();
    let runs = 0;
    let waiting: (() => void)[] = [];
    const meet = (): Promise<void> =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 2) waiting = waiting.flatMap((go) => (go(), []));
      });
    const rename = (ids: readonly string[]) =>
      work.forTenant(tenant.scope, async (tx) => {
        runs += 1;
        const first = runs <= 2;
        await tx.query(`update clients set version = version + 1 where id = $1`, [ids[0]]);
        if (first) await meet();
        await tx.query(`update clients set version = version + 1 where id = $1`, [ids[1]]);
      });
    await Promise.all([rename(tenant.clients), rename(tenant.clients.toReversed())]);
    // Three when all goes well; a slow machine may let them meet once more.
    expect(runs).toBeGreaterThan(2);
    const versions = await work.forTenant(tenant.scope, (tx) => tx.query<{ version: number }[]>('select version from clients'));
    expect(versions.map((row) => row.version)).toEqual([3, 3]);
  });

  it('D3 gives up after five deadlocks in a row instead of trying for ever', async () => {
    let runs = 0;
    const unit = work.forTenant(one.scope, async (tx) => {
      runs += 1;
      await tx.query(`do $$ begin raise exception 'as if' using errcode = '40P01'; end $$`);
    });
    expect(await code(unit)).toBe('40P01');
    expect(runs).toBe(5);
  });

  it('lets work across tenants read what policies name, and nothing else of any table', async () => {
    const seen = await work.acrossTenants('a test', (tx) => tx.query<object[]>('select contractor_id, name from contractors'));
    expect(seen.length).toBeGreaterThanOrEqual(8);
    const tables = await work.acrossTenants('a test', (tx) =>
      tx.query<{ name: string }[]>(
        `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'contractor_id'
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
      ),
    );
    const allowed: string[] = [];
    const statements = ['select * from', 'delete from', 'truncate', 'lock table'];
    for (const { name } of tables) {
      const attempts = [...statements.map((verb) => `${verb} ${name}`), `update ${name} set contractor_id = contractor_id`];
      for (const statement of [...attempts, `insert into ${name} (contractor_id) values (gen_random_uuid())`]) {
        const answer = await code(work.acrossTenants('a test', (tx) => tx.query(statement)));
        if (answer !== '42501') allowed.push(`${statement}: ${answer}`);
      }
    }
    // The dispatcher's own tables hold instants and fingerprints. It may make lanes, for rows that are whole and exist.
    // LOCK TABLE comes with the right to change or delete; lock_timeout bounds what it can do.
    expect(allowed).toEqual([
      'select * from contractor_lanes: no error',
      'insert into contractor_lanes (contractor_id) values (gen_random_uuid()): 23503',
      ...['select * from credential_budgets: no error', 'delete from credential_budgets: no error'],
      'lock table credential_budgets: no error',
      ...['delete from idempotency_keys: no error', 'lock table idempotency_keys: no error'],
      ...['select * from outbox: no error', 'delete from outbox: no error', 'lock table outbox: no error'],
      'insert into page_lanes (contractor_id) values (gen_random_uuid()): 23502',
      'select * from page_reconciliations: no error',
      ...['webhook_attempts', 'webhook_deliveries', 'webhook_events'].flatMap((log) => [
        ...[`delete from ${log}: no error`, `lock table ${log}: no error`],
      ]),
    ]);
  });

  it.each([
    'set role vestnik_owner',
    'set role vestnik_system',
    'set role postgres',
    'set session authorization vestnik_owner',
    `select set_config('role', 'vestnik_owner', true)`,
    `select set_config('session_authorization', 'postgres', true)`,
    `set local row_security = off; select * from clients`,
    'alter table clients disable row level security',
    'alter table clients no force row level security',
    'drop policy clients_tenant on clients',
    'create policy mine on clients for select using (true)',
    'alter role vestnik_app bypassrls',
    'grant vestnik_owner to vestnik_app',
    'create table mine (id uuid)',
    'create temporary table mine (id uuid)',
    'create schema mine',
    'create view mine as select 1',
    `create function mine() returns int language sql security definer as 'select 1'`,
    `create or replace function app_contractor_id() returns uuid language sql as 'select null::uuid'`,
    `create or replace function app_now() returns timestamptz language sql as 'select now()'`,
    'create extension dblink',
    'drop table clients',
    'truncate clients',
    'select * from schema_migrations',
    'select * from rate_limits',
    'select * from pg_authid',
    'select * from bullmq.job',
    `copy clients to program 'cat'`,
    `copy clients to '/tmp/clients'`,
    `select pg_read_file('/etc/passwd')`,
    `select lo_import('/etc/passwd')`,
    `alter system set log_statement = 'all'`,
    `set local session_replication_role = replica`,
    `alter database template1 set app.contractor_id = 'x'`,
    `update contractors set contractor_id = gen_random_uuid()`,
    `delete from contractors`,
    `delete from audit_entries`,
    `update audit_entries set action = 'nothing happened'`,
  ])("refuses to the application's role: %s", async (statement) => {
    const attempt = work.forTenant(one.scope, (tx) => tx.query(statement));
    expect(['42501', '42P17', '22023', '0A000', '25001']).toContain(await code(attempt));
  });

  it('shows nothing of others through prepared statements, cursors, COPY, statistics or a plan made for another tenant', async () => {
    const runner = app.createQueryRunner();
    await runner.connect();
    const inTenant = async (tenant: Tenant, ...statements: string[]): Promise<{ contractor_id: string }[]> => {
      await runner.query(`begin; set local app.contractor_id = '${tenant.id}'; set local app.client_ids = '*'`);
      try {
        for (const statement of statements.slice(0, -1)) await runner.query(statement);
        return (await runner.query(statements.at(-1)!)) as { contractor_id: string }[];
      } finally {
        await runner.query('commit');
      }
    };
    try {
      await inTenant(one, 'prepare everything as select contractor_id from clients');
      for (let i = 0; i < 12; i += 1) {
        const tenant = tenants[i % 8]!;
        const rows = await inTenant(tenant, 'execute everything');
        expect(new Set(rows.map((row) => row.contractor_id))).toEqual(new Set([tenant.id]));
      }
      const cursor = await inTenant(one, 'declare c cursor for select contractor_id from clients', 'fetch all from c');
      expect(cursor.map((row) => row.contractor_id)).not.toContain(other.id);
      expect(await inTenant(one, `select * from pg_stats where schemaname = 'public' and tablename = 'clients'`)).toEqual([]);
    } finally {
      await runner.release();
    }
  });

  it('trusts the application to name the tenant: the boundary is the code that may write SQL, not a secret in the database', async () => {
    // The design: vestnik_app sets the tenant itself, so whoever can run SQL of his own in it can name another one.
    // What keeps that from happening: only stores write SQL, values go by $1 (lint), and the tenant comes from the principal.
    const both = await work.forTenant(one.scope, async (tx) => {
      await tx.query(`select set_config('app.contractor_id', $1, true)`, [other.id]);
      return clientIds(tx);
    });
    expect(both).toEqual([...other.clients].sort());
    expect(await work.forTenant(one.scope, clientIds)).toEqual(expect.arrayContaining([...one.clients]));
  });
});
