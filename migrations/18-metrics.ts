import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

/** Null in each of them: the network did not tell, and `gaps` says why. */
const OF_POSTS = `views integer, reach integer, reach_subscribers integer, likes integer, comments integer, reposts integer,
        link_clicks integer, hides integer,`;
const OF_DAYS = `reach integer, reach_subscribers integer, views integer, visitors integer, likes integer, comments integer,
        reposts integer, joined integer, lost integer,`;

export class Metrics1764000000018 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- What a network said of a post at an instant. Never changed: whoever doubts a figure finds what it was made of.
      create table post_snapshots (
        contractor_id uuid not null,
        publication_id uuid not null,
        taken_at timestamptz not null,
        client_id uuid not null,
        page_id uuid not null,
        ${OF_POSTS}
        gaps jsonb not null,
        primary key (contractor_id, publication_id, taken_at),
        foreign key (contractor_id, client_id, publication_id) references publications (contractor_id, client_id, id),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id)
      );
      ${tenantTable({ table: 'post_snapshots', client: 'column', app: ['select', 'insert'] })}

      create table page_snapshots (
        contractor_id uuid not null,
        page_id uuid not null,
        taken_at timestamptz not null,
        client_id uuid not null,
        members integer,
        -- People reached in the last week that the network has counted to its end.
        week_reach integer,
        gaps jsonb not null,
        primary key (contractor_id, page_id, taken_at),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id)
      );
      ${tenantTable({ table: 'page_snapshots', client: 'column', app: ['select', 'insert'] })}

      -- What a network said of one of its days. It corrects days for a while, so there is a row for each thing that it said.
      create table page_day_readings (
        contractor_id uuid not null,
        page_id uuid not null,
        day date not null,
        taken_at timestamptz not null,
        client_id uuid not null,
        ${OF_DAYS}
        primary key (contractor_id, page_id, day, taken_at),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id)
      );
      ${tenantTable({ table: 'page_day_readings', client: 'column', app: ['select', 'insert'] })}

      -- As with days; from Monday to Sunday, and named by the Sunday.
      create table page_week_readings (
        contractor_id uuid not null,
        page_id uuid not null,
        ends_on date not null check (extract(isodow from ends_on) = 7),
        taken_at timestamptz not null,
        client_id uuid not null,
        reach integer not null check (reach >= 0),
        -- Subscribers when it was told.
        members integer,
        primary key (contractor_id, page_id, ends_on, taken_at),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id)
      );
      ${tenantTable({ table: 'page_week_readings', client: 'column', app: ['select', 'insert'] })}

      -- Made of the snapshots alone, bucket by bucket; a bucket without a snapshot has no row.
      create table post_rollups (
        contractor_id uuid not null,
        publication_id uuid not null,
        unit text not null check (unit in ('hour', 'day')),
        starts_at timestamptz not null,
        -- Whoever keeps copies knows the bucket by it; made here, because buckets are written by the thousand.
        id uuid not null default uuidv7(),
        client_id uuid not null,
        page_id uuid not null,
        ${OF_POSTS}
        snapshots integer not null,
        -- Counters that are lower than they were in the snapshot before.
        fell text[] not null,
        primary key (contractor_id, publication_id, unit, starts_at),
        foreign key (contractor_id, client_id, publication_id) references publications (contractor_id, client_id, id)
      );
      ${tenantTable({ table: 'post_rollups', client: 'column', app: ['select', 'insert', 'update'] })}

      create table page_rollups (
        contractor_id uuid not null,
        page_id uuid not null,
        unit text not null check (unit in ('hour', 'day')),
        starts_at timestamptz not null,
        id uuid not null default uuidv7(),
        client_id uuid not null,
        members integer,
        week_reach integer,
        snapshots integer not null,
        primary key (contractor_id, page_id, unit, starts_at),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id)
      );
      ${tenantTable({ table: 'page_rollups', client: 'column', app: ['select', 'insert', 'update'] })}

      -- One round of collecting for each page: when it is due, and what came of the last.
      create table page_collections (
        contractor_id uuid not null,
        page_id uuid not null,
        client_id uuid not null,
        -- Null: nothing can be collected until the page is connected again.
        next_at timestamptz,
        -- A fingerprint of the secret that reads posts: pages that share it share calls.
        reads_with text,
        parked_until timestamptz,
        parked_why jsonb,
        days_read_at timestamptz,
        collected_at timestamptz,
        -- Why a number is missing, by its name, as of the last round.
        post_gaps jsonb not null default '{}',
        page_gaps jsonb not null default '{}',
        primary key (contractor_id, page_id),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id)
      );
      -- Pages that were connected before numbers were collected, within an hour. Nobody but a tenant sees pages, so their owner may now.
      alter table pages no force row level security;
      insert into page_collections (contractor_id, client_id, page_id, next_at)
        select contractor_id, client_id, id, app_now() + random() * interval '1 hour' from pages where status = 'connected';
      alter table pages force row level security;
      create index page_collections_next on page_collections (next_at) where next_at is not null;
      create index page_collections_secret on page_collections (contractor_id, reads_with, next_at) where next_at is not null;
      ${tenantTable({ table: 'page_collections', client: 'column', app: ['select', 'insert', 'update'] })}
      ${systemMay('page_collections', 'select', ['contractor_id', 'page_id', 'next_at', 'reads_with'])}
      ${systemMay('page_collections', 'update', ['next_at'])}

      -- How a contractor scores pages. A version is never changed; version 1 is in the code.
      create table scoring_models (
        contractor_id uuid not null,
        version integer not null check (version > 1),
        name text not null,
        origin text not null,
        items jsonb not null,
        created_by uuid not null,
        created_at timestamptz not null default app_now(),
        primary key (contractor_id, version),
        foreign key (contractor_id, created_by) references members (contractor_id, id)
      );
      ${tenantTable({ table: 'scoring_models', client: 'none', app: ['select', 'insert'] })}

      -- What a person saw on a page where no network tells. The newest counts; older ones stay.
      create table page_checks (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        page_id uuid not null,
        subject text not null,
        value integer not null check (value >= 0),
        note text,
        checked_by uuid not null,
        checked_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id),
        foreign key (contractor_id, checked_by) references members (contractor_id, id)
      );
      create index page_checks_page on page_checks (contractor_id, page_id, id);
      ${tenantTable({ table: 'page_checks', client: 'column', app: ['select', 'insert'] })}

      -- A page's score on a day of its zone. The newest of a day counts: what was known before stays readable.
      create table page_audits (
        contractor_id uuid not null,
        page_id uuid not null,
        day date not null,
        audited_at timestamptz not null,
        client_id uuid not null,
        model_version integer not null,
        score integer not null check (score >= 0),
        most integer not null check (most >= score),
        profile jsonb not null,
        findings jsonb not null,
        primary key (contractor_id, page_id, day, audited_at),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id)
      );
      ${tenantTable({ table: 'page_audits', client: 'column', app: ['select', 'insert'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
