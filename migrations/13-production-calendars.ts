import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './row-level-security.js';

export class ProductionCalendars1764000000013 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- A year of working days as somebody has loaded it. Rows are never changed: deadlines that were computed from one must
      -- stay explicable. The newest of a year and place counts.
      create table production_calendars (
        contractor_id uuid not null,
        id uuid not null,
        year integer not null check (year between 2020 and 2100),
        -- Null: the whole country.
        region_code text check (region_code ~ '^[0-9]{2}$'),
        status text not null check (status in ('official', 'draft')),
        source text not null,
        weekdays_off date[] not null,
        working_weekends date[] not null,
        loaded_by uuid not null,
        loaded_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        foreign key (contractor_id, loaded_by) references members (contractor_id, id)
      );
      create index production_calendars_newest on production_calendars (contractor_id, year, region_code, id desc);
      ${tenantTable({ table: 'production_calendars', client: 'none', app: ['select', 'insert'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
