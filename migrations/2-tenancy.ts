import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

export class Tenancy1764000000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table audit_entries (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid,
        at timestamptz not null default app_now(),
        actor_kind text not null check (actor_kind in ('member', 'apiKey', 'worker')),
        actor_id uuid,
        action text not null,
        object_type text not null,
        object_id uuid not null,
        details jsonb not null default '{}',
        request_id text,
        primary key (contractor_id, id)
      );
      create index audit_entries_object on audit_entries (contractor_id, object_type, object_id, id);
      ${tenantTable({ table: 'audit_entries', client: 'optional', app: ['select', 'insert'] })}
    `);
    // Writing an audit line about the whole contractor (a log-in, say) is allowed to members who see only some clients.
    await db.query(`
      drop policy audit_entries_tenant on audit_entries;
      create policy audit_entries_read on audit_entries for select to vestnik_app
        using (contractor_id = (select app_contractor_id())
          and ((select app_sees_all_clients()) or client_id = any ((select app_client_ids())::uuid[])));
      create policy audit_entries_write on audit_entries for insert to vestnik_app
        with check (contractor_id = (select app_contractor_id())
          and ((select app_sees_all_clients()) or client_id is null or client_id = any ((select app_client_ids())::uuid[])));
    `);
    await db.query(`
      create table contractors (
        contractor_id uuid primary key,
        name text not null,
        short_name text,
        inn text not null,
        kpp text,
        ogrn text not null,
        time_zone text not null,
        status text not null default 'active' check (status in ('active', 'suspended')),
        version integer not null default 1,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now()
      );
      ${tenantTable({ table: 'contractors', client: 'none', app: ['select', 'insert', 'update'] })}
      ${systemMay('contractors', 'select', ['contractor_id', 'name', 'short_name', 'status'])}

      create function contractor_is_active(of_contractor uuid) returns boolean language sql stable as $$
        select exists (select 1 from contractors c where c.contractor_id = of_contractor and c.status = 'active')
      $$;
      grant execute on function contractor_is_active(uuid) to vestnik_app;

      create table clients (
        contractor_id uuid not null references contractors,
        id uuid not null,
        -- The id again under the name that row-level security looks at.
        client_id uuid generated always as (id) stored,
        kind text not null check (kind in ('stateBody', 'municipalBody', 'court', 'subordinateOrganisation')),
        name text not null,
        short_name text,
        inn text not null,
        kpp text not null,
        ogrn text not null,
        address text not null,
        email text not null,
        phones text[] not null,
        site text,
        time_zone text not null,
        -- The subject of the federation. Says nothing about the zone.
        region_code text check (region_code ~ '^[0-9]{2}$'),
        founder_id uuid,
        version integer not null default 1,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        foreign key (contractor_id, founder_id) references clients (contractor_id, id)
      );
      ${tenantTable({ table: 'clients', client: 'column', app: ['select', 'insert', 'update'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
