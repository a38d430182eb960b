import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './row-level-security.js';

export class Handover1764000000017 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- What is handed over when a contract ends. What the machine sees by itself (is the page disconnected?) is not written here.
      create table handover_items (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        contract_id uuid not null,
        -- Null: of the contract as a whole.
        page_id uuid,
        code text not null,
        -- In the order of the list.
        ordinal integer not null,
        state text not null default 'open' check (state in ('open', 'done', 'waived')),
        note text,
        settled_by uuid,
        settled_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        unique nulls not distinct (contractor_id, contract_id, code, page_id),
        foreign key (contractor_id, client_id, contract_id) references contracts (contractor_id, client_id, id),
        foreign key (contractor_id, client_id, page_id) references pages (contractor_id, client_id, id),
        foreign key (contractor_id, settled_by) references members (contractor_id, id),
        check ((state = 'open') = (settled_by is null)),
        check ((state = 'open') = (settled_at is null)),
        check ((state = 'waived') <= (note is not null))
      );
      ${tenantTable({ table: 'handover_items', client: 'column', app: ['select', 'insert', 'update'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
