import { Injectable } from '@nestjs/common';
import { LessThan, LessThanOrEqual, MoreThanOrEqual } from 'typeorm';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import type { Letters, ReportState } from './report.js';
import { ReportEntity } from './report.entity.js';

export interface ReportKey {
  readonly contractorId: string;
  readonly id: string;
}

export type NewReport = Pick<
  ReportEntity,
  'contractorId' | 'id' | 'clientId' | 'contractId' | 'kind' | 'startsOn' | 'endsOn' | 'wantedBy'
>;

export interface ReportFilter {
  readonly clientId?: string | undefined;
  readonly contractId?: string | undefined;
  readonly state?: ReportState | undefined;
  /** Reports whose period reaches into these days. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** Work that nobody finished by then is rung for again: the queue may have lost it. */
const RING_AGAIN = `app_now() + interval '10 minutes'`;

@Injectable()
export class ReportStore {
  /** @returns false when the contract's period has a report already */
  async insert(tx: Tx, report: NewReport): Promise<boolean> {
    const { contractorId, id, clientId, contractId, kind, startsOn, endsOn, wantedBy } = report;
    const rows = await tx.query<unknown[]>(
      `insert into reports (contractor_id, id, client_id, contract_id, kind, starts_on, ends_on, wanted_by, step_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, ${RING_AGAIN})
       on conflict (contractor_id, contract_id, starts_on, ends_on) do nothing returning 1`,
      [contractorId, id, clientId, contractId, kind, startsOn, endsOn, wantedBy],
    );
    return rows.length > 0;
  }

  find(tx: Tx, { contractorId, id }: ReportKey): Promise<ReportEntity | null> {
    return tx.findOneBy(ReportEntity, { contractorId, id });
  }

  /** The one report of a contract's period. */
  ofPeriod(
    tx: Tx,
    period: Pick<ReportEntity, 'contractorId' | 'contractId' | 'startsOn' | 'endsOn'>,
  ): Promise<ReportEntity | null> {
    return tx.findOneBy(ReportEntity, { ...period });
  }

  async lock(tx: Tx, { contractorId, id }: ReportKey): Promise<ReportEntity | null> {
    return tx.findOne(ReportEntity, { where: { contractorId, id }, lock: { mode: 'pessimistic_write' } });
  }

  list(
    tx: Tx,
    contractorId: string,
    { clientId, contractId, state, from, until }: ReportFilter,
    start: PageStart,
  ): Promise<ReportEntity[]> {
    const where = {
      ...{ contractorId, id: LessThan(start.beforeId), ...(clientId && { clientId }), ...(contractId && { contractId }) },
      ...(state && { state }),
      ...{ ...(from && { endsOn: MoreThanOrEqual(from) }), ...(until && { startsOn: LessThanOrEqual(until) }) },
    };
    return tx.find(ReportEntity, { where, order: { id: 'DESC' }, take: start.limit + 1 });
  }

  /** Letters with the newest version of each of these reports; a report without letters is absent. */
  async letters(tx: Tx, contractorId: string, ids: readonly string[]): Promise<Map<string, Letters>> {
    const rows = await tx.query<(Letters & { readonly id: string })[]>(
      `select r.id, count(*) filter (where d.state in ('queued', 'sending'))::integer as waiting,
         count(*) filter (where d.state = 'sent')::integer as sent, count(*) filter (where d.state = 'refused')::integer as refused,
         count(*) filter (where d.state = 'unclear')::integer as unclear
       from reports r join report_deliveries d on d.contractor_id = r.contractor_id and d.report_id = r.id and d.number = r.versions
       where r.contractor_id = $1 and r.id = any ($2) group by r.id order by r.id`,
      [contractorId, ids],
    );
    return new Map(rows.map(({ id, ...letters }) => [id, letters]));
  }

  /** Another version is wanted. @returns false when one is being made */
  async want(tx: Tx, { contractorId, id }: ReportKey, reason: string, by: string): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update reports set state = 'building', wanted = versions + 1, wanted_reason = case when versions = 0 then null else $3 end,
         wanted_by = $4, failure = null, step_at = ${RING_AGAIN}, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state <> 'building'`,
      [contractorId, id, reason, by],
    );
    return count === 1;
  }

  async frozen(tx: Tx, { contractorId, id }: ReportKey, number: number): Promise<void> {
    await tx.query(
      `update reports set state = 'ready', versions = $3, failure = null, step_at = null, updated_at = app_now()
       where contractor_id = $1 and id = $2`,
      [contractorId, id, number],
    );
  }

  async failed(tx: Tx, { contractorId, id }: ReportKey, failure: string): Promise<void> {
    await tx.query(
      `update reports set state = 'failed', failure = $3, step_at = null, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = 'building'`,
      [contractorId, id, failure],
    );
  }

  /** Across tenants: what was not finished in time. */
  pickDue(tx: Tx, limit: number): Promise<ReportKey[]> {
    return tx.query(
      `select contractor_id as "contractorId", id from reports where step_at <= app_now() order by step_at, id limit $1`,
      [limit],
    );
  }

  /** @returns false when it was finished meanwhile */
  async putOff(tx: Tx, { contractorId, id }: ReportKey): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update reports set step_at = ${RING_AGAIN} where contractor_id = $1 and id = $2 and step_at <= app_now()`,
      [contractorId, id],
    );
    return count === 1;
  }

  /** By the database's clock. */
  async now(tx: Tx): Promise<Date> {
    return (await tx.query<{ now: Date }[]>('select app_now() as now'))[0]!.now;
  }

  /** Everything that this transaction reads is of one instant. Before anything is read. */
  async ofOneInstant(tx: Tx): Promise<void> {
    await tx.query('set transaction isolation level repeatable read');
  }
}
