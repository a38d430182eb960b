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
const RING_AGAIN_SECONDS = 30;
/** Photos are uploaded this long before they are due. */
const PREPARE_AHEAD = '10 minutes';

const PICKED = `contractor_id as "contractorId", id as "publicationId"`;

/** What the system role looks for across tenants: ids and instants only, never content. */
@Injectable()
export class DispatchStore {
  /** Due publications, the first of every contractor before the second of any. */
  async pickDue(tx: Tx, most: number): Promise<Picked[]> {
    const [rows] = await tx.query<[Picked[], number]>(
      `with ranked as (
         select contractor_id, id, due_at, row_number() over (partition by contractor_id order by due_at, id) as turn
         from publications where state = 'scheduled' and next_try_at <= app_now()
           and (rung_at is null or rung_at < app_now() - make_interval(secs => ${RING_AGAIN_SECONDS}))),
       picked as (
         select p.contractor_id, p.id from publications p
         join (select * from ranked order by turn, due_at limit $1) r using (contractor_id, id)
         where p.state = 'scheduled' and (p.rung_at is null or p.rung_at < app_now() - make_interval(secs => ${RING_AGAIN_SECONDS}))
         for update of p skip locked)
       update publications p set rung_at = app_now() from picked where p.contractor_id = picked.contractor_id and p.id = picked.id
       returning p.contractor_id as "contractorId", p.id as "publicationId", extract(epoch from p.rung_at)::text as ring`,
      [most],
    );
    return rows;
  }

  /** Publications whose photos should be uploaded by now. */
  async pickUnprepared(tx: Tx, most: number): Promise<Picked[]> {
    const [rows] = await tx.query<[Picked[], number]>(
      `with picked as (
         select contractor_id, id from publications
         where state = 'scheduled' and prepared_at is null and due_at <= app_now() + interval '${PREPARE_AHEAD}' and next_try_at > app_now()
           and (prepare_rung_at is null or prepare_rung_at < app_now() - ${PREPARE_AGAIN})
         order by due_at limit $1 for update skip locked)
       update publications p set prepare_rung_at = app_now() from picked
       where p.contractor_id = picked.contractor_id and p.id = picked.id
       returning p.contractor_id as "contractorId", p.id as "publicationId", extract(epoch from p.prepare_rung_at)::text as ring`,
      [most],
    );
    return rows;
  }

  async expiredLeases(tx: Tx, most: number): Promise<Omit<Picked, 'ring'>[]> {
    return tx.query(
      `select ${PICKED} from publications where state in ('claimed', 'sending') and lease_until < app_now() order by lease_until limit $1`,
      [most],
    );
  }

  /** Unclear ones that it is time to look for, and withdrawn ones that are to be deleted on the network. */
  async toLookAt(tx: Tx, most: number): Promise<(Omit<Picked, 'ring'> & { state: 'unclear' | 'published'; ring: string })[]> {
    return tx.query(
      `(select ${PICKED}, state, extract(epoch from next_look_at)::text as ring from publications
        where state = 'unclear' and next_look_at <= app_now() order by next_look_at limit $1)
       union all
       (select ${PICKED}, state, extract(epoch from next_look_at)::text as ring from publications
        where state = 'published' and withdraw_requested_at is not null and next_look_at <= app_now() order by next_look_at limit $1)`,
      [most],
    );
  }

  /** Due for more than a minute and not taken: the number that should be zero. */
  async countOverdue(tx: Tx): Promise<number> {
    const rows = await tx.query<{ overdue: number }[]>(
      `select count(*)::integer as overdue from publications
       where state = 'scheduled' and next_try_at < app_now() - interval '1 minute'`,
    );
    return rows[0]?.overdue ?? 0;
  }
}
