import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { CATALOGUE_RULES, GLOBAL_TABLES } from './catalogue-rules.js';

interface Grant {
  readonly may: string;
  readonly columns: 'all' | readonly string[];
  readonly why: string;
}

/**
 * All that the system role may do across tenants. A new line is a decision: it says why no single tenant's
 * transaction can do this work.
 */
const SYSTEM_GRANTS: readonly Grant[] = [
  { may: 'contractors select', columns: ['contractor_id', 'name', 'short_name', 'status'], why: 'log-in by e-mail: may it work' },
  { may: 'idempotency_keys delete', columns: 'all', why: 'housekeeping of old keys' },
  { may: 'idempotency_keys select', columns: ['started_at'], why: 'housekeeping finds old keys, never their answers' },
  {
    may: 'members select',
    columns: ['contractor_id', 'email', 'id', 'password_hash', 'status'],
    why: 'log-in by e-mail: the contractor is not known yet',
  },
  { may: 'outbox delete', columns: 'all', why: 'the relay clears what it enqueued' },
  { may: 'outbox select', columns: 'all', why: 'the relay enqueues for all tenants' },
  { may: 'outbox update', columns: ['relayed_at'], why: 'the relay notes what it enqueued' },
  {
    may: 'publications select',
    columns: [
      'contractor_id',
      'due_at',
      'id',
      'lease_until',
      'network',
      'next_check_at',
      'next_look_at',
      'next_try_at',
      'page_id',
      'prepare_rung_at',
      'prepared_at',
      'published_at',
      'rung_at',
      'state',
      'withdraw_requested_at',
    ],
    why: 'the dispatcher sees when and where, never what',
  },
  {
    may: 'publications update',
    columns: ['next_check_at', 'prepare_rung_at', 'rung_at'],
    why: 'the dispatcher notes whom it rang for',
  },
  { may: 'page_reconciliations select', columns: 'all', why: 'whose turn it is to be compared with the network' },
  { may: 'page_reconciliations update', columns: ['next_at'], why: 'the round notes whom it rang for' },
  { may: 'rate_limits delete', columns: 'all', why: 'a global table' },
  { may: 'rate_limits insert', columns: 'all', why: 'a global table' },
  { may: 'rate_limits select', columns: 'all', why: 'a global table' },
  { may: 'rate_limits update', columns: 'all', why: 'a global table' },
];

const GRANTS = `
  select c.relname || ' ' || lower(g.privilege_type) as may, null::text as column_name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) g
  where n.nspname = 'public' and g.grantee = 'vestnik_system'::regrole
  union all
  select c.relname || ' ' || lower(g.privilege_type), a.attname
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) g
  where n.nspname = 'public' and g.grantee = 'vestnik_system'::regrole
  order by 1, 2`;

describe('the catalogue of the migrated database', () => {
  let database: TestDatabase;
  let superuser: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    superuser = new pg.Client({ connectionString: database.superuserUrl });
    await superuser.connect();
  });
  afterAll(async () => {
    await superuser.end();
    await database.drop();
  });

  const findingsOf = async (query: string): Promise<string[]> =>
    (await superuser.query<{ finding: string }>(query)).rows.map((row) => row.finding);

  /** Runs a mistake, looks, and takes everything back: also changes of roles, which all databases share. */
  async function findingsAfter(mistake: string, query: string): Promise<string[]> {
    await superuser.query('begin');
    try {
      await superuser.query('set local role vestnik_owner');
      // Roles and other people's tables can be spoilt by a superuser only.
      if (/^(alter role|grant vestnik|alter table rate_limits owner|grant \w+ on schema)/.test(mistake))
        await superuser.query('reset role');
      await superuser.query(mistake);
      await superuser.query('reset role');
      return await findingsOf(query);
    } finally {
      await superuser.query('rollback');
    }
  }

  it.each(CATALOGUE_RULES)('$name', async ({ finds }) => {
    expect(await findingsOf(finds)).toEqual([]);
  });

  it.each(CATALOGUE_RULES)('a planted mistake is found: $name', async ({ finds, planted }) => {
    expect(await findingsAfter(planted, finds)).not.toEqual([]);
  });

  it('has every global table that the list explains, and no row of a customer could stand in it', async () => {
    const columns = await findingsOf(
      `select c.relname || '.' || a.attname as finding from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname in (${Object.keys(GLOBAL_TABLES)
         .map((name) => `'${name}'`)
         .join(', ')}) order by 1`,
    );
    expect(columns).toEqual([
      ...['rate_limits.expire', 'rate_limits.key', 'rate_limits.points'],
      ...['schema_migrations.id', 'schema_migrations.name', 'schema_migrations.timestamp'],
    ]);
  });

  it('gives the system role exactly the rights that are explained here', async () => {
    const { rows } = await superuser.query<{ may: string; column_name: string | null }>(GRANTS);
    const found = new Map<string, 'all' | string[]>();
    for (const { may, column_name: column } of rows) {
      const columns = found.get(may);
      found.set(may, column === null || columns === 'all' ? 'all' : [...(columns ?? []), column]);
    }
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(SYSTEM_GRANTS.map(({ may, columns }) => [may, columns])));
  });

  it('lets the system role see only rows of tables whose policies name it', async () => {
    const { rows } = await superuser.query<{ tablename: string }>(
      `select distinct tablename from pg_policies where 'vestnik_system' = any (roles) order by 1`,
    );
    expect(rows.map((row) => row.tablename)).toEqual(['contractors', 'idempotency_keys', 'members', 'outbox', 'publications']);
  });
});
