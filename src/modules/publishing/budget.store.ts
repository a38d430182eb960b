import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { Spending, Urgency } from './budget.js';

/** Of what a network documents the turns use this share, and requests leave by the next one: so what waits becomes less. */
export const HEADROOM = 0.88;
/** With 95 % one call in a hundred was the one too many of its second on a busy machine: requests travel for different times. */
const LEAVING_HEADROOM = 0.9;
/** No bucket is booked for so long: such a one was filled before the clock was set back, and counts as empty. */
export const SET_BACK = `interval '1 minute'`;
/** For a kind of secret that no row of `credential_rates` names. */
const CAREFUL_RATE = 1;

/** The budgets of secrets, shared by all workers. A bucket remembers when its next request conforms. */
@Injectable()
export class BudgetStore {
  async open(tx: Tx, contractorId: string, { network, credential, key }: Spending): Promise<void> {
    await tx.query(
      `insert into credential_budgets (contractor_id, key, network, credential) values ($1, $2, $3, $4) on conflict do nothing`,
      [contractorId, key, network, credential],
    );
  }

  /**
   * Takes the requests at once or not at all. Several of them leave together, so the bucket must have rested for all but
   * the first before, and rests for all of them afterwards: no second then sees more than the rate. Background work leaves
   * one more turn unused before itself: whoever publishes takes every turn as soon as it comes and so goes first.
   * @returns 0 when they are taken, otherwise milliseconds after which to ask again.
   */
  async take(tx: Tx, contractorId: string, spending: Spending, urgency: Urgency): Promise<number> {
    const { network, credential, key, requests } = spending;
    const rested = urgency === 'background' ? requests : requests - 1;
    const rows = await tx.query<{ wait: number }[]>(
      `with moment as materialized (
         select app_now() as now, make_interval(secs => 1 / (${HEADROOM} * coalesce(
           (select per_second from credential_rates where network = $3 and credential = $4), ${CAREFUL_RATE}))) as turn),
       taken as (
         insert into credential_budgets as b (contractor_id, key, network, credential, tat)
         select $1, $2, $3, $4, now + $5::integer * turn from moment
         on conflict (contractor_id, key) do update set tat = excluded.tat
         where b.tat + $6::integer * (select turn from moment) <= (select now from moment)
           or b.tat > (select now from moment) + ${SET_BACK}
         returning 1)
       select case when exists (select 1 from taken) then 0 else
         greatest(1, ceil(1000 * extract(epoch from coalesce(b.tat, now) + $6::integer * turn - now)))::integer end as wait
       from moment left join credential_budgets b on b.contractor_id = $1 and b.key = $2`,
      [contractorId, key, network, credential, requests, rested],
    );
    return rows[0]!.wait;
  }

  /** Requests are made or were just made without a turn: the next one comes when the rate allows it after them. */
  async used(tx: Tx, contractorId: string, { network, credential, key, requests }: Spending): Promise<void> {
    await tx.query(
      `with moment as materialized (
         select app_now() + $5::integer * make_interval(secs => 1 / (${HEADROOM} * coalesce(
           (select per_second from credential_rates where network = $3 and credential = $4), ${CAREFUL_RATE}))) as rested)
       insert into credential_budgets as b (contractor_id, key, network, credential, tat) select $1, $2, $3, $4, rested from moment
       on conflict (contractor_id, key) do update set tat = greatest(excluded.tat,
         case when b.tat < excluded.tat + ${SET_BACK} then b.tat end)`,
      [contractorId, key, network, credential, requests],
    );
  }

  /**
   * Books the instant at which a post may leave. The turn was given before the job waited in its queue, and jobs wait for
   * different times, so turns that were apart may arrive together: what leaves is spaced once more.
   * @returns milliseconds until then
   */
  async book(tx: Tx, contractorId: string, key: string): Promise<number> {
    const [rows] = await tx.query<[{ wait: number }[], number]>(
      `with moment as materialized (select app_now() as now)
       update credential_budgets b set leaves_at = make_interval(secs => 1 / (${LEAVING_HEADROOM} * r.per_second))
         + greatest(case when b.leaves_at < now + ${SET_BACK} then b.leaves_at end, now)
       from moment, credential_rates r
       where b.contractor_id = $1 and b.key = $2 and r.network = b.network and r.credential = b.credential
       returning greatest(0, ceil(1000 * extract(epoch from
         b.leaves_at - now - make_interval(secs => 1 / (${LEAVING_HEADROOM} * r.per_second)))))::integer as wait`,
      [contractorId, key],
    );
    return rows[0]?.wait ?? 0;
  }

  /**
   * Across tenants: forgets secrets that nobody has used for a day and that no planned post draws on, most of them replaced
   * ones. A bucket that comes back begins full, as it would be by then.
   */
  async forgetUnused(tx: Tx): Promise<void> {
    await tx.query(
      `delete from credential_budgets b where b.tat < app_now() - interval '1 day' and b.leaves_at < app_now() - interval '1 day'
         and not exists (select 1 from publications p where p.contractor_id = b.contractor_id and p.budget_key = b.key
           and p.state in ('scheduled', 'claimed', 'sending'))`,
    );
  }

  /** After "too many per second": nobody uses this secret for so long. */
  async rest(tx: Tx, contractorId: string, key: string, seconds: number): Promise<void> {
    await tx.query(
      `update credential_budgets set tat = greatest(tat, app_now() + make_interval(secs => $3)) where contractor_id = $1 and key = $2`,
      [contractorId, key, seconds],
    );
  }
}
