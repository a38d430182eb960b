import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

export class Webhooks1764000000020 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Where a contractor's other systems want to hear of what happens.
      create table webhook_endpoints (
        contractor_id uuid not null references contractors (contractor_id),
        id uuid not null,
        url text not null,
        description text not null,
        -- Empty: every type, also future ones.
        event_types text[] not null,
        all_clients boolean not null,
        client_ids uuid[] not null,
        state text not null default 'active' check (state in ('active', 'disabled')),
        -- Why it is disabled: a person wanted it, it answered 410, or it has failed for days.
        disabled_reason text check (disabled_reason in ('byHand', 'gone', 'failing')),
        disabled_at timestamptz,
        -- Of the tries since the last one that worked.
        failures integer not null default 0,
        failing_since timestamptz,
        -- An endpoint that fails every time is left alone until then, whatever waits for it.
        quiet_until timestamptz,
        -- Its last answer took long: it is sent to beside others like it, so that they keep nobody waiting who answers at once.
        is_slow boolean not null default false,
        -- To about ten seconds: deliveries side by side need not wait for each other to note it.
        last_delivered_at timestamptz,
        created_by uuid not null,
        deleted_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        foreign key (contractor_id, created_by) references members (contractor_id, id),
        check ((state = 'disabled') = (disabled_reason is not null)),
        check ((state = 'disabled') = (disabled_at is not null)),
        check ((failures > 0) = (failing_since is not null))
      );
      ${tenantTable({ table: 'webhook_endpoints', client: 'none', app: ['select', 'insert', 'update'] })}
      ${systemMay('webhook_endpoints', 'select', ['contractor_id', 'id', 'state', 'quiet_until', 'failures', 'is_slow'])}

      -- While secrets are exchanged there are several, and each signs.
      create table webhook_secrets (
        contractor_id uuid not null,
        id uuid not null,
        endpoint_id uuid not null,
        sealed text not null,
        -- Null: until it is replaced.
        valid_until timestamptz,
        created_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        foreign key (contractor_id, endpoint_id) references webhook_endpoints (contractor_id, id)
      );
      create index webhook_secrets_endpoint on webhook_secrets (contractor_id, endpoint_id, id);
      ${tenantTable({ table: 'webhook_secrets', client: 'none', app: ['select', 'insert', 'update', 'delete'] })}

      -- What happened, as it is told: to the letter, because every try is signed anew. Kept only where somebody listens.
      create table webhook_events (
        contractor_id uuid not null references contractors (contractor_id),
        -- Of the row in the outbox, so that it is written once.
        id uuid not null,
        client_id uuid,
        type text not null,
        -- Events of one subject are told in their order.
        subject text not null,
        occurred_at timestamptz not null,
        body text not null,
        primary key (contractor_id, id),
        foreign key (contractor_id, client_id) references clients (contractor_id, id)
      );
      create index webhook_events_age on webhook_events (occurred_at);
      ${tenantTable({ table: 'webhook_events', client: 'optional', app: ['select', 'insert'] })}
      ${systemMay('webhook_events', 'select', ['contractor_id', 'id', 'occurred_at'])}
      ${systemMay('webhook_events', 'delete')}

      create table webhook_deliveries (
        contractor_id uuid not null,
        id uuid not null,
        endpoint_id uuid not null,
        event_id uuid not null,
        client_id uuid,
        type text not null,
        subject text not null,
        occurred_at timestamptz not null,
        -- skipped: its endpoint was disabled; a replay brings it.
        state text not null check (state in ('waiting', 'delivered', 'givenUp', 'skipped')),
        -- Since it began to wait, the last time.
        tries integer not null default 0,
        -- Of all its tries, also before a replay.
        attempts integer not null default 0,
        next_try_at timestamptz not null default app_now(),
        lease_until timestamptz,
        settled_at timestamptz,
        replays integer not null default 0,
        created_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, endpoint_id, event_id),
        foreign key (contractor_id, endpoint_id) references webhook_endpoints (contractor_id, id),
        foreign key (contractor_id, event_id) references webhook_events (contractor_id, id),
        foreign key (contractor_id, client_id) references clients (contractor_id, id),
        check ((state = 'waiting') = (settled_at is null))
      );
      create index webhook_deliveries_due on webhook_deliveries (contractor_id, endpoint_id, next_try_at) where state = 'waiting';
      create index webhook_deliveries_order on webhook_deliveries (contractor_id, endpoint_id, subject, occurred_at, event_id)
        where state = 'waiting';
      create index webhook_deliveries_age on webhook_deliveries (occurred_at);
      create index webhook_deliveries_event on webhook_deliveries (contractor_id, event_id);
      create index webhook_deliveries_log on webhook_deliveries (contractor_id, endpoint_id, id);
      ${tenantTable({ table: 'webhook_deliveries', client: 'optional', app: ['select', 'insert', 'update'] })}
      ${systemMay('webhook_deliveries', 'select', [
        ...['contractor_id', 'id', 'endpoint_id', 'event_id', 'occurred_at', 'state', 'next_try_at', 'lease_until'],
      ])}
      ${systemMay('webhook_deliveries', 'delete')}

      -- One try. Without an outcome: the worker died over it, and whether it arrived is unknown.
      create table webhook_attempts (
        contractor_id uuid not null,
        delivery_id uuid not null,
        number integer not null check (number > 0),
        client_id uuid,
        started_at timestamptz not null default app_now(),
        duration_ms integer,
        outcome text,
        status integer,
        -- The beginning of what the endpoint answered.
        excerpt text check (length(excerpt) <= 500),
        primary key (contractor_id, delivery_id, number),
        foreign key (contractor_id, delivery_id) references webhook_deliveries (contractor_id, id),
        foreign key (contractor_id, client_id) references clients (contractor_id, id)
      );
      ${tenantTable({ table: 'webhook_attempts', client: 'optional', app: ['select', 'insert', 'update'] })}
      ${systemMay('webhook_attempts', 'select', ['contractor_id', 'delivery_id'])}
      ${systemMay('webhook_attempts', 'delete')}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
