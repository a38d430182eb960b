import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Tx } from '../../../platform/database/work.js';
import type { Deadline, DeadlineKind, DeadlineState, WaitingFor } from './deadline.js';
import type { Settled } from './deadline-changes.js';
import type { DayPosition } from './deadline-cursor.js';
import { DeadlineEntity } from './deadline.entity.js';

/** Undefined: any. */
export interface DeadlineFilter {
  readonly clientId?: string | undefined;
  readonly contractId?: string | undefined;
  readonly pageId?: string | undefined;
  readonly kinds?: readonly DeadlineKind[] | undefined;
  readonly states?: readonly DeadlineState[] | undefined;
  readonly waitingFor?: WaitingFor | undefined;
  readonly provisional?: boolean | undefined;
  /** First and last day, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Whose dates they are: a contract's or a page's. */
export interface SourceOfDates {
  readonly contractorId: string;
  readonly clientId: string;
  readonly contractId: string | null;
  readonly pageId: string | null;
  readonly timeZone: string;
}

export interface LateDates {
  readonly contractId: string;
  readonly waitingFor: 'contractor' | 'client';
  readonly count: number;
  /** The oldest, a day on the wall of its client. */
  readonly since: string;
}

@Injectable()
export class DeadlineStore {
  find(tx: Tx, contractorId: string, id: string): Promise<DeadlineEntity | null> {
    return tx.findOneBy(DeadlineEntity, { contractorId, id });
  }

  /** By day and id, after a position. */
  list(
    tx: Tx,
    contractorId: string,
    filter: DeadlineFilter,
    { after, limit }: { after: DayPosition; limit: number },
  ): Promise<DeadlineEntity[]> {
    const { clientId, contractId, pageId, kinds, states, waitingFor, provisional, from, to } = filter;
    const query = tx.createQueryBuilder(DeadlineEntity, 'd').where('d.contractorId = :contractorId', { contractorId });
    if (clientId !== undefined) query.andWhere('d.clientId = :clientId', { clientId });
    if (contractId !== undefined) query.andWhere('d.contractId = :contractId', { contractId });
    if (pageId !== undefined) query.andWhere('d.pageId = :pageId', { pageId });
    if (kinds !== undefined) query.andWhere('d.kind = any(:kinds)', { kinds });
    if (states !== undefined) query.andWhere('d.state = any(:states)', { states });
    if (waitingFor !== undefined) query.andWhere('d.waitingFor = :waitingFor', { waitingFor });
    if (provisional !== undefined) query.andWhere(`d.provisionalYear is ${provisional ? 'not ' : ''}null`);
    if (from !== undefined) query.andWhere('d.dueOn >= :from', { from });
    if (to !== undefined) query.andWhere('d.dueOn <= :to', { to });
    query.andWhere('(d.dueOn, d.id) > (:day::date, :id::uuid)', { day: after.day, id: after.id });
    return query.orderBy('d.dueOn', 'ASC').addOrderBy('d.id', 'ASC').take(limit).getMany();
  }

  /** Of many contracts: how much has passed its day, by who is late, and since when. */
  lateOf(tx: Tx, contractorId: string, contractIds: readonly string[]): Promise<LateDates[]> {
    return tx.query(
      `select contract_id as "contractId", waiting_for as "waitingFor", count(*)::integer as count, min(due_on)::text as since
       from deadlines where contractor_id = $1 and contract_id = any($2) and state = 'missed' and waiting_for <> 'nobody'
       group by contract_id, waiting_for order by contract_id, waiting_for desc`,
      [contractorId, contractIds],
    );
  }

  /** Everything that ever stood there. */
  ofSource(tx: Tx, { contractorId, contractId, pageId }: SourceOfDates): Promise<Deadline[]> {
    const source = contractId === null ? { pageId: pageId! } : { contractId };
    return tx.find(DeadlineEntity, { where: { contractorId, ...source }, order: { id: 'ASC' } });
  }

  /** Writes rows as they are from now on. Who is to be reminded of them is looked at anew. */
  async settle(tx: Tx, source: SourceOfDates, rows: readonly Settled[]): Promise<void> {
    if (rows.length === 0) return;
    const { contractorId, clientId, contractId, pageId, timeZone } = source;
    await tx.query(
      `insert into deadlines as d (contractor_id, client_id, contract_id, page_id, time_zone, id, stage_id, kind, subject, title, due_on,
         due_at, passes_at, provisional_year, state, waiting_for, untold, dated_at, remind_at)
       select $1, $2, $3, $4, $5, id, "stageId", kind, subject, title, "dueOn", "dueAt", "passesAt", "provisionalYear", state,
         "waitingFor", untold, app_now(), case when state in ('open', 'missed') then app_now() end
       from jsonb_to_recordset($6::jsonb) as r (id uuid, "stageId" uuid, kind text, subject text, title text, "dueOn" date,
         "dueAt" timestamptz, "passesAt" timestamptz, "provisionalYear" integer, state text, "waitingFor" text, untold boolean)
       order by id
       on conflict (contractor_id, id) do update set stage_id = excluded.stage_id, title = excluded.title, due_on = excluded.due_on,
         due_at = excluded.due_at, passes_at = excluded.passes_at, time_zone = excluded.time_zone,
         provisional_year = excluded.provisional_year, state = excluded.state, waiting_for = excluded.waiting_for,
         untold = excluded.untold, remind_at = excluded.remind_at, cancelled_at = null, sequence = d.sequence + 1,
         dated_at = case when d.due_on <> excluded.due_on or d.state = 'cancelled' then excluded.dated_at else d.dated_at end,
         updated_at = app_now()`,
      [contractorId, clientId, contractId, pageId, timeZone, JSON.stringify(rows)],
    );
  }

  /** Their source does not say them any more. */
  async cancel(tx: Tx, contractorId: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await tx.update(
      DeadlineEntity,
      { contractorId, id: In([...ids]) },
      {
        ...{ state: 'cancelled', waitingFor: 'nobody', remindAt: null, sequence: () => 'sequence + 1' },
        ...{ cancelledAt: () => 'app_now()', updatedAt: () => 'app_now()' },
      },
    );
  }

  /** Across tenants: whose people may have to be reminded. */
  pickContractorsToRemind(tx: Tx, limit: number): Promise<{ contractorId: string }[]> {
    return tx.query(
      `select contractor_id as "contractorId" from deadlines where remind_at <= app_now()
       group by contractor_id order by min(remind_at), contractor_id limit $1`,
      [limit],
    );
  }

  /** Of a contractor, those of which somebody may have to be reminded now; another worker takes others. */
  async lockToRemind(tx: Tx, contractorId: string, limit: number): Promise<Deadline[]> {
    const rows = await tx.query<{ id: string }[]>(
      `select id from deadlines where contractor_id = $1 and remind_at <= app_now() order by remind_at, id limit $2
       for update skip locked`,
      [contractorId, limit],
    );
    return tx.find(DeadlineEntity, {
      where: { contractorId, id: In(rows.map(({ id }) => id)) },
      order: { dueOn: 'ASC', id: 'ASC' },
    });
  }

  /** When somebody has to be reminded next. */
  async remindNext(tx: Tx, contractorId: string, next: readonly { id: string; at: Date | null }[]): Promise<void> {
    await tx.query(
      `update deadlines d set remind_at = r.at from jsonb_to_recordset($2::jsonb) as r (id uuid, at timestamptz)
       where d.contractor_id = $1 and d.id = r.id`,
      [contractorId, JSON.stringify(next)],
    );
  }
}
