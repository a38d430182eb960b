import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

export class Platform1764000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      revoke all on schema public from public;
      grant usage on schema public to vestnik_app, vestnik_system;
      alter default privileges revoke execute on functions from public;

      -- The database's clock: everything that is due is decided by it. Tests replace the body to move time.
      create function app_now() returns timestamptz language sql volatile as 'select clock_timestamp()';

      create function app_refuse_unset(setting text) returns text language plpgsql stable as $$
      begin
        raise exception '% is not set for this transaction', setting using errcode = 'VT001';
      end $$;

      -- The tenant of this transaction. Missing or empty raises: it must never mean "all rows". Plain SQL without
      -- settings of its own, so that the planner can inline it.
      create function app_contractor_id() returns uuid language sql stable as $$
        select coalesce(nullif(current_setting('app.contractor_id', true), ''), app_refuse_unset('app.contractor_id'))::uuid
      $$;

      -- The clients that this transaction may see: '*' all of the contractor's, '-' none, or a list.
      create function app_client_scope() returns text language sql stable as $$
        select coalesce(nullif(current_setting('app.client_ids', true), ''), app_refuse_unset('app.client_ids'))
      $$;

      create function app_sees_all_clients() returns boolean language sql stable as $$ select app_client_scope() = '*' $$;

      create function app_client_ids() returns uuid[] language sql stable as $$
        select case when app_client_scope() in ('*', '-') then '{}'::uuid[] else string_to_array(app_client_scope(), ',')::uuid[] end
      $$;

      grant execute on function app_now(), app_refuse_unset(text), app_contractor_id(), app_client_scope(), app_sees_all_clients(),
        app_client_ids() to vestnik_app, vestnik_system;
    `);
    await db.query(`
      create table outbox (
        contractor_id uuid not null,
        id uuid not null,
        name text not null,
        payload jsonb not null,
        created_at timestamptz not null default app_now(),
        relayed_at timestamptz,
        primary key (contractor_id, id)
      );
      create index outbox_waiting on outbox (id) where relayed_at is null;
      create index outbox_relayed on outbox (relayed_at) where relayed_at is not null;
      ${tenantTable({ table: 'outbox', client: 'none', app: ['insert'] })}
      ${systemMay('outbox', 'select')}
      ${systemMay('outbox', 'update', ['relayed_at'])}
      ${systemMay('outbox', 'delete')}
    `);
    await db.query(`
      create table idempotency_keys (
        contractor_id uuid not null,
        actor_id uuid not null,
        key text not null check (length(key) between 1 and 255),
        fingerprint text not null,
        started_at timestamptz not null default app_now(),
        status integer,
        headers jsonb,
        body text,
        primary key (contractor_id, actor_id, key)
      );
      create index idempotency_keys_age on idempotency_keys (started_at);
      ${tenantTable({ table: 'idempotency_keys', client: 'none', app: ['select', 'insert', 'update', 'delete'] })}
      ${systemMay('idempotency_keys', 'select', ['started_at'])}
      ${systemMay('idempotency_keys', 'delete')}
    `);
    await db.query(`
      -- Counters of attempts by hashed address or e-mail: no tenant data, no tenant.
      create unlogged table rate_limits (
        key text primary key,
        points integer not null default 0,
        expire bigint
      );
      create index rate_limits_expire on rate_limits (expire);
      grant select, insert, update, delete on rate_limits to vestnik_system;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
