import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

export class Pages1764000000005 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table pages (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        network text not null check (network in ('vk', 'ok')),
        external_id text not null,
        name text,
        url text,
        status text not null default 'notConnected' check (status in ('notConnected', 'connected', 'broken', 'disconnected')),
        status_reason jsonb,
        capabilities jsonb,
        checked_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, client_id, id),
        unique (contractor_id, network, external_id),
        foreign key (contractor_id, client_id) references clients (contractor_id, id)
      );
      create index pages_client on pages (contractor_id, client_id, id);
      ${tenantTable({ table: 'pages', client: 'column', app: ['select', 'insert', 'update'] })}

      -- History of connections: reconnecting adds a row and ends the one before, nothing is overwritten.
      create table connections (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        page_id uuid not null,
        findings jsonb not null,
        connected_by uuid not null,
        connected_at timestamptz not null default app_now(),
        expires_at timestamptz,
        -- When the network last gave new secrets for it; the connection stays the same.
        renewed_at timestamptz,
        ended_at timestamptz,
        end_reason text check (end_reason in ('replaced', 'disconnected')),
        primary key (contractor_id, id),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id),
        foreign key (contractor_id, connected_by) references members (contractor_id, id),
        check ((ended_at is null) = (end_reason is null))
      );
      create unique index connections_current on connections (contractor_id, page_id) where ended_at is null;
      create index connections_page on connections (contractor_id, page_id, id);
      ${tenantTable({ table: 'connections', client: 'column', app: ['select', 'insert', 'update'] })}

      -- The secrets of a connection, sealed. When a connection ends they go; the history above stays.
      create table credentials (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        page_id uuid not null,
        connection_id uuid not null,
        kind text not null,
        sealed text not null,
        stored_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, connection_id, kind),
        foreign key (contractor_id, connection_id) references connections (contractor_id, id),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id)
      );
      ${tenantTable({ table: 'credentials', client: 'column', app: ['select', 'insert', 'delete'] })}
    `);
    await db.query(`
      -- How a page's present connection is doing, and when it is looked after next. Goes when the connection ends.
      create table connection_health (
        contractor_id uuid not null,
        page_id uuid not null,
        client_id uuid not null,
        connection_id uuid not null,
        -- When the network is asked next; null: nobody asks it.
        check_at timestamptz,
        -- Secrets were renewed while the page was broken: a good answer connects it again.
        proving boolean not null default false,
        -- Answers in a row that proved nothing, and the last of them.
        check_failures integer not null default 0,
        check_problem jsonb,
        -- When to warn next that the secrets end, or when they do.
        notice_at timestamptz,
        -- The nearest warning that was given: so many days before.
        warned_days integer,
        -- Which credential_refreshes row renews the secrets; null: a person does.
        refresh_key text,
        primary key (contractor_id, page_id),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id),
        foreign key (contractor_id, connection_id) references connections (contractor_id, id)
      );
      create index connection_health_check on connection_health (check_at);
      create index connection_health_notice on connection_health (notice_at);
      create index connection_health_refresh on connection_health (contractor_id, refresh_key);
      ${tenantTable({ table: 'connection_health', client: 'column', app: ['select', 'insert', 'update', 'delete'] })}
      ${systemMay('connection_health', 'select', ['contractor_id', 'page_id', 'check_at', 'notice_at'])}
      ${systemMay('connection_health', 'update', ['check_at'])}

      -- A secret that renews others is good for one use and may serve many pages: whose turn it is to use it, and when.
      create table credential_refreshes (
        contractor_id uuid not null references contractors (contractor_id),
        -- Fingerprint of the secret, never the secret.
        key text not null,
        refresh_at timestamptz not null,
        lease_until timestamptz,
        fence integer not null default 0,
        -- Since when an answer is missing: the secret may be spent.
        unsure_since timestamptz,
        failures integer not null default 0,
        problem jsonb,
        primary key (contractor_id, key)
      );
      create index credential_refreshes_due on credential_refreshes (refresh_at);
      ${tenantTable({ table: 'credential_refreshes', client: 'none', app: ['select', 'insert', 'update', 'delete'] })}
      ${systemMay('credential_refreshes', 'select', ['contractor_id', 'key', 'refresh_at'])}
      ${systemMay('credential_refreshes', 'update', ['refresh_at'])}
    `);
    await db.query(`
      create table contract_pages (
        contractor_id uuid not null,
        client_id uuid not null,
        contract_id uuid not null,
        page_id uuid not null,
        -- [covered_from, covered_until): which version holds when, and the pages that it names. See contract-version.ts.
        covered_from timestamptz not null default '-infinity',
        covered_until timestamptz not null default 'infinity',
        primary key (contractor_id, contract_id, page_id, covered_from),
        check (covered_from < covered_until),
        -- Through the client: a contract can't cover another client's page.
        foreign key (contractor_id, client_id, contract_id) references contracts (contractor_id, client_id, id),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id)
      );
      create index contract_pages_page on contract_pages (contractor_id, page_id);
      ${tenantTable({ table: 'contract_pages', client: 'column', app: ['select', 'insert', 'delete'] })}

      -- The gate: is there a contract in force at this instant that covers this page?
      create function contract_in_force(of_contractor uuid, of_page uuid, at timestamptz) returns boolean
      language sql stable as $$
        select exists (
          select 1 from contract_pages cp join contracts c on c.contractor_id = cp.contractor_id and c.id = cp.contract_id
          where cp.contractor_id = of_contractor and cp.page_id = of_page
            and cp.covered_from <= at and at < cp.covered_until
            and c.status in ('active', 'completing') and c.starts_at <= at and at < c.ends_at
            and (c.terminates_at is null or at < c.terminates_at))
      $$;
      -- Whether a contract may still be in force then, for all that is agreed and told today: one that is suspended may be resumed.
      create function contract_reaches(of_contractor uuid, of_page uuid, at timestamptz) returns boolean
      language sql stable as $$
        select exists (
          select 1 from contract_pages cp join contracts c on c.contractor_id = cp.contractor_id and c.id = cp.contract_id
          where cp.contractor_id = of_contractor and cp.page_id = of_page
            and cp.covered_from <= at and at < cp.covered_until
            and c.status in ('signed', 'active', 'suspended', 'completing') and c.starts_at <= at and at < c.ends_at
            and (c.terminates_at is null or at < c.terminates_at))
      $$;
      create function page_is_connected(of_contractor uuid, of_page uuid) returns boolean language sql stable as $$
        select exists (select 1 from pages p where p.contractor_id = of_contractor and p.id = of_page and p.status = 'connected')
      $$;
      grant execute on function contract_in_force(uuid, uuid, timestamptz), contract_reaches(uuid, uuid, timestamptz), page_is_connected(uuid, uuid) to vestnik_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
