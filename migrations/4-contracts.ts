import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

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
        -- The pages that the newest version names; contract_pages says from when until when each is covered.
        page_ids uuid[] not null default '{}',
        -- Everything else that the paper says: see clauses.ts.
        clauses jsonb not null default '{}',
        -- How many versions were agreed: 1 with the signature, one more with each addendum.
        versions integer not null default 0,
        status text not null default 'draft' check (status in ('draft', 'underReview', 'signed', 'active', 'suspended',
          'completing', 'completed', 'terminated', 'cancelled', 'archived')),
        signed_on date,
        -- When a notice of termination takes effect; from then on the contract is not in force, whatever its status says.
        terminates_at timestamptz,
        terminated_at timestamptz,
        termination_ground text check (termination_ground in ('mutual', 'court', 'unilateralClient', 'unilateralContractor')),
        termination_reason text,
        notice_on date,
        -- When time alone changes the status next: see contract-status.ts.
        step_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, client_id, id),
        foreign key (contractor_id, client_id) references clients (contractor_id, id),
        check (starts_on <= ends_on),
        check (starts_at < ends_at),
        check ((status in ('signed', 'active', 'suspended', 'completing', 'completed')) <= (signed_on is not null)),
        check ((status = 'terminated') <= (terminated_at is not null)),
        check ((terminated_at is not null) <= (status in ('terminated', 'archived')))
      );
      create index contracts_client on contracts (contractor_id, client_id, id);
      create index contracts_step on contracts (step_at) where step_at is not null;
      ${tenantTable({ table: 'contracts', client: 'column', app: ['select', 'insert', 'update'] })}
      ${systemMay('contracts', 'select', ['contractor_id', 'id', 'step_at'])}

      -- What was agreed, as it was agreed: rows are never changed. Number 1 is what was signed, each addendum is the next.
      create table contract_versions (
        contractor_id uuid not null,
        contract_id uuid not null,
        number integer not null check (number > 0),
        client_id uuid not null,
        effective_on date not null,
        agreed_on date not null,
        addendum_number text,
        reason text,
        subject text not null,
        price_kopecks bigint not null check (price_kopecks >= 0),
        starts_on date not null,
        ends_on date not null,
        page_ids uuid[] not null,
        clauses jsonb not null,
        -- As the parties were called and registered on that day.
        requisites jsonb not null,
        stages jsonb not null,
        recorded_by uuid not null,
        recorded_at timestamptz not null default app_now(),
        primary key (contractor_id, contract_id, number),
        foreign key (contractor_id, client_id, contract_id) references contracts (contractor_id, client_id, id),
        foreign key (contractor_id, recorded_by) references members (contractor_id, id)
      );
      ${tenantTable({ table: 'contract_versions', client: 'column', app: ['select', 'insert'] })}

      -- What is delivered, accepted and paid together. Those that are over never change; those ahead follow the newest version.
      create table contract_stages (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        contract_id uuid not null,
        ordinal integer not null check (ordinal > 0),
        title text not null,
        starts_on date not null,
        ends_on date not null,
        amount_kopecks bigint not null check (amount_kopecks >= 0),
        state text not null default 'planned' check (state in ('planned', 'open', 'closing', 'reportReady', 'dropped')),
        opens_at timestamptz not null,
        closes_at timestamptz not null,
        freezes_at timestamptz not null,
        step_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, contract_id, ordinal),
        foreign key (contractor_id, client_id, contract_id) references contracts (contractor_id, client_id, id)
      );
      create index contract_stages_step on contract_stages (step_at) where step_at is not null;
      ${tenantTable({ table: 'contract_stages', client: 'column', app: ['select', 'insert', 'update', 'delete'] })}
      ${systemMay('contract_stages', 'select', ['contractor_id', 'id', 'step_at'])}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
