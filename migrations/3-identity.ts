import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

export class Identity1764000000003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- A login belongs to one contractor: the same e-mail may stand in several, and none of them learns of the others.
      create table members (
        contractor_id uuid not null references contractors,
        id uuid not null,
        email text not null check (email = lower(email)),
        name text not null,
        password_hash text not null,
        role text not null,
        -- True: sees every client, also future ones. Otherwise the rows of member_clients say which.
        all_clients boolean not null,
        status text not null default 'active' check (status in ('active', 'disabled')),
        version integer not null default 1,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique (contractor_id, email)
      );
      create index members_email on members (email);
      ${tenantTable({ table: 'members', client: 'none', app: ['select', 'insert', 'update'] })}
      ${systemMay('members', 'select', ['contractor_id', 'id', 'email', 'password_hash', 'status'])}

      create table member_clients (
        contractor_id uuid not null,
        member_id uuid not null,
        client_id uuid not null,
        primary key (contractor_id, member_id, client_id),
        foreign key (contractor_id, member_id) references members (contractor_id, id),
        foreign key (contractor_id, client_id) references clients (contractor_id, id)
      );
      ${tenantTable({ table: 'member_clients', client: 'column', app: ['select', 'insert', 'delete'] })}

      create table invitations (
        contractor_id uuid not null references contractors,
        id uuid not null,
        email text not null check (email = lower(email)),
        role text not null,
        all_clients boolean not null,
        client_ids uuid[] not null,
        token_hash text not null,
        invited_by uuid not null,
        expires_at timestamptz not null,
        accepted_at timestamptz,
        revoked_at timestamptz,
        created_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        foreign key (contractor_id, invited_by) references members (contractor_id, id)
      );
      ${tenantTable({ table: 'invitations', client: 'none', app: ['select', 'insert', 'update'] })}

      create table sessions (
        contractor_id uuid not null,
        id uuid not null,
        member_id uuid not null,
        created_at timestamptz not null default app_now(),
        expires_at timestamptz not null,
        ended_at timestamptz,
        end_reason text check (end_reason in ('loggedOut', 'tokenReused', 'memberDisabled', 'passwordChanged')),
        primary key (contractor_id, id),
        foreign key (contractor_id, member_id) references members (contractor_id, id)
      );
      create index sessions_member on sessions (contractor_id, member_id) where ended_at is null;
      ${tenantTable({ table: 'sessions', client: 'none', app: ['select', 'insert', 'update'] })}

      create table refresh_tokens (
        contractor_id uuid not null,
        token_hash text not null,
        session_id uuid not null,
        created_at timestamptz not null default app_now(),
        expires_at timestamptz not null,
        used_at timestamptz,
        primary key (contractor_id, token_hash),
        foreign key (contractor_id, session_id) references sessions (contractor_id, id)
      );
      create index refresh_tokens_session on refresh_tokens (contractor_id, session_id);
      ${tenantTable({ table: 'refresh_tokens', client: 'none', app: ['select', 'insert', 'update'] })}

      create table api_keys (
        contractor_id uuid not null references contractors,
        id uuid not null,
        name text not null,
        prefix text not null,
        secret_hash text not null,
        -- While the secret is exchanged the old one opens as well, until then.
        previous_hash text,
        previous_until timestamptz,
        scopes text[] not null,
        all_clients boolean not null,
        client_ids uuid[] not null,
        requests_per_minute integer not null check (requests_per_minute > 0),
        created_by uuid not null,
        created_at timestamptz not null default app_now(),
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz,
        primary key (contractor_id, id),
        foreign key (contractor_id, created_by) references members (contractor_id, id),
        check ((previous_hash is null) = (previous_until is null))
      );
      ${tenantTable({ table: 'api_keys', client: 'none', app: ['select', 'insert', 'update'] })}

      -- Requests of a key by the UTC day, those among them that its limit turned away.
      create table api_key_usage (
        contractor_id uuid not null,
        api_key_id uuid not null,
        day date not null,
        requests integer not null check (requests > 0),
        refused integer not null check (refused between 0 and requests),
        primary key (contractor_id, api_key_id, day),
        foreign key (contractor_id, api_key_id) references api_keys (contractor_id, id)
      );
      ${tenantTable({ table: 'api_key_usage', client: 'none', app: ['select', 'insert', 'update'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
