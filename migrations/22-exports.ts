import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

/** Tables that are read by change, and the columns whose change counts; a table whose rows never change has none. */
const EXPORTED: Readonly<Record<string, readonly string[]>> = {
  posts: ['title', 'status', 'current_version', 'approved_hash'],
  publications: [
    ...['slot', 'state', 'due_at', 'planned_local', 'time_zone', 'content_hash', 'external_id', 'url', 'published_at', 'drift'],
  ],
  post_rollups: [...['views', 'reach', 'reach_subscribers', 'likes', 'comments', 'reposts', 'link_clicks', 'hides', 'snapshots']],
  page_rollups: ['members', 'week_reach', 'snapshots'],
  reports: ['state', 'versions'],
  contracts: [
    ...['number', 'concluded_on', 'kind', 'subject', 'price_kopecks', 'starts_on', 'ends_on', 'time_zone', 'status', 'signed_on'],
    ...['versions', 'terminated_at'],
  ],
  contract_stages: ['ordinal', 'title', 'starts_on', 'ends_on', 'amount_kopecks', 'state'],
  acceptances: ['state', 'claimed_kopecks', 'accepted_kopecks', 'paid_kopecks', 'invoice_number', 'invoiced_on'],
  acts: [],
  acceptance_payments: [],
  audit_entries: [],
};

export class Exports1764000000022 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Rows that are gone, so that whoever keeps copies learns of it.
      create table export_tombstones (
        contractor_id uuid not null references contractors (contractor_id),
        collection text not null,
        id uuid not null,
        client_id uuid not null,
        changed_xid xid8 not null default pg_current_xact_id(),
        primary key (contractor_id, collection, id),
        foreign key (contractor_id, client_id) references clients (contractor_id, id)
      );
      create index export_tombstones_changes on export_tombstones (contractor_id, collection, changed_xid, id);
      ${tenantTable({ table: 'export_tombstones', client: 'column', app: ['select', 'insert'] })}

      -- The transaction that changed a row last, by which changes are read in an order that nothing can slip behind.
      create function note_change() returns trigger language plpgsql as $$
      begin
        new.changed_xid := pg_current_xact_id();
        return new;
      end $$;

      create function leave_tombstone() returns trigger language plpgsql as $$
      begin
        insert into export_tombstones (contractor_id, collection, id, client_id)
          values (old.contractor_id, tg_argv[0], old.id, old.client_id);
        return old;
      end $$;
    `);
    for (const [table, columns] of Object.entries(EXPORTED)) await db.query(changesOf(table, columns));
    await db.query(`
      create trigger contract_stages_tombstone after delete on contract_stages
        for each row execute function leave_tombstone('stages');
    `);
    await db.query(JOBS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

const JOBS = `
  -- Whole files that a worker writes: what, as whom, and how far it is.
  create table export_jobs (
    contractor_id uuid not null references contractors (contractor_id),
    id uuid not null,
    -- Who ordered it: it reads what this one may read, at each part anew.
    actor_kind text not null check (actor_kind in ('member', 'apiKey')),
    actor_id uuid not null,
    member_id uuid not null,
    collections text[] not null,
    -- Of each collection: where it begins (null: from the beginning), and, when the file is there, where to go on.
    cursors text[] not null,
    next_cursors text[],
    all_clients boolean not null,
    client_ids uuid[] not null,
    format text not null check (format in ('jsonl', 'csv', 'xlsx')),
    encoding text not null check (encoding in ('utf-8', 'windows-1251')),
    decimal text not null check (decimal in ('point', 'comma')),
    state text not null default 'queued' check (state in ('queued', 'running', 'ready', 'failed', 'cancelled', 'expired')),
    failure text check (failure in ('accessLost', 'gaveUp')),
    -- Raised whenever a worker takes it: who had it before keeps nothing any more.
    fence integer not null default 0,
    -- Whether a worker has it; one that still has it when its time is over has died.
    held boolean not null default false,
    -- Tries in a row that brought nothing.
    failures integer not null default 0,
    -- When to look again: to ring, to take over, to let it expire, to remove its files. Null: there is nothing to do.
    step_at timestamptz,
    -- What changes from this transaction on may be read twice.
    began_xid xid8,
    rows_read integer not null default 0,
    rows_written integer not null default 0,
    rows_estimated integer,
    storage_key text,
    bytes bigint,
    sha256 text,
    created_at timestamptz not null default app_now(),
    started_at timestamptz,
    ended_at timestamptz,
    expires_at timestamptz,
    primary key (contractor_id, id),
    foreign key (contractor_id, member_id) references members (contractor_id, id),
    check (cardinality(collections) > 0 and cardinality(collections) = cardinality(cursors)),
    check ((state = 'failed') = (failure is not null)),
    check ((state in ('queued', 'running')) = (ended_at is null)),
    check (state <> 'ready' or (storage_key is not null and sha256 is not null and next_cursors is not null))
  );
  -- One at a time, so that nobody's files keep others waiting.
  create unique index export_jobs_running on export_jobs (contractor_id) where state = 'running';
  create index export_jobs_queued on export_jobs (contractor_id, id) where state = 'queued';
  create index export_jobs_due on export_jobs (step_at) where step_at is not null;
  ${tenantTable({ table: 'export_jobs', client: 'none', app: ['select', 'insert', 'update'] })}
  ${systemMay('export_jobs', 'select', ['contractor_id', 'id', 'step_at'])}

  -- What of it is read, and kept in the storage until the file is whole.
  create table export_job_parts (
    contractor_id uuid not null,
    job_id uuid not null,
    number integer not null check (number > 0),
    collection text not null,
    rows integer not null,
    -- Null: nothing was left to be read.
    storage_key text,
    last_xid xid8 not null,
    last_id uuid not null,
    is_last boolean not null,
    primary key (contractor_id, job_id, number),
    foreign key (contractor_id, job_id) references export_jobs (contractor_id, id)
  );
  ${tenantTable({ table: 'export_job_parts', client: 'none', app: ['select', 'insert', 'delete'] })}
`;

/** Only what is told counts: a lease or a due time that the workers move wakes no reader. */
function changesOf(table: string, columns: readonly string[]): string {
  const list = (row: string): string => columns.map((column) => `${row}.${column}`).join(', ');
  const trigger = `create trigger ${table}_change before update on ${table} for each row
    when ((${list('old')}) is distinct from (${list('new')})) execute function note_change();`;
  return `
    alter table ${table} add column changed_xid xid8 not null default pg_current_xact_id();
    -- The tables are empty: nothing has been released.
    -- squawk-ignore require-concurrent-index-creation
    create index ${table}_changes on ${table} (contractor_id, changed_xid, id);
    ${columns.length > 0 ? trigger : ''}`;
}
