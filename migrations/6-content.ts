import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './row-level-security.js';

export class Content1764000000006 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table media (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        file_name text not null,
        -- By content, never by name; which types there are says the code.
        kind text not null check (kind in ('photo', 'video', 'document')),
        type text not null,
        -- What the public sees of its name; photos have none.
        title text,
        bytes integer not null check (bytes > 0),
        width integer check (width > 0),
        height integer check (height > 0),
        sha256 text not null,
        storage_key text not null,
        uploaded_by uuid not null,
        created_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, client_id, id),
        foreign key (contractor_id, client_id) references clients (contractor_id, id),
        foreign key (contractor_id, uploaded_by) references members (contractor_id, id),
        check ((kind = 'photo') = (width is not null and height is not null)),
        check ((kind = 'photo') = (title is null))
      );
      create index media_client on media (contractor_id, client_id, id);
      ${tenantTable({ table: 'media', client: 'column', app: ['select', 'insert'] })}

      create table posts (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        title text not null,
        author_id uuid not null,
        status text not null default 'draft' check (status in ('draft', 'agencyReview', 'clientReview', 'approved', 'changesRequested')),
        current_version integer not null default 1,
        -- Hash of the approved content; set together with the client's approval, cleared by any edit.
        approved_hash text,
        -- Set when the first of its publications begins to be sent: from then on the content can't change.
        locked_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, client_id, id),
        unique (contractor_id, id, author_id),
        foreign key (contractor_id, client_id) references clients (contractor_id, id),
        foreign key (contractor_id, author_id) references members (contractor_id, id),
        check ((status = 'approved') = (approved_hash is not null))
      );
      create index posts_client on posts (contractor_id, client_id, id);
      ${tenantTable({ table: 'posts', client: 'column', app: ['select', 'insert', 'update'] })}

      -- What a post said at each edit. Never changed, so an approval always points at what was seen.
      create table post_versions (
        contractor_id uuid not null,
        post_id uuid not null,
        client_id uuid not null,
        number integer not null,
        author_id uuid not null,
        content_hash text not null,
        created_at timestamptz not null default app_now(),
        primary key (contractor_id, post_id, number),
        unique (contractor_id, client_id, post_id, number),
        unique (contractor_id, post_id, number, author_id, content_hash),
        foreign key (contractor_id, client_id, post_id) references posts (contractor_id, client_id, id),
        foreign key (contractor_id, author_id) references members (contractor_id, id)
      );
      ${tenantTable({ table: 'post_versions', client: 'column', app: ['select', 'insert'] })}

      create table post_variants (
        contractor_id uuid not null,
        post_id uuid not null,
        client_id uuid not null,
        number integer not null,
        network text not null check (network in ('vk', 'ok')),
        text text not null,
        link text,
        -- Question, answers, and what a voter may do.
        poll jsonb,
        primary key (contractor_id, post_id, number, network),
        foreign key (contractor_id, client_id, post_id, number) references post_versions (contractor_id, client_id, post_id, number)
      );
      ${tenantTable({ table: 'post_variants', client: 'column', app: ['select', 'insert'] })}

      create table post_media (
        contractor_id uuid not null,
        post_id uuid not null,
        client_id uuid not null,
        number integer not null,
        position integer not null check (position between 0 and 9),
        media_id uuid not null,
        primary key (contractor_id, post_id, number, position),
        unique (contractor_id, post_id, number, media_id),
        foreign key (contractor_id, client_id, post_id, number) references post_versions (contractor_id, client_id, post_id, number),
        foreign key (contractor_id, client_id, media_id) references media (contractor_id, client_id, id)
      );
      ${tenantTable({ table: 'post_media', client: 'column', app: ['select', 'insert'] })}
    `);
    await db.query(`
      create table approvals (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        post_id uuid not null,
        number integer not null,
        content_hash text not null,
        step text not null check (step in ('agency', 'client')),
        decision text not null check (decision in ('approved', 'returned')),
        comment text,
        decided_by uuid not null,
        -- Copied through foreign keys, so that the checks below compare with the true authors.
        version_author_id uuid not null,
        post_author_id uuid not null,
        decided_at timestamptz not null default app_now(),
        voided_at timestamptz,
        void_reason text check (void_reason in ('edited', 'revoked')),
        primary key (contractor_id, id),
        foreign key (contractor_id, client_id, post_id) references posts (contractor_id, client_id, id),
        foreign key (contractor_id, post_id, number, version_author_id, content_hash)
          references post_versions (contractor_id, post_id, number, author_id, content_hash),
        foreign key (contractor_id, post_id, post_author_id) references posts (contractor_id, id, author_id),
        foreign key (contractor_id, decided_by) references members (contractor_id, id),
        constraint approvals_not_by_author check (decision = 'returned' or (decided_by <> version_author_id and decided_by <> post_author_id)),
        check (decision = 'approved' or length(comment) > 0),
        check ((voided_at is null) = (void_reason is null))
      );
      create index approvals_post on approvals (contractor_id, post_id, id);
      create unique index approvals_standing on approvals (contractor_id, post_id, step) where decision = 'approved' and voided_at is null;
      ${tenantTable({ table: 'approvals', client: 'column', app: ['select', 'insert', 'update'] })}

      -- A post is approved only while both approvals of exactly this content stand.
      create function posts_need_approvals() returns trigger language plpgsql as $$
      begin
        if new.approved_hash is not null and (
          select count(distinct step) from approvals a
          where a.contractor_id = new.contractor_id and a.post_id = new.id and a.content_hash = new.approved_hash
            and a.number = new.current_version and a.decision = 'approved' and a.voided_at is null) < 2 then
          raise exception 'a post needs the standing approvals of agency and client for this content' using errcode = '23514';
        end if;
        return new;
      end $$;
      create constraint trigger posts_need_approvals after insert or update of approved_hash, current_version on posts
        deferrable initially deferred for each row execute function posts_need_approvals();

      -- For publishing: do the approvals of exactly this content stand?
      create function post_is_approved(of_contractor uuid, of_post uuid, hash text) returns boolean language sql stable as $$
        select exists (select 1 from posts p where p.contractor_id = of_contractor and p.id = of_post and p.approved_hash = hash)
      $$;
      grant execute on function post_is_approved(uuid, uuid, text) to vestnik_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
