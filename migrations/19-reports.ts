import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

export class Reports1764000000019 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- The report of a contract's period, and how far the version is that is wanted.
      create table reports (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        contract_id uuid not null,
        kind text not null check (kind in ('manual', 'monthly', 'weekly', 'stage')),
        starts_on date not null,
        ends_on date not null,
        state text not null default 'building' check (state in ('building', 'ready', 'failed')),
        versions integer not null default 0 check (versions >= 0),
        wanted integer not null default 1,
        wanted_reason text,
        -- Null: a schedule.
        wanted_by uuid,
        failure text,
        -- When to ring again, should nobody have finished it by then.
        step_at timestamptz,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, client_id, id),
        unique (contractor_id, contract_id, starts_on, ends_on),
        foreign key (contractor_id, client_id, contract_id) references contracts (contractor_id, client_id, id),
        foreign key (contractor_id, wanted_by) references members (contractor_id, id),
        check (starts_on <= ends_on),
        check (wanted - versions in (0, 1)),
        check ((state = 'building') = (step_at is not null)),
        check ((state = 'failed') = (failure is not null))
      );
      create index reports_client on reports (contractor_id, client_id, id);
      create index reports_step on reports (step_at) where step_at is not null;
      ${tenantTable({ table: 'reports', client: 'column', app: ['select', 'insert', 'update'] })}
      ${systemMay('reports', 'select', ['contractor_id', 'id', 'step_at'])}

      -- Documents to the letter, as they were frozen: no role of the running system may change or delete one.
      create table report_versions (
        contractor_id uuid not null,
        report_id uuid not null,
        number integer not null check (number > 0),
        client_id uuid not null,
        reason text,
        document text not null,
        sha256 text not null,
        generator text not null,
        cut_off_at timestamptz not null,
        requested_by uuid,
        frozen_at timestamptz not null default app_now(),
        primary key (contractor_id, report_id, number),
        unique (contractor_id, client_id, report_id, number),
        foreign key (contractor_id, client_id, report_id) references reports (contractor_id, client_id, id),
        foreign key (contractor_id, requested_by) references members (contractor_id, id),
        check (sha256 = encode(sha256(convert_to(document, 'UTF8')), 'hex')),
        check ((number = 1) = (reason is null))
      );
      ${tenantTable({ table: 'report_versions', client: 'column', app: ['select', 'insert'] })}

      -- Logos by the hash of their bytes: a frozen document names its logo, whatever becomes of the upload.
      create table report_logos (
        contractor_id uuid not null,
        client_id uuid not null,
        sha256 text not null,
        type text not null check (type in ('image/png', 'image/jpeg')),
        width integer not null check (width > 0),
        height integer not null check (height > 0),
        bytes bytea not null,
        kept_at timestamptz not null default app_now(),
        primary key (contractor_id, client_id, sha256),
        foreign key (contractor_id, client_id) references clients (contractor_id, id),
        check (sha256 = encode(sha256(bytes), 'hex'))
      );
      ${tenantTable({ table: 'report_logos', client: 'column', app: ['select', 'insert'] })}

      -- How a client wants his reports, in versions. What is frozen keeps its look in its document.
      create table report_templates (
        contractor_id uuid not null,
        client_id uuid not null,
        version integer not null check (version > 0),
        sections text[] not null check (cardinality(sections) > 0),
        intro text,
        closing text,
        accent text not null check (accent ~ '^#[0-9a-f]{6}$'),
        logo_media_id uuid,
        logo_sha256 text,
        made_by uuid not null,
        made_at timestamptz not null default app_now(),
        primary key (contractor_id, client_id, version),
        foreign key (contractor_id, client_id) references clients (contractor_id, id),
        foreign key (contractor_id, client_id, logo_media_id) references media (contractor_id, client_id, id),
        foreign key (contractor_id, client_id, logo_sha256) references report_logos (contractor_id, client_id, sha256),
        foreign key (contractor_id, made_by) references members (contractor_id, id),
        check ((logo_media_id is null) = (logo_sha256 is null))
      );
      ${tenantTable({ table: 'report_templates', client: 'column', app: ['select', 'insert'] })}

      -- Files that are made of a document, and which of them a worker still owes.
      create table report_renderings (
        contractor_id uuid not null,
        report_id uuid not null,
        number integer not null,
        format text not null check (format in ('pdf', 'xlsx', 'csv', 'html')),
        client_id uuid not null,
        state text not null default 'waiting' check (state in ('waiting', 'ready', 'failed')),
        storage_key text,
        bytes integer check (bytes > 0),
        sha256 text,
        renderer text,
        step_at timestamptz,
        primary key (contractor_id, report_id, number, format),
        foreign key (contractor_id, client_id, report_id, number) references report_versions (contractor_id, client_id, report_id, number),
        check ((state = 'waiting') = (step_at is not null)),
        check ((state = 'ready') = (storage_key is not null and bytes is not null and sha256 is not null and renderer is not null))
      );
      create index report_renderings_step on report_renderings (step_at) where step_at is not null;
      ${tenantTable({ table: 'report_renderings', client: 'column', app: ['select', 'insert', 'update'] })}
      ${systemMay('report_renderings', 'select', ['contractor_id', 'report_id', 'number', 'step_at'])}

      -- Versions on their way to people. It may be wanted before its version is frozen.
      create table report_deliveries (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        report_id uuid not null,
        number integer not null check (number > 0),
        recipient text not null,
        state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'refused', 'unclear')),
        tries integer not null default 0 check (tries >= 0),
        -- When the server waited for the letter: from then on it may arrive. Null: not a byte of it has left in this try.
        data_at timestamptz,
        answer text,
        sent_at timestamptz,
        -- Of what is queued: when to try. Of what is being sent: when its worker counts as dead.
        step_at timestamptz,
        created_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, report_id, number, recipient),
        foreign key (contractor_id, client_id, report_id) references reports (contractor_id, client_id, id),
        check ((state in ('queued', 'sending')) = (step_at is not null)),
        check ((state = 'sent') = (sent_at is not null)),
        check (data_at is null or state = 'sending')
      );
      create index report_deliveries_step on report_deliveries (step_at) where step_at is not null;
      ${tenantTable({ table: 'report_deliveries', client: 'column', app: ['select', 'insert', 'update'] })}
      ${systemMay('report_deliveries', 'select', ['contractor_id', 'id', 'step_at'])}

      -- Links to pages of reports, for people without a log-in. Of a letter it has the id of the delivery.
      create table report_links (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        report_id uuid not null,
        number integer not null,
        -- Null: a letter carries it.
        made_by uuid,
        recipient text,
        expires_at timestamptz not null,
        uses integer not null default 0,
        used_at timestamptz,
        revoked_at timestamptz,
        revoked_by uuid,
        created_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        foreign key (contractor_id, client_id, report_id, number) references report_versions (contractor_id, client_id, report_id, number),
        foreign key (contractor_id, made_by) references members (contractor_id, id),
        foreign key (contractor_id, revoked_by) references members (contractor_id, id),
        check ((made_by is null) = (recipient is not null)),
        check ((uses = 0) = (used_at is null)),
        check ((revoked_at is null) = (revoked_by is null))
      );
      create index report_links_report on report_links (contractor_id, report_id, id);
      ${tenantTable({ table: 'report_links', client: 'column', app: ['select', 'insert', 'update'] })}

      -- What is reported by itself, and to whom it is sent.
      create table report_schedules (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        -- Null: every contract of the client.
        contract_id uuid,
        rhythm text not null check (rhythm in ('monthly', 'weekly', 'stage')),
        working_day integer not null check (working_day between 1 and 10),
        recipients text[] not null,
        -- First day of the period that is next; null of stages, which an event tells of.
        next_starts_on date,
        -- When its period is due; of stages when to look for one that nobody told of.
        step_at timestamptz not null,
        version integer not null default 1,
        created_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique nulls not distinct (contractor_id, client_id, contract_id, rhythm),
        foreign key (contractor_id, client_id) references clients (contractor_id, id),
        foreign key (contractor_id, client_id, contract_id) references contracts (contractor_id, client_id, id),
        check ((rhythm = 'stage') = (next_starts_on is null))
      );
      create index report_schedules_step on report_schedules (step_at);
      ${tenantTable({ table: 'report_schedules', client: 'column', app: ['select', 'insert', 'update', 'delete'] })}
      ${systemMay('report_schedules', 'select', ['contractor_id', 'id', 'step_at'])}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
