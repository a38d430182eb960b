import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

export class Publishing1764000000007 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table publications (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        post_id uuid not null,
        page_id uuid not null,
        network text not null check (network in ('vk', 'ok')),
        -- Which showing of the post on this page: the first, a later repeat.
        slot integer not null default 1,
        state text not null default 'scheduled'
          check (state in ('scheduled', 'claimed', 'sending', 'published', 'refused', 'unclear', 'held', 'byHand', 'withdrawn', 'abandoned', 'deleted')),
        due_at timestamptz not null,
        planned_local text not null,
        time_zone text not null,
        -- What exactly goes out: the version and the hash that were approved when it was scheduled.
        post_version integer not null,
        content_hash text not null,
        on_ambiguity text not null default 'hold' check (on_ambiguity in ('hold', 'resend')),
        max_lateness interval not null default '2 hours',
        -- When to try next: due_at, or later after a network's "not now".
        next_try_at timestamptz not null,
        rung_at timestamptz,
        -- When its photos were uploaded; nothing public happens by that.
        prepared_at timestamptz,
        prepare_rung_at timestamptz,
        tries integer not null default 0,
        fence integer not null default 0,
        lease_until timestamptz,
        send_deadline timestamptz,
        -- The same marker in every attempt: VK drops a repeat with a known guid.
        marker text not null,
        first_sent_at timestamptz,
        -- A repeat that counts on VK's memory of the marker may begin until then.
        repeat_until timestamptz,
        -- It may stand on the page, and nobody has found out; true of whatever is unclear, and of what is held because looking failed.
        in_doubt boolean not null default false,
        -- From when on what the page shows says something about the last send.
        settles_at timestamptz,
        looks integer not null default 0,
        next_look_at timestamptz,
        withdraw_requested_at timestamptz,
        reason jsonb,
        external_id text,
        url text,
        published_at timestamptz,
        -- What a check found to differ from what was published; null while it is as it was.
        drift text check (drift in ('edited', 'deleted')),
        next_check_at timestamptz,
        scheduled_by uuid not null,
        version integer not null default 1,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, client_id, id),
        unique (contractor_id, post_id, page_id, slot),
        unique (contractor_id, page_id, external_id),
        foreign key (contractor_id, client_id, post_id) references posts (contractor_id, client_id, id),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id),
        foreign key (contractor_id, post_id, post_version) references post_versions (contractor_id, post_id, number),
        foreign key (contractor_id, scheduled_by) references members (contractor_id, id),
        check ((state in ('published', 'deleted')) <= (external_id is not null)),
        check ((state = 'unclear') <= (in_doubt and settles_at is not null)),
        check (in_doubt <= (state in ('unclear', 'held'))),
        check ((state in ('claimed', 'sending')) = (lease_until is not null))
      );
      create index publications_list on publications (contractor_id, client_id, id);
      create index publications_post on publications (contractor_id, post_id);
      create index publications_due on publications (next_try_at, contractor_id) where state = 'scheduled';
      create index publications_to_prepare on publications (due_at) where state = 'scheduled' and prepared_at is null;
      create index publications_leased on publications (lease_until) where state in ('claimed', 'sending');
      create index publications_unclear on publications (next_look_at) where state = 'unclear';
      create index publications_to_check on publications (published_at) where state = 'published';
      create index publications_to_delete on publications (next_look_at) where state = 'published' and withdraw_requested_at is not null;
      ${tenantTable({ table: 'publications', client: 'column', app: ['select', 'insert', 'update'] })}
      ${systemMay('publications', 'select', [
        'contractor_id',
        'id',
        'page_id',
        'network',
        'state',
        'due_at',
        'next_try_at',
        'rung_at',
        'prepared_at',
        'prepare_rung_at',
        'lease_until',
        'next_look_at',
        'withdraw_requested_at',
      ])}
      ${systemMay('publications', 'update', ['rung_at', 'prepare_rung_at'])}

      create table publication_attempts (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        publication_id uuid not null,
        number integer not null,
        fence integer not null,
        marker text not null,
        request_sha256 text,
        started_at timestamptz not null default app_now(),
        sent_at timestamptz,
        ended_at timestamptz,
        outcome text check (outcome in ('published', 'refused', 'retryLater', 'credentialLost', 'needsPerson', 'unclear', 'released', 'fenced')),
        reason jsonb,
        external_id text,
        url text,
        primary key (contractor_id, id),
        unique (contractor_id, publication_id, number),
        foreign key (contractor_id, client_id, publication_id) references publications (contractor_id, client_id, id),
        check ((ended_at is null) = (outcome is null))
      );
      ${tenantTable({ table: 'publication_attempts', client: 'column', app: ['select', 'insert', 'update'] })}

      -- Attachment ids that the network gave for a publication's photos, before it is due.
      create table publication_uploads (
        contractor_id uuid not null,
        client_id uuid not null,
        publication_id uuid not null,
        position integer not null,
        media_sha256 text not null,
        attachment text not null,
        uploaded_at timestamptz not null default app_now(),
        primary key (contractor_id, publication_id, position),
        foreign key (contractor_id, client_id, publication_id) references publications (contractor_id, client_id, id)
      );
      ${tenantTable({ table: 'publication_uploads', client: 'column', app: ['select', 'insert', 'update', 'delete'] })}

      -- What was looked for and found when an outcome was unclear.
      create table publication_looks (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        publication_id uuid not null,
        looked_at timestamptz not null default app_now(),
        result text not null check (result in ('found', 'absent', 'several', 'noControl', 'failed')),
        seen integer not null,
        matches jsonb not null,
        reason jsonb,
        primary key (contractor_id, id),
        foreign key (contractor_id, client_id, publication_id) references publications (contractor_id, client_id, id)
      );
      create index publication_looks_publication on publication_looks (contractor_id, publication_id, id);
      ${tenantTable({ table: 'publication_looks', client: 'column', app: ['select', 'insert'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
