import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './row-level-security.js';

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
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

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
