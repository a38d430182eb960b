import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

export class Fulfilment1764000000014 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- One aggregate for each line of the specification and each of its periods. Everything here follows from the versions of the
      -- contract, from facts and from excuses; a row that is due is computed anew.
      create table requirement_periods (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        contract_id uuid not null,
        -- The line, and the version of the contract that says so.
        requirement text not null,
        contract_version integer not null,
        starts_on date not null,
        ends_on date not null,
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        page_ids uuid[] not null,
        -- Deliverables; null: nobody tells yet.
        planned integer check (planned >= 0),
        done integer check (done >= 0),
        scheduled integer not null default 0 check (scheduled >= 0),
        at_risk integer not null default 0 check (at_risk >= 0),
        impossible_on date,
        missed integer not null default 0 check (missed >= 0),
        excused integer not null default 0 check (excused >= 0),
        state text not null default 'ahead' check (state in ('ahead', 'open', 'atRisk', 'done', 'missed', 'excused', 'noSource', 'untold')),
        due_on date not null,
        -- When it is to be computed anew: at once when a fact has come, or because time alone changes it; null: only a fact would.
        recompute_at timestamptz,
        computed_at timestamptz,
        primary key (contractor_id, id),
        unique (contractor_id, contract_id, requirement, starts_on),
        foreign key (contractor_id, client_id, contract_id) references contracts (contractor_id, client_id, id),
        check (starts_on <= ends_on)
      );
      create index requirement_periods_client on requirement_periods (contractor_id, client_id, starts_at);
      create index requirement_periods_due on requirement_periods (recompute_at) where recompute_at is not null;
      ${tenantTable({ table: 'requirement_periods', client: 'column', app: ['select', 'insert', 'update', 'delete'] })}
      ${systemMay('requirement_periods', 'select', ['contractor_id', 'contract_id', 'recompute_at'])}

      -- Why what is missing is not the contractor's fault, and what proves it. Withdrawn, never deleted.
      create table requirement_excuses (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        contract_id uuid not null,
        -- Null: every line.
        requirement text,
        cause text not null check (cause in ('clientDelay', 'clientRequest', 'platformOutage', 'forceMajeure')),
        caused_by text not null,
        reason text not null,
        starts_on date not null,
        ends_on date not null,
        evidence jsonb not null,
        recorded_by uuid not null,
        recorded_at timestamptz not null default app_now(),
        withdrawn_by uuid,
        withdrawn_at timestamptz,
        withdrawn_why text,
        primary key (contractor_id, id),
        foreign key (contractor_id, client_id, contract_id) references contracts (contractor_id, client_id, id),
        foreign key (contractor_id, recorded_by) references members (contractor_id, id),
        foreign key (contractor_id, withdrawn_by) references members (contractor_id, id),
        check (starts_on <= ends_on),
        check ((withdrawn_at is null) = (withdrawn_by is null)),
        check ((withdrawn_at is null) = (withdrawn_why is null))
      );
      create index requirement_excuses_contract on requirement_excuses (contractor_id, contract_id, id);
      ${tenantTable({ table: 'requirement_excuses', client: 'column', app: ['select', 'insert', 'update'] })}

      -- What stands on a page in an interval is asked whenever a fact has come.
      -- squawk-ignore require-concurrent-index-creation
      create index publications_page_published on publications (contractor_id, page_id, published_at) where published_at is not null;
      -- squawk-ignore require-concurrent-index-creation
      create index publications_page_coming on publications (contractor_id, page_id, due_at)
        where state in ('scheduled', 'claimed', 'sending', 'unclear', 'byHand', 'held');
      -- squawk-ignore require-concurrent-index-creation
      create index outside_posts_page_published on outside_posts (contractor_id, page_id, published_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
