import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

export class Edits1764000000011 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Changes of published posts on their pages: what stands there is to say what was approved afterwards.
      create table publication_edits (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        publication_id uuid not null,
        state text not null default 'waiting' check (state in ('waiting', 'sending', 'unclear', 'applied', 'refused', 'held')),
        -- What it is to say, and what it said when this was asked for.
        post_version integer not null,
        content_hash text not null,
        version_before integer not null,
        next_try_at timestamptz not null default app_now(),
        rung_at timestamptz,
        tries integer not null default 0,
        fence integer not null default 0,
        lease_until timestamptz,
        -- Whether the page itself showed the new content; null when it could not be read.
        verified boolean,
        reason jsonb,
        requested_by uuid not null,
        requested_at timestamptz not null default app_now(),
        ended_at timestamptz,
        primary key (contractor_id, id),
        unique (contractor_id, client_id, id),
        foreign key (contractor_id, client_id, publication_id) references publications (contractor_id, client_id, id),
        foreign key (contractor_id, requested_by) references members (contractor_id, id),
        check ((state = 'sending') = (lease_until is not null)),
        check ((state in ('applied', 'refused', 'held')) = (ended_at is not null))
      );
      create index publication_edits_publication on publication_edits (contractor_id, publication_id, id);
      -- One at a time.
      create unique index publication_edits_open on publication_edits (contractor_id, publication_id)
        where state in ('waiting', 'sending', 'unclear');
      create index publication_edits_due on publication_edits (next_try_at) where state in ('waiting', 'sending', 'unclear');
      ${tenantTable({ table: 'publication_edits', client: 'column', app: ['select', 'insert', 'update'] })}
      ${systemMay('publication_edits', 'select', ['contractor_id', 'id', 'state', 'next_try_at', 'rung_at', 'lease_until'])}
      ${systemMay('publication_edits', 'update', ['rung_at'])}

      create table publication_edit_attempts (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        edit_id uuid not null,
        number integer not null,
        fence integer not null,
        request_sha256 text not null,
        sent_at timestamptz not null default app_now(),
        ended_at timestamptz,
        outcome text check (outcome in ('edited', 'refused', 'retryLater', 'credentialLost', 'needsPerson', 'unclear', 'fenced')),
        reason jsonb,
        primary key (contractor_id, id),
        unique (contractor_id, edit_id, number),
        foreign key (contractor_id, client_id, edit_id) references publication_edits (contractor_id, client_id, id),
        check ((ended_at is null) = (outcome is null))
      );
      ${tenantTable({ table: 'publication_edit_attempts', client: 'column', app: ['select', 'insert', 'update'] })}

      -- Attachment ids of what an edit brings along; those that the publication has already stay where they are.
      create table publication_edit_uploads (
        contractor_id uuid not null,
        client_id uuid not null,
        edit_id uuid not null,
        position integer not null,
        media_sha256 text not null,
        attachment text not null,
        uploaded_at timestamptz not null default app_now(),
        primary key (contractor_id, edit_id, position),
        foreign key (contractor_id, client_id, edit_id) references publication_edits (contractor_id, client_id, id)
      );
      ${tenantTable({ table: 'publication_edit_uploads', client: 'column', app: ['select', 'insert', 'update'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
