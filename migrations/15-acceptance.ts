import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

export class Acceptance1764000000015 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- How far the acceptance of a stage is. What was submitted and decided stands in its rounds.
      create table acceptances (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        contract_id uuid not null,
        stage_id uuid not null,
        state text not null default 'awaitingSubmission' check (state in ('awaitingSubmission', 'submitted', 'accepted',
          'partiallyAccepted', 'refused', 'rework', 'invoiced', 'paid')),
        -- Of the round that waits for a decision.
        claimed_kopecks bigint not null default 0 check (claimed_kopecks >= 0),
        -- Of all rounds together.
        accepted_kopecks bigint not null default 0 check (accepted_kopecks >= 0),
        paid_kopecks bigint not null default 0 check (paid_kopecks between 0 and accepted_kopecks),
        invoice_number text,
        invoiced_on date,
        -- What counted in a round that was not refused and was deleted since.
        lost_evidence text[] not null default '{}',
        -- When silence is to be looked at; null: it means nothing.
        step_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, client_id, id),
        unique (contractor_id, stage_id),
        foreign key (contractor_id, client_id, contract_id) references contracts (contractor_id, client_id, id),
        foreign key (contractor_id, stage_id) references contract_stages (contractor_id, id),
        check ((invoice_number is null) = (invoiced_on is null)),
        check ((state in ('invoiced', 'paid')) = (invoice_number is not null))
      );
      create index acceptances_contract on acceptances (contractor_id, contract_id);
      create index acceptances_step on acceptances (step_at) where step_at is not null;
      ${tenantTable({ table: 'acceptances', client: 'column', app: ['select', 'insert', 'update'] })}
      ${systemMay('acceptances', 'select', ['contractor_id', 'id', 'step_at'])}

      -- One submission and what was decided about it. What was submitted is frozen: no role of the running system may change it.
      create table acceptance_rounds (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        acceptance_id uuid not null,
        number integer not null check (number > 0),
        -- The version of the contract whose terms hold for this round.
        contract_version integer not null,
        -- What it costs, by lines.
        lines jsonb not null,
        claimed_kopecks bigint not null check (claimed_kopecks >= 0),
        document_number text,
        -- Plan and fact of the stage's days as they were known at the cut-off, to the letter.
        snapshot text not null,
        snapshot_sha256 text not null,
        cut_off_at timestamptz not null,
        evidence_ids text[] not null,
        submitted_by uuid not null,
        submitted_at timestamptz not null default app_now(),
        -- The instant at which the client got the document.
        received_at timestamptz,
        decision text check (decision in ('accepted', 'partiallyAccepted', 'refused')),
        decided_at timestamptz,
        -- Null: silence accepted.
        decided_by uuid,
        decision_document text,
        verdicts jsonb not null default '[]',
        remarks jsonb not null default '[]',
        cure_on date,
        accepted_kopecks bigint not null default 0 check (accepted_kopecks between 0 and claimed_kopecks),
        primary key (contractor_id, id),
        unique (contractor_id, acceptance_id, number),
        foreign key (contractor_id, client_id, acceptance_id) references acceptances (contractor_id, client_id, id),
        foreign key (contractor_id, submitted_by) references members (contractor_id, id),
        foreign key (contractor_id, decided_by) references members (contractor_id, id),
        check (snapshot_sha256 = encode(sha256(convert_to(snapshot, 'UTF8')), 'hex')),
        check ((decision is null) = (decided_at is null)),
        check ((decision is not null) <= (received_at is not null))
      );
      create index acceptance_rounds_evidence on acceptance_rounds using gin (evidence_ids);
      ${tenantTable({ table: 'acceptance_rounds', client: 'column', app: ['select', 'insert'] })}
      grant update (received_at, decision, decided_at, decided_by, decision_document, verdicts, remarks, cure_on, accepted_kopecks)
        on acceptance_rounds to vestnik_app;

      -- What a person says that the client paid, until invoices and bank statements are read.
      create table acceptance_payments (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        acceptance_id uuid not null,
        paid_on date not null,
        kopecks bigint not null check (kopecks > 0),
        document text,
        recorded_by uuid not null,
        recorded_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        foreign key (contractor_id, client_id, acceptance_id) references acceptances (contractor_id, client_id, id),
        foreign key (contractor_id, recorded_by) references members (contractor_id, id)
      );
      create index acceptance_payments_acceptance on acceptance_payments (contractor_id, acceptance_id, id);
      ${tenantTable({ table: 'acceptance_payments', client: 'column', app: ['select', 'insert'] })}

      -- The last number of a year: taken in the transaction of the acceptance, so that none is left out.
      create table act_numbers (
        contractor_id uuid not null references contractors (contractor_id),
        year integer not null,
        last integer not null check (last > 0),
        primary key (contractor_id, year)
      );
      ${tenantTable({ table: 'act_numbers', client: 'none', app: ['select', 'insert', 'update'] })}

      -- Acts as they were issued. A correction is a new version under the same number.
      create table acts (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        acceptance_id uuid not null,
        year integer not null,
        number integer not null,
        version integer not null check (version > 0),
        content jsonb not null,
        -- Why there is another version; null of the first.
        reason text,
        -- Null: a worker.
        issued_by uuid,
        issued_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, acceptance_id, version),
        unique (contractor_id, year, number, version),
        foreign key (contractor_id, client_id, acceptance_id) references acceptances (contractor_id, client_id, id),
        foreign key (contractor_id, issued_by) references members (contractor_id, id),
        check ((version = 1) = (reason is null))
      );
      ${tenantTable({ table: 'acts', client: 'column', app: ['select', 'insert'] })}

      -- The Bank of Russia's key rate, as people of the contractor have entered it.
      create table key_rates (
        contractor_id uuid not null references contractors (contractor_id),
        starts_on date not null,
        basis_points integer not null check (basis_points between 0 and 100000),
        set_by uuid not null,
        set_at timestamptz not null default app_now(),
        primary key (contractor_id, starts_on),
        foreign key (contractor_id, set_by) references members (contractor_id, id)
      );
      ${tenantTable({ table: 'key_rates', client: 'none', app: ['select', 'insert', 'update', 'delete'] })}

      -- When the proposals of a contract are to be computed anew; null: nothing of it can change by time.
      create table penalty_reviews (
        contractor_id uuid not null,
        contract_id uuid not null,
        client_id uuid not null,
        review_at timestamptz,
        primary key (contractor_id, contract_id),
        foreign key (contractor_id, client_id, contract_id) references contracts (contractor_id, client_id, id)
      );
      create index penalty_reviews_due on penalty_reviews (review_at) where review_at is not null;
      ${tenantTable({ table: 'penalty_reviews', client: 'column', app: ['select', 'insert', 'update'] })}
      ${systemMay('penalty_reviews', 'select', ['contractor_id', 'contract_id', 'review_at'])}

      -- What a breach would cost. One row for each cause; while it is open it follows its inputs.
      create table penalty_proposals (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        contract_id uuid not null,
        cause text not null,
        kind text not null check (kind in ('lateSubmission', 'lateCure', 'missedRequirement', 'latePayment')),
        against text not null check (against in ('contractor', 'client')),
        -- lapsed: its cause is gone, as when the days were excused.
        state text not null default 'open' check (state in ('open', 'charged', 'waived', 'contested', 'lapsed')),
        stage_id uuid,
        requirement text,
        -- Null: a key rate is missing.
        kopecks bigint check (kopecks >= 0),
        reckoning jsonb not null,
        decided_by uuid,
        decided_at timestamptz,
        decision_reason text,
        version integer not null default 1,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, contract_id, cause),
        foreign key (contractor_id, client_id, contract_id) references contracts (contractor_id, client_id, id),
        foreign key (contractor_id, decided_by) references members (contractor_id, id),
        check ((state in ('charged', 'waived', 'contested')) = (decided_at is not null)),
        check ((decided_at is null) = (decision_reason is null))
      );
      create index penalty_proposals_contract on penalty_proposals (contractor_id, contract_id, id);
      ${tenantTable({ table: 'penalty_proposals', client: 'column', app: ['select', 'insert', 'update'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
