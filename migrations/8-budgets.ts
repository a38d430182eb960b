import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemMay, tenantTable } from './row-level-security.js';

export class Budgets1764000000008 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- What each network takes. Rows of an operator's: he may raise them when he knows better.
      create table network_budgets (
        network text primary key check (network in ('vk', 'ok')),
        -- All publications of this installation together. Neither network documents such a limit, so it is generous.
        per_second real not null check (per_second > 0),
        -- At least what comes together between two looks of the dispatcher, or the bucket starves.
        burst real not null check (burst >= 1),
        -- One page, whichever secret is used.
        page_per_second real not null check (page_per_second > 0),
        -- VK: 500 posts a day on one wall. OK documents none.
        page_posts_per_day integer check (page_posts_per_day > 0),
        -- When the next one conforms, as in the generic cell rate algorithm.
        tat timestamptz not null default '-infinity',
        -- When the longest row had its last turn out of order.
        for_longest_at timestamptz not null default '-infinity'
      );
      insert into network_budgets (network, per_second, burst, page_per_second, page_posts_per_day)
      values ('vk', 200, 30, 20, 500), ('ok', 200, 30, 2, null);
      grant select, update (tat, for_longest_at) on network_budgets to vestnik_system;
      grant select (network, page_posts_per_day) on network_budgets to vestnik_app;

      -- Calls a second that one secret of this kind may make. VK documents 20 for a community's and 3 for a user's or a
      -- service's token; OK documents nothing, 2 is a careful beginning.
      create table credential_rates (
        network text not null references network_budgets (network),
        credential text not null,
        per_second real not null check (per_second > 0),
        primary key (network, credential)
      );
      insert into credential_rates (network, credential, per_second)
      values ('vk', 'communityToken', 20), ('vk', 'userToken', 3), ('vk', 'serviceToken', 3), ('ok', 'accessToken', 2);
      grant select on credential_rates to vestnik_app, vestnik_system;
    `);
    await db.query(`
      -- One secret may serve many pages: what they spend together. The key is a fingerprint, never the secret.
      create table credential_budgets (
        contractor_id uuid not null references contractors (contractor_id),
        key text not null,
        network text not null,
        credential text not null,
        -- When the dispatcher may give the next turn, and when the next request may leave.
        tat timestamptz not null default '-infinity',
        leaves_at timestamptz not null default '-infinity',
        primary key (contractor_id, key)
      );
      ${tenantTable({ table: 'credential_budgets', client: 'none', app: ['select', 'insert', 'update'] })}
      ${systemMay('credential_budgets', 'select', ['contractor_id', 'key', 'network', 'credential', 'tat', 'leaves_at'])}
      ${systemMay('credential_budgets', 'delete')}
      ${systemMay('credential_budgets', 'update', ['tat'])}

      -- A page's place in the round, and until when the network wants to be left alone.
      create table page_lanes (
        contractor_id uuid not null,
        page_id uuid not null,
        client_id uuid not null,
        tat timestamptz not null default '-infinity',
        served_at timestamptz not null default '-infinity',
        parked_at timestamptz,
        parked_until timestamptz,
        park_reason jsonb,
        primary key (contractor_id, page_id),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id),
        check ((parked_until is null) = (park_reason is null))
      );
      ${tenantTable({ table: 'page_lanes', client: 'column', app: ['select', 'insert', 'update'] })}
      ${systemMay('page_lanes', 'select', ['contractor_id', 'page_id', 'client_id', 'tat', 'served_at', 'parked_until'])}
      ${systemMay('page_lanes', 'insert', ['contractor_id', 'page_id', 'client_id', 'tat', 'served_at'])}
      ${systemMay('page_lanes', 'update', ['tat', 'served_at'])}

      -- A contractor's place in the round.
      create table contractor_lanes (
        contractor_id uuid primary key references contractors (contractor_id),
        served_at timestamptz not null default '-infinity'
      );
      ${tenantTable({ table: 'contractor_lanes', client: 'none', app: ['select'] })}
      ${systemMay('contractor_lanes', 'select', ['contractor_id', 'served_at'])}
      ${systemMay('contractor_lanes', 'insert', ['contractor_id', 'served_at'])}
      ${systemMay('contractor_lanes', 'update', ['served_at'])}
    `);
    await db.query(`
      -- Which credential_budgets row a publication draws on, known once it is prepared; null: the page's budget alone.
      alter table publications add column budget_key text;
      grant select (client_id, budget_key, max_lateness) on publications to vestnik_system;
      -- What is due on one network, at the cost of what is due and not of what is scheduled. Not concurrently, as long as
      -- no installation has many publications.
      -- squawk-ignore require-concurrent-index-creation
      create index publications_turn on publications (network, next_try_at) where state = 'scheduled';
      -- squawk-ignore require-concurrent-index-deletion
      drop index publications_due;
      -- squawk-ignore require-concurrent-index-creation
      create index publications_in_flight on publications (network, contractor_id, page_id) where state in ('claimed', 'sending');
      -- squawk-ignore require-concurrent-index-creation
      create index publications_page_day on publications (contractor_id, page_id, due_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
