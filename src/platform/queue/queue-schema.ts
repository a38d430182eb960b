import { runMigrations } from 'bullmq';
import pg from 'pg';

export const QUEUE_SCHEMA = 'bullmq';

/**
 * Brings BullMQ's schema to the version of the installed package, as the owner of the database, and lets the system
 * role (workers) use it. The application's role gets nothing: it reaches the queue through the outbox only.
 * Safe to run again and from several processes.
 */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'vestnik migrate queue' });
  await client.connect();
  try {
    await runMigrations(client as never, QUEUE_SCHEMA);
    await client.query(GRANTS);
    await client.query(VACUUM_OFTEN);
  } finally {
    await client.end();
  }
}

// CREATE, because BullMQ makes a sequence of its own for every lane when it first meets it; TEMPORARY, because adding
// many jobs at once goes through a temporary table.
const GRANTS = `
  revoke all on schema bullmq from public;
  grant usage, create on schema bullmq to vestnik_system;
  grant select, insert, update, delete on all tables in schema bullmq to vestnik_system;
  revoke insert, update, delete on bullmq.migration from vestnik_system;
  grant usage, select, update on all sequences in schema bullmq to vestnik_system;
  revoke execute on all functions in schema bullmq from public;
  grant execute on all functions in schema bullmq to vestnik_system;
  do $$ begin
    execute format('grant temporary on database %I to vestnik_system', current_database());
  end $$;`;

// Every job leaves several dead rows behind; at the default of a fifth of the table, fetching slows down several times.
const VACUUM_OFTEN = `
  alter table bullmq.job set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
  alter table bullmq.event set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);`;
