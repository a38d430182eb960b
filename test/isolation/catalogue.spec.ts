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
  {
    may: 'acceptances select',
    columns: ['contractor_id', 'id', 'step_at'],
    why: 'the round sees whose term of acceptance is over',
  },
  { may: 'clock_doubts insert', columns: ['jump_seconds'], why: 'a global table' },
  { may: 'clock_doubts select', columns: 'all', why: 'a global table' },
  { may: 'clock_doubts update', columns: ['confirmed_at', 'confirmed_by'], why: 'a global table' },
  {
    may: 'connection_health select',
    columns: ['check_at', 'contractor_id', 'notice_at', 'page_id'],
    why: 'whose connection is to be looked after, never with what',
  },
  { may: 'connection_health update', columns: ['check_at'], why: 'the round notes whom it rang for' },
  { may: 'contractors select', columns: ['contractor_id', 'name', 'short_name', 'status'], why: 'log-in by e-mail: may it work' },
  { may: 'contract_stages select', columns: ['contractor_id', 'id', 'step_at'], why: 'the round sees whose midnight has come' },
  { may: 'contractor_lanes insert', columns: ['contractor_id', 'served_at'], why: 'the dispatcher notes who had a turn' },
  { may: 'contractor_lanes select', columns: ['contractor_id', 'served_at'], why: 'turns go round between contractors' },
  { may: 'contractor_lanes update', columns: ['served_at'], why: 'the dispatcher notes who had a turn' },
  { may: 'contracts select', columns: ['contractor_id', 'id', 'step_at'], why: 'the round sees whose midnight has come' },
  { may: 'credential_budgets delete', columns: 'all', why: 'housekeeping of secrets that nobody uses' },
  {
    may: 'credential_budgets select',
    columns: ['contractor_id', 'credential', 'key', 'leaves_at', 'network', 'tat'],
    why: 'the dispatcher keeps every secret’s rate, by fingerprint',
  },
  { may: 'credential_budgets update', columns: ['tat'], why: 'the dispatcher books a turn' },
  {
    may: 'credential_refreshes select',
    columns: ['contractor_id', 'key', 'refresh_at'],
    why: 'which secrets are to be renewed, by fingerprint',
  },
  { may: 'credential_refreshes update', columns: ['refresh_at'], why: 'the round notes whom it rang for' },
  { may: 'credential_rates select', columns: 'all', why: 'a global table' },
  {
    may: 'deadline_sources select',
    columns: ['contractor_id', 'recompute_at', 'source', 'source_id'],
    why: 'the round sees whose dates are to be computed anew, never the dates',
  },
  {
    may: 'deadlines select',
    columns: ['contractor_id', 'remind_at'],
    why: 'the round sees whose people are to be reminded, never of what',
  },
  {
    may: 'export_jobs select',
    columns: ['contractor_id', 'id', 'step_at'],
    why: 'the round sees which exports nobody works on, or are over, never what they say',
  },
  { may: 'idempotency_keys delete', columns: 'all', why: 'housekeeping of old keys' },
  { may: 'idempotency_keys select', columns: ['started_at'], why: 'housekeeping finds old keys, never their answers' },
  {
    may: 'members select',
    columns: ['contractor_id', 'email', 'id', 'password_hash', 'status'],
    why: 'log-in by e-mail: the contractor is not known yet',
  },
  { may: 'network_budgets select', columns: 'all', why: 'a global table' },
  { may: 'network_budgets update', columns: ['for_longest_at', 'tat'], why: 'a global table' },
  { may: 'outbox delete', columns: 'all', why: 'the relay clears what it enqueued' },
  { may: 'outbox select', columns: 'all', why: 'the relay enqueues for all tenants' },
  { may: 'outbox update', columns: ['relayed_at'], why: 'the relay notes what it enqueued' },
  {
    may: 'page_lanes insert',
    columns: ['client_id', 'contractor_id', 'page_id', 'served_at', 'tat'],
    why: 'the dispatcher notes which page had a turn',
  },
  {
    may: 'page_lanes select',
    columns: ['client_id', 'contractor_id', 'page_id', 'parked_until', 'served_at', 'tat'],
    why: 'turns go round between pages; why one is parked is its contractor’s business',
  },
  { may: 'page_lanes update', columns: ['served_at', 'tat'], why: 'the dispatcher notes which page had a turn' },
  {
    may: 'publication_edits select',
    columns: ['contractor_id', 'id', 'lease_until', 'next_try_at', 'rung_at', 'state'],
    why: 'the round sees which edits are due, never what they say',
  },
  { may: 'publication_edits update', columns: ['rung_at'], why: 'the round notes whom it rang for' },
  {
    may: 'publications select',
    columns: [
      'budget_key',
      'client_id',
      'contractor_id',
      'due_at',
      'id',
      'lease_until',
      'max_lateness',
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
  {
    may: 'penalty_reviews select',
    columns: ['contract_id', 'contractor_id', 'review_at'],
    why: 'the round sees whose proposals are to be computed anew, never what they say',
  },
  {
    may: 'page_collections select',
    columns: ['contractor_id', 'next_at', 'page_id', 'reads_with'],
    why: 'the round sees whose numbers are to be collected and which pages share a secret, by its fingerprint, never the numbers',
  },
  { may: 'page_collections update', columns: ['next_at'], why: 'the round notes whom it rang for' },
  { may: 'page_reconciliations select', columns: 'all', why: 'whose turn it is to be compared with the network' },
  { may: 'page_reconciliations update', columns: ['next_at'], why: 'the round notes whom it rang for' },
  {
    may: 'publishing_alarms select',
    columns: ['cause', 'contractor_id', 'ended_at'],
    why: 'the watch compares what it sees with the alarms that are on',
  },
  { may: 'rate_limits delete', columns: 'all', why: 'a global table' },
  { may: 'rate_limits insert', columns: 'all', why: 'a global table' },
  { may: 'rate_limits select', columns: 'all', why: 'a global table' },
  { may: 'rate_limits update', columns: 'all', why: 'a global table' },
  {
    may: 'report_deliveries select',
    columns: ['contractor_id', 'id', 'step_at'],
    why: 'the round sees which letters are due, never to whom',
  },
  {
    may: 'report_renderings select',
    columns: ['contractor_id', 'number', 'report_id', 'step_at'],
    why: 'the round sees which files nobody finished, never what they say',
  },
  {
    may: 'report_schedules select',
    columns: ['contractor_id', 'id', 'step_at'],
    why: 'the round sees whose day has come, never for whom',
  },
  {
    may: 'reports select',
    columns: ['contractor_id', 'id', 'step_at'],
    why: 'the round sees which reports nobody finished, never what they say',
  },
  {
    may: 'requirement_periods select',
    columns: ['contract_id', 'contractor_id', 'recompute_at'],
    why: 'the round sees whose plan and fact are to be computed anew, never the numbers',
  },
  { may: 'webhook_attempts delete', columns: 'all', why: 'housekeeping of an old log' },
  {
    may: 'webhook_attempts select',
    columns: ['contractor_id', 'delivery_id'],
    why: 'housekeeping finds them, never what was answered',
  },
  { may: 'webhook_deliveries delete', columns: 'all', why: 'housekeeping of an old log' },
  {
    may: 'webhook_deliveries select',
    columns: ['contractor_id', 'endpoint_id', 'event_id', 'id', 'lease_until', 'next_try_at', 'occurred_at', 'state'],
    why: 'the round sees for whom something waits, and housekeeping how old it is, never what it is',
  },
  {
    may: 'webhook_endpoints select',
    columns: ['contractor_id', 'failures', 'id', 'is_slow', 'quiet_until', 'state'],
    why: 'the round sees who may be rung, never where',
  },
  { may: 'webhook_events delete', columns: 'all', why: 'housekeeping of an old log' },
  {
    may: 'webhook_events select',
    columns: ['contractor_id', 'id', 'occurred_at'],
    why: 'which facts of the outbox are written already, never what they say',
  },
  { may: 'worker_heartbeats delete', columns: 'all', why: 'a global table' },
  { may: 'worker_heartbeats insert', columns: 'all', why: 'a global table' },
  { may: 'worker_heartbeats select', columns: 'all', why: 'a global table' },
  { may: 'worker_heartbeats update', columns: 'all', why: 'a global table' },
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
      ...['clock_doubts.confirmed_at', 'clock_doubts.confirmed_by', 'clock_doubts.found_at', 'clock_doubts.id'],
      'clock_doubts.jump_seconds',
      ...['credential_rates.credential', 'credential_rates.network', 'credential_rates.per_second'],
      ...[
        'network_budgets.burst',
        'network_budgets.for_longest_at',
        'network_budgets.network',
        'network_budgets.page_per_second',
      ],
      ...['network_budgets.page_posts_per_day', 'network_budgets.per_second', 'network_budgets.tat'],
      ...['rate_limits.expire', 'rate_limits.key', 'rate_limits.points'],
      ...['schema_migrations.id', 'schema_migrations.name', 'schema_migrations.timestamp'],
      ...['worker_heartbeats.id', 'worker_heartbeats.lanes', 'worker_heartbeats.seen_at'],
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
    expect(rows.map((row) => row.tablename)).toEqual([
      ...['acceptances', 'connection_health', 'contract_stages', 'contractor_lanes', 'contractors', 'contracts'],
      ...[
        'credential_budgets',
        'credential_refreshes',
        'deadline_sources',
        'deadlines',
        'export_jobs',
        'idempotency_keys',
        'members',
      ],
      ...[
        'outbox',
        'page_collections',
        'page_lanes',
        'page_reconciliations',
        'penalty_reviews',
        'publication_edits',
        'publications',
      ],
      'publishing_alarms',
      ...['report_deliveries', 'report_renderings', 'report_schedules', 'reports'],
      'requirement_periods',
      ...['webhook_attempts', 'webhook_deliveries', 'webhook_endpoints', 'webhook_events'],
    ]);
  });
});
