import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './row-level-security.js';

export class Contracts1764000000004 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table contracts (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        number text not null,
        concluded_on date not null,
        kind text not null check (kind in ('state44Fz', 'municipal44Fz', 'singleSupplier44Fz', 'corporate223Fz',
          'civilServices', 'civilWorks', 'subcontract', 'gphIndividual')),
        subject text not null,
        price_kopecks bigint not null check (price_kopecks >= 0),
        starts_on date not null,
        ends_on date not null,
        -- The zone in which its days begin and end, and the instants that follow: [starts_at, ends_at).
        time_zone text not null,
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        status text not null default 'draft' check (status in ('draft', 'signed', 'active', 'terminated', 'cancelled')),
        signed_on date,
        terminated_at timestamptz,
        termination_reason text,
        version integer not null default 1,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, client_id, id),
        foreign key (contractor_id, client_id) references clients (contractor_id, id),
        check (starts_on <= ends_on),
        check (starts_at < ends_at),
        check ((status in ('signed', 'active')) <= (signed_on is not null)),
        check ((status = 'terminated') = (terminated_at is not null))
      );
      create index contracts_client on contracts (contractor_id, client_id, id);
      ${tenantTable({ table: 'contracts', client: 'column', app: ['select', 'insert', 'update'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
