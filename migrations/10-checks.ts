import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

export class Checks1764000000010 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- How a published post looked on the page at each check. Never changed.
      create table publication_snapshots (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        publication_id uuid not null,
        taken_at timestamptz not null default app_now(),
        result text not null check (result in ('same', 'edited', 'deleted')),
        text text,
        photo_count integer,
        -- SHA-256 over text and attachments as the network showed them.
        sha256 text,
        primary key (contractor_id, id),
        foreign key (contractor_id, client_id, publication_id) references publications (contractor_id, client_id, id)
      );
      create index publication_snapshots_publication on publication_snapshots (contractor_id, publication_id, id);
      ${tenantTable({ table: 'publication_snapshots', client: 'column', app: ['select', 'insert'] })}
      grant update (next_check_at) on publications to vestnik_system;
      grant select (published_at, next_check_at) on publications to vestnik_system;

      -- Posts on our pages that we did not publish. Only people can say who wrote them.
      create table outside_posts (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        page_id uuid not null,
        external_id text not null,
        url text not null,
        published_at timestamptz not null,
        by_page boolean not null,
        origin text not null default 'unknown' check (origin in ('client', 'regionalBroadcast', 'contractorByHand', 'unknown')),
        -- A publication of ours that says the same: the network, or somebody, posted it twice.
        duplicate_of uuid,
        seen_at timestamptz not null default app_now(),
        version integer not null default 1,
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, page_id, external_id),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id),
        foreign key (contractor_id, client_id, duplicate_of) references publications (contractor_id, client_id, id)
      );
      create index outside_posts_list on outside_posts (contractor_id, client_id, id);
      ${tenantTable({ table: 'outside_posts', client: 'column', app: ['select', 'insert', 'update'] })}

      -- When each page was last compared with what we know.
      create table page_reconciliations (
        contractor_id uuid not null,
        page_id uuid not null,
        client_id uuid not null,
        next_at timestamptz not null,
        primary key (contractor_id, page_id),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id)
      );
      create index page_reconciliations_next on page_reconciliations (next_at);
      ${tenantTable({ table: 'page_reconciliations', client: 'column', app: ['select', 'insert', 'update'] })}
      ${systemMay('page_reconciliations', 'select')}
      ${systemMay('page_reconciliations', 'update', ['next_at'])}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
