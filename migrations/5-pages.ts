import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './row-level-security.js';

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
      create table contract_pages (
        contractor_id uuid not null,
        client_id uuid not null,
        contract_id uuid not null,
        page_id uuid not null,
        primary key (contractor_id, contract_id, page_id),
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
            and c.status = 'active' and c.starts_at <= at and at < c.ends_at)
      $$;
      create function page_is_connected(of_contractor uuid, of_page uuid) returns boolean language sql stable as $$
        select exists (select 1 from pages p where p.contractor_id = of_contractor and p.id = of_page and p.status = 'connected')
      $$;
      grant execute on function contract_in_force(uuid, uuid, timestamptz), page_is_connected(uuid, uuid) to vestnik_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
