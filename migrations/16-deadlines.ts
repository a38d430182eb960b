import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

export class Deadlines1764000000016 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Where a person reads; null: where the contractor or the client is.
      alter table members add column time_zone text;

      -- The term of a period hangs on a production calendar that is not official.
      alter table requirement_periods add column provisional boolean not null default false;

      -- Contracts and pages whose dates are to be computed anew: at once when something about them has changed, or because time alone
      -- changes what became of a date; null: only an event would.
      create table deadline_sources (
        contractor_id uuid not null,
        client_id uuid not null,
        source text not null check (source in ('contract', 'page')),
        source_id uuid not null,
        recompute_at timestamptz,
        computed_at timestamptz,
        primary key (contractor_id, source, source_id),
        foreign key (contractor_id, client_id) references clients (contractor_id, id)
      );
      create index deadline_sources_due on deadline_sources (recompute_at) where recompute_at is not null;
      ${tenantTable({ table: 'deadline_sources', client: 'column', app: ['select', 'insert', 'update'] })}
      ${systemMay('deadline_sources', 'select', ['contractor_id', 'source', 'source_id', 'recompute_at'])}

      -- Everything that has a date. Rows follow from their source alone and are replaced with it; what a source does not say any more
      -- is cancelled and kept, so that a calendar can show that it is.
      create table deadlines (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        contract_id uuid,
        page_id uuid,
        -- No foreign key: an addendum may take a stage away that has not begun.
        stage_id uuid,
        kind text not null check (kind in ('stageClose', 'reportDue', 'contentPlanDue', 'submission', 'acceptance', 'payment', 'cure',
          'securityReturn', 'contractEnd', 'validUntil', 'terminationEffective', 'handoverBegins', 'credentialExpiry')),
        -- What of the source it is about, so that a row is found again: a stage, a line and its period.
        subject text not null,
        title text not null,
        -- A day on the wall of the client; due_at is the instant where there is one, passes_at the one from which on it is over.
        due_on date not null,
        due_at timestamptz,
        passes_at timestamptz not null,
        time_zone text not null,
        -- The year whose calendar is not official; null: the date stands.
        provisional_year integer,
        state text not null check (state in ('open', 'met', 'missed', 'cancelled')),
        waiting_for text not null check (waiting_for in ('contractor', 'client', 'nobody')),
        -- Nobody tells whether it was met.
        untold boolean not null default false,
        -- Rises with each change that a reader of a calendar should see.
        sequence integer not null default 0,
        -- Since when it has this date: reminders of steps before are no more sent.
        dated_at timestamptz not null,
        cancelled_at timestamptz,
        -- When somebody may have to be reminded next; null: nobody.
        remind_at timestamptz,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, client_id, id),
        foreign key (contractor_id, client_id, contract_id) references contracts (contractor_id, client_id, id),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id),
        check ((contract_id is null) <> (page_id is null)),
        check ((state = 'cancelled') = (cancelled_at is not null))
      );
      create unique index deadlines_of_contract on deadlines (contractor_id, contract_id, kind, subject) where contract_id is not null;
      create unique index deadlines_of_page on deadlines (contractor_id, page_id, kind, subject) where page_id is not null;
      create index deadlines_day on deadlines (contractor_id, due_on, id);
      create index deadlines_client_day on deadlines (contractor_id, client_id, due_on, id);
      create index deadlines_remind on deadlines (remind_at) where remind_at is not null;
      create index deadlines_remind_of on deadlines (contractor_id, remind_at) where remind_at is not null;
      ${tenantTable({ table: 'deadlines', client: 'column', app: ['select', 'insert', 'update'] })}
      ${systemMay('deadlines', 'select', ['contractor_id', 'remind_at'])}

      -- A secret link under which a calendar program reads what its member may read.
      create table calendar_feeds (
        contractor_id uuid not null,
        id uuid not null,
        member_id uuid not null,
        name text not null,
        filter jsonb not null,
        secret_hash text not null,
        created_at timestamptz not null default app_now(),
        last_used_at timestamptz,
        revoked_at timestamptz,
        primary key (contractor_id, id),
        unique (contractor_id, secret_hash),
        foreign key (contractor_id, member_id) references members (contractor_id, id)
      );
      create index calendar_feeds_member on calendar_feeds (contractor_id, member_id, id);
      ${tenantTable({ table: 'calendar_feeds', client: 'none', app: ['select', 'insert', 'update'] })}

      -- What a person was told of a deadline, and what not any more. Each step of a date once: the key sees to it.
      create table reminders (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        deadline_id uuid not null,
        member_id uuid not null,
        -- Days after the date; below zero: before it.
        step integer not null check (step in (-30, -14, -7, -1, 0, 1, 3)),
        due_on date not null,
        -- Skipped: a later step had come before anybody could be told of this one.
        state text not null check (state in ('sent', 'skipped')),
        message text not null,
        created_at timestamptz not null default app_now(),
        read_at timestamptz,
        primary key (contractor_id, id),
        unique (contractor_id, deadline_id, member_id, step, due_on),
        foreign key (contractor_id, client_id, deadline_id) references deadlines (contractor_id, client_id, id),
        foreign key (contractor_id, member_id) references members (contractor_id, id)
      );
      create index reminders_inbox on reminders (contractor_id, member_id, (read_at is not null), id desc) where state = 'sent';
      ${tenantTable({ table: 'reminders', client: 'column', app: ['select', 'insert', 'update'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
