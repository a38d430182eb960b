import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './row-level-security.js';

export class Decisions1764000000009 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- What people decided about publications that the machine could not settle. Never changed.
      create table publication_decisions (
        contractor_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        publication_id uuid not null,
        decision text not null check (decision in ('adopt', 'sendAgain', 'giveUp')),
        state_before text not null,
        url text,
        -- Whether the network itself showed the adopted post, and whether its text is the approved one.
        verified boolean,
        text_matches boolean,
        comment text,
        decided_by uuid not null,
        decided_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        foreign key (contractor_id, client_id, publication_id) references publications (contractor_id, client_id, id),
        foreign key (contractor_id, decided_by) references members (contractor_id, id),
        check ((decision = 'adopt') = (url is not null))
      );
      create index publication_decisions_publication on publication_decisions (contractor_id, publication_id, id);
      ${tenantTable({ table: 'publication_decisions', client: 'column', app: ['select', 'insert'] })}

      -- Mourning, emergency, election silence: nothing goes out meanwhile.
      create table quiet_periods (
        contractor_id uuid not null,
        id uuid not null,
        -- Null: every client of the contractor, or every one in the region.
        client_id uuid,
        region_code text check (region_code ~ '^[0-9]{2}$'),
        kind text not null check (kind in ('mourning', 'emergency', 'electionSilence', 'other')),
        title text not null,
        starts_at timestamptz not null,
        -- Null: until somebody ends it.
        ends_at timestamptz,
        created_by uuid not null,
        created_at timestamptz not null default app_now(),
        version integer not null default 1,
        updated_at timestamptz not null default app_now(),
        primary key (contractor_id, id),
        foreign key (contractor_id, client_id) references clients (contractor_id, id),
        foreign key (contractor_id, created_by) references members (contractor_id, id),
        check (ends_at is null or starts_at < ends_at),
        check (client_id is null or region_code is null)
      );
      create index quiet_periods_now on quiet_periods (contractor_id, starts_at);
      ${tenantTable({ table: 'quiet_periods', client: 'optional', app: ['select', 'insert', 'update'] })}

      create function in_quiet_period(of_contractor uuid, of_client uuid, at timestamptz) returns boolean language sql stable as $$
        select exists (
          select 1 from quiet_periods q
          where q.contractor_id = of_contractor
            and case when q.region_code is null then q.client_id is null or q.client_id = of_client
              else exists (select 1 from clients c where c.contractor_id = of_contractor and c.id = of_client
                and c.region_code = q.region_code) end
            and q.starts_at <= at and (q.ends_at is null or at < q.ends_at))
      $$;
      grant execute on function in_quiet_period(uuid, uuid, timestamptz) to vestnik_app;
    `);
    // Everybody in the contractor may see that a period holds his client's posts, also a period of the whole contractor.
    await db.query(`
      drop policy quiet_periods_tenant on quiet_periods;
      create policy quiet_periods_read on quiet_periods for select to vestnik_app
        using (contractor_id = (select app_contractor_id())
          and (client_id is null or (select app_sees_all_clients()) or client_id = any ((select app_client_ids())::uuid[])));
      create policy quiet_periods_write on quiet_periods for insert to vestnik_app
        with check (contractor_id = (select app_contractor_id())
          and ((select app_sees_all_clients()) or client_id = any ((select app_client_ids())::uuid[])));
      create policy quiet_periods_change on quiet_periods for update to vestnik_app
        using (contractor_id = (select app_contractor_id())
          and ((select app_sees_all_clients()) or client_id = any ((select app_client_ids())::uuid[])))
        with check (contractor_id = (select app_contractor_id())
          and ((select app_sees_all_clients()) or client_id = any ((select app_client_ids())::uuid[])));
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
