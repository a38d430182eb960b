import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual, MoreThanOrEqual } from 'typeorm';
import type { Tx } from '../../platform/database/work.js';
import type { Whereabouts } from '../publishing/publication-fact.js';
import type { Result } from './measuring/line.js';
import type { Totals } from './measuring/totals.js';
import { RequirementPeriodEntity } from './requirement-period.entity.js';

export interface ContractId {
  readonly contractorId: string;
  readonly contractId: string;
}

/** A period as the contract plans it, before anything is counted. */
export type PlannedPeriod = Pick<
  RequirementPeriodEntity,
  'id' | 'requirement' | 'contractVersion' | 'startsOn' | 'endsOn' | 'startsAt' | 'endsAt' | 'pageIds' | 'dueOn'
>;

export type Computed = Pick<
  Result,
  'planned' | 'done' | 'scheduled' | 'atRisk' | 'impossibleOn' | 'missed' | 'excused' | 'state' | 'dueOn' | 'provisional'
> & { readonly id: string; readonly recomputeAt: Date | null };

/** As `totalsOf`: what has no source is in no sum. */
const TOTALS = `count(*) filter (where done is null)::integer as "periodsWithoutSource",
  min(impossible_on) filter (where done is not null)::text as "impossibleOn",
  coalesce(sum(planned) filter (where done is not null), 0)::integer as planned, coalesce(sum(done), 0)::integer as done,
  coalesce(sum(scheduled) filter (where done is not null), 0)::integer as scheduled,
  coalesce(sum(at_risk) filter (where done is not null), 0)::integer as "atRisk",
  coalesce(sum(missed) filter (where done is not null), 0)::integer as missed,
  coalesce(sum(excused) filter (where done is not null), 0)::integer as excused`;

const TIME = { startsOn: 'ASC', requirement: 'ASC' } as const;

@Injectable()
export class RequirementPeriodStore {
  find(tx: Tx, contractorId: string, id: string): Promise<RequirementPeriodEntity | null> {
    return tx.findOneBy(RequirementPeriodEntity, { contractorId, id });
  }

  /** In order of time. @param of a line or a day narrows it */
  list(tx: Tx, contract: ContractId, of: { requirement?: string; on?: string } = {}): Promise<RequirementPeriodEntity[]> {
    const { requirement, on } = of;
    const lasting = on !== undefined && { startsOn: LessThanOrEqual(on), endsOn: MoreThanOrEqual(on) };
    return tx.find(RequirementPeriodEntity, {
      where: { ...contract, ...(requirement !== undefined && { requirement }), ...lasting },
      order: TIME,
    });
  }

  /** What many contracts owe together, each; one without requirements is absent. As `totalsOf` of its periods. */
  async totalsOf(tx: Tx, contractorId: string, contractIds: readonly string[]): Promise<(Totals & { contractId: string })[]> {
    return tx.query(
      `select contract_id as "contractId", ${TOTALS}
       from requirement_periods where contractor_id = $1 and contract_id = any($2) group by contract_id order by contract_id`,
      [contractorId, contractIds],
    );
  }

  /** Of many contracts: the last days of periods in which something is missing, or will be at the present pace. */
  troublesOf(tx: Tx, contractorId: string, contractIds: readonly string[]): Promise<{ contractId: string; endsOn: string }[]> {
    return tx.query(
      `select distinct contract_id as "contractId", ends_on::text as "endsOn" from requirement_periods
       where contractor_id = $1 and contract_id = any($2) and done is not null and (at_risk > 0 or missed > 0)
       order by contract_id, "endsOn"`,
      [contractorId, contractIds],
    );
  }

  /** What is due of a contract. No fact that comes from now on is overlooked: whoever brings it waits, and marks the row again. */
  lockDue(
    tx: Tx,
    { contractorId, contractId }: ContractId,
  ): Promise<Pick<RequirementPeriodEntity, 'id' | 'requirement' | 'startsOn' | 'state'>[]> {
    return tx.query(
      `select id, requirement, starts_on::text as "startsOn", state from requirement_periods
       where contractor_id = $1 and contract_id = $2 and recompute_at <= app_now() order by id for update`,
      [contractorId, contractId],
    );
  }

  /** Lays periods out, or what is new about them; each is computed soon. */
  async plan(tx: Tx, key: ContractId & { clientId: string }, periods: readonly PlannedPeriod[]): Promise<void> {
    await tx.query(
      `insert into requirement_periods as p (contractor_id, contract_id, client_id, id, requirement, contract_version, starts_on, ends_on,
         starts_at, ends_at, page_ids, due_on, recompute_at)
       select $1, $2, $3, id, requirement, "contractVersion", "startsOn", "endsOn", "startsAt", "endsAt", "pageIds", "dueOn", app_now()
       from jsonb_to_recordset($4::jsonb) as r (id uuid, requirement text, "contractVersion" integer, "startsOn" date, "endsOn" date,
         "startsAt" timestamptz, "endsAt" timestamptz, "pageIds" uuid[], "dueOn" date)
       on conflict (contractor_id, contract_id, requirement, starts_on) do update set contract_version = excluded.contract_version,
         ends_on = excluded.ends_on, ends_at = excluded.ends_at, page_ids = excluded.page_ids, recompute_at = excluded.recompute_at`,
      [key.contractorId, key.contractId, key.clientId, JSON.stringify(periods)],
    );
  }

  /** What the contract does not say any more. */
  async remove(tx: Tx, contractorId: string, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await tx.delete(RequirementPeriodEntity, { contractorId, id: In([...ids]) });
  }

  async write(tx: Tx, contractorId: string, computed: readonly Computed[]): Promise<void> {
    await tx.query(
      `update requirement_periods p set planned = r.planned, done = r.done, scheduled = r.scheduled, at_risk = r."atRisk",
         impossible_on = r."impossibleOn", missed = r.missed, excused = r.excused, state = r.state, due_on = r."dueOn",
         provisional = r.provisional, recompute_at = r."recomputeAt", computed_at = app_now()
       from jsonb_to_recordset($2::jsonb) as r (id uuid, planned integer, done integer, scheduled integer, "atRisk" integer,
         "impossibleOn" date, missed integer, excused integer, state text, "dueOn" date, provisional boolean,
         "recomputeAt" timestamptz)
       where p.contractor_id = $1 and p.id = r.id`,
      [contractorId, JSON.stringify(computed)],
    );
  }

  /**
   * A fact came at these places: the periods in which it lies are due, and those that counted something as scheduled, which may have
   * been this before.
   */
  async factCame(tx: Tx, key: { contractorId: string; clientId: string }, places: readonly Whereabouts[]): Promise<void> {
    for (const { pageId, at } of places) {
      await tx.query(
        `update requirement_periods set recompute_at = app_now()
         where contractor_id = $1 and client_id = $2 and $3 = any(page_ids) and (scheduled > 0 or (starts_at <= $4 and $4 < ends_at))`,
        [key.contractorId, key.clientId, pageId, at],
      );
    }
  }

  /** A week of a page was told: the periods in which its last day lies are due, and those before that still waited for a week. */
  async weekTold(tx: Tx, key: { contractorId: string; clientId: string }, { pageId, at }: Whereabouts): Promise<void> {
    await tx.query(
      `update requirement_periods set recompute_at = app_now()
       where contractor_id = $1 and client_id = $2 and $3 = any(page_ids) and starts_at <= $4 and ($4 < ends_at or state = 'untold')`,
      [key.contractorId, key.clientId, pageId, at],
    );
  }

  /** Days of a contract count differently from now on. */
  async daysChanged(tx: Tx, { contractorId, contractId }: ContractId, from: string, until: string): Promise<void> {
    await tx.query(
      `update requirement_periods set recompute_at = app_now()
       where contractor_id = $1 and contract_id = $2 and starts_on <= $4 and greatest(ends_on, due_on) >= $3`,
      [contractorId, contractId, from, until],
    );
  }

  /** A production calendar was loaded: terms after a period, in working days of that year, are others. */
  async calendarLoaded(tx: Tx, contractorId: string, year: number): Promise<void> {
    await tx.query(
      `update requirement_periods set recompute_at = app_now()
       where contractor_id = $1 and due_on > ends_on and ends_on <= $3 and due_on >= $2`,
      [contractorId, `${year}-01-01`, `${year}-12-31`],
    );
  }

  /** Across tenants: whose periods are due. */
  pickDue(tx: Tx, limit: number): Promise<ContractId[]> {
    return tx.query(
      `select contractor_id as "contractorId", contract_id as "contractId" from requirement_periods where recompute_at <= app_now()
       group by contractor_id, contract_id order by min(recompute_at), contract_id limit $1`,
      [limit],
    );
  }
}
