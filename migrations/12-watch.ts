import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

export class Watch1764000000012 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Worker processes and the lanes that they serve, as long as they say so. No word about a customer.
      create unlogged table worker_heartbeats (
        id uuid primary key,
        lanes text[] not null,
        seen_at timestamptz not null default app_now()
      );
      grant select, insert, update, delete on worker_heartbeats to vestnik_system;

      -- The database's clock decides what is due. When it jumps against clocks that can't, nothing is sent until
      -- somebody says that it is right, or it has jumped back.
      create table clock_doubts (
        id uuid primary key default uuidv7(),
        jump_seconds real not null,
        found_at timestamptz not null default clock_timestamp(),
        confirmed_at timestamptz,
        confirmed_by text check (confirmed_by in ('operator', 'jumpedBack')),
        check ((confirmed_at is null) = (confirmed_by is null))
      );
      create unique index clock_doubts_open on clock_doubts ((true)) where confirmed_at is null;
      grant select on clock_doubts to vestnik_app, vestnik_system;
      grant insert (jump_seconds), update (confirmed_at, confirmed_by) on clock_doubts to vestnik_system;
      create function clock_is_trusted() returns boolean language sql stable as $$
        select not exists (select 1 from clock_doubts where confirmed_at is null)
      $$;
      grant execute on function clock_is_trusted() to vestnik_app, vestnik_system;

      -- Due work of a contractor is not being picked up, since when and why.
      create table publishing_alarms (
        contractor_id uuid not null references contractors (contractor_id),
        id uuid not null,
        cause text not null check (cause in ('clockJump', 'queuePaused', 'noWorker', 'stuckLease', 'notTaken')),
        raised_at timestamptz not null default app_now(),
        ended_at timestamptz,
        primary key (contractor_id, id)
      );
      create unique index publishing_alarms_open on publishing_alarms (contractor_id, cause) where ended_at is null;
      ${tenantTable({ table: 'publishing_alarms', client: 'none', app: ['select', 'insert', 'update'] })}
      ${systemMay('publishing_alarms', 'select', ['contractor_id', 'cause', 'ended_at'])}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
