import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import { PREPARE_AGAIN } from './upload.store.js';

export interface Picked {
  readonly contractorId: string;
  readonly publicationId: string;
  /** Tells one ring from the next; part of the job's id. */
  readonly ring: string;
}

/** A job that was lost with its queue is rung again after this. */
export const RING_AGAIN = `interval '30 seconds'`;
/** Photos are uploaded this long before they are due. */
const PREPARE_AHEAD = `interval '10 minutes'`;
/** Preparations that are rung for and not done, of one contractor and of all: a queue behind a queue would not be fair. */
const PREPARING_EACH = 5;
const PREPARING_ALL = 200;
// A scalar subquery: the clock is volatile, and the planner looks up in an index only what does not change meanwhile.
const NOW = `(select app_now())`;

const PICKED = `contractor_id as "contractorId", id as "publicationId"`;

/**
 * Of publications `p` with their network's budgets: due for more than a minute and not taken. What waits while its
 * contractor is being served waits for a budget and will be taken. After ten minutes somebody should look, even if a budget
 * is the reason.
 */
export const OVERDUE = `p.state = 'scheduled' and p.next_try_at < ${NOW} - interval '1 minute'
  and (p.next_try_at < ${NOW} - interval '10 minutes' or not exists (select 1 from contractor_lanes k
    where k.contractor_id = p.contractor_id and k.served_at > ${NOW} - interval '1 minute'))
  and not exists (select 1 from page_lanes l
    where l.contractor_id = p.contractor_id and l.page_id = p.page_id and l.parked_until > ${NOW})`;

/** What the system role looks for across tenants: ids and instants only, never content. */
@Injectable()
export class DispatchStore {
  /** Publications that should be prepared by now: what is due first, then the first of every contractor before the second of any. */
  async pickUnprepared(tx: Tx): Promise<Picked[]> {
    const [rows] = await tx.query<[Picked[], number]>(
      `with unprepared as materialized (
         select contractor_id, id, due_at, next_try_at <= ${NOW} as due,
           coalesce(prepare_rung_at between ${NOW} - ${PREPARE_AGAIN} and ${NOW}, false) as rung,
           coalesce(prepare_rung_at > ${NOW}, false) as later
         from publications where state = 'scheduled' and prepared_at is null and due_at <= ${NOW} + ${PREPARE_AHEAD}),
       turns as (
         select *, row_number() over (partition by contractor_id, rung or later order by due desc, due_at, id)
           + count(*) filter (where rung) over (partition by contractor_id) as turn from unprepared),
       picked as (
         select p.contractor_id, p.id from publications p
         join (select contractor_id, id from turns
           where not rung and not later and turn <= ${PREPARING_EACH} order by due desc, turn, due_at
           limit greatest(0, ${PREPARING_ALL} - (select count(*) from unprepared where rung))) t using (contractor_id, id)
         where p.state = 'scheduled' and p.prepared_at is null for update of p skip locked)
       update publications p set prepare_rung_at = ${NOW} from picked
       where p.contractor_id = picked.contractor_id and p.id = picked.id
       returning p.contractor_id as "contractorId", p.id as "publicationId", extract(epoch from p.prepare_rung_at)::text as ring`,
    );
    return rows;
  }

  async expiredLeases(tx: Tx, most: number): Promise<Omit<Picked, 'ring'>[]> {
    return tx.query(
      `select ${PICKED} from publications where state in ('claimed', 'sending') and lease_until < ${NOW} order by lease_until limit $1`,
      [most],
    );
  }

  /** Unclear ones that it is time to look for, and withdrawn ones that are to be deleted on the network. */
  async toLookAt(tx: Tx, most: number): Promise<(Omit<Picked, 'ring'> & { state: 'unclear' | 'published'; ring: string })[]> {
    return tx.query(
      `(select ${PICKED}, state, extract(epoch from next_look_at)::text as ring from publications
        where state = 'unclear' and next_look_at <= ${NOW} order by next_look_at limit $1)
       union all
       (select ${PICKED}, state, extract(epoch from next_look_at)::text as ring from publications
        where state = 'published' and withdraw_requested_at is not null and next_look_at <= ${NOW} order by next_look_at limit $1)`,
      [most],
    );
  }

  /** The number that should be zero. */
  async countOverdue(tx: Tx): Promise<number> {
    const rows = await tx.query<{ overdue: number }[]>(
      `select count(*)::integer as overdue from network_budgets n join publications p using (network) where ${OVERDUE}`,
    );
    return rows[0]?.overdue ?? 0;
  }
}
