import { Injectable } from '@nestjs/common';
import type { NetworkName } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';
import { HEADROOM, SET_BACK } from './budget.store.js';
import { type Picked, RING_AGAIN } from './dispatch.store.js';

/** The network's bucket while this transaction holds it. */
export interface NetworkTurn {
  /** The database's clock at which everything in this turn is decided. */
  readonly now: string;
  /** The same in milliseconds. */
  readonly epochMs: number;
  /** False while that clock is in doubt: what it calls due is not rung for. */
  readonly clockTrusted: boolean;
  /** How many publications the network's own budget allows now. */
  readonly tokens: number;
  /** Whether one of them may go to the longest row. */
  readonly forLongest: boolean;
}

export interface TurnTaken {
  readonly rung: readonly Picked[];
  /** Pages that have something due and whose turn comes within moments: on those that are parked nobody waits. */
  readonly waiting: number;
}

/**
 * Rung and not yet claimed by a worker, at most. The queue behind is first come, first served, so it is kept short:
 * whoever comes late waits here, where turns are fair, and not there.
 */
const WINDOW = 20;
/** A publication that is due for so long and still not prepared steps aside for the next of its page. */
const STEP_ASIDE = `interval '1 minute'`;

/**
 * A turn that a round gave late, by no more than this, is made up for by the next: rounds come when they can, and what a busy
 * bucket lost by that would add up. Sends are spaced once more when they leave.
 */
const MADE_UP = `interval '400 milliseconds'`;

/** From when on the next turn is counted: from the last one's end while the bucket is busy, otherwise from now. */
function since(tat: string): string {
  return `case when ${tat} between $2::timestamptz - ${MADE_UP} and $2::timestamptz + ${SET_BACK} then ${tat} else $2::timestamptz end`;
}

/** What belongs to the page's next publication, and whether everything that it draws on is ready. */
const HEADS = `due as materialized (
    select contractor_id, id, page_id, budget_key, coalesce(budget_key, page_id::text) as key, due_at, prepared_at is not null as prepared, rung_at is not null as rung_before,
      coalesce(rung_at >= $2::timestamptz - ${RING_AGAIN}, false) as rung, $2 > due_at + max_lateness as late,
      prepared_at is null and next_try_at < $2::timestamptz - ${STEP_ASIDE} as aside
    from publications where network = $1 and state = 'scheduled' and next_try_at <= $2),
  busy as (
    select contractor_id, page_id from due where rung
    union select contractor_id, page_id from publications where network = $1 and state in ('claimed', 'sending')),
  heads as (
    select distinct on (contractor_id, page_id) contractor_id, page_id, id, budget_key, key, prepared from due where not rung and not late
    order by contractor_id, page_id, aside, rung_before, due_at, id),
  open as (
    select h.*, c.credential, l.served_at as page_served, h.prepared and busy.page_id is null
      and (l.tat is null or l.tat <= $2 or l.tat > $2::timestamptz + ${SET_BACK})
      and (c.tat is null or c.tat <= $2 or c.tat > $2::timestamptz + ${SET_BACK}) as ready
    from heads h left join page_lanes l using (contractor_id, page_id) left join busy using (contractor_id, page_id)
      left join credential_budgets c on c.contractor_id = h.contractor_id and c.key = h.budget_key
    where l.parked_until is null or l.parked_until <= $2)`;

/**
 * A secret's posts leave one after the other, so the longest row decides when a storm is over, and turns that it lost in the
 * crowd nobody gives back. It therefore has a few turns of its own, so few that they delay nobody by more than a few percent.
 */
const FOR_LONGEST_EACH = `interval '250 milliseconds'`;
/** A row that is through sooner waits its turn with the others. */
const LONG_ROW_SECONDS = 5;

/** Who was served so long ago, or never, has waited as long as everybody else of whom that is true. */
const LONG_AGO = `$2::timestamptz - interval '1 minute'`;

/**
 * One of each secret; then everybody's first page, everybody's second, and so on; who was served longest ago goes first. Of
 * those who come fresh to a storm who has a single post goes first: it need not wait for the first round of a thousand
 * contractors, to whom it is one turn among many. Of the others who has the most, because the longest row should not begin
 * last. Materialized: the planner expects one row to be due, and would choose anew for each of five hundred.
 */
const CHOSEN = `waiting as materialized (select contractor_id, count(*) as posts from due group by contractor_id),
  behind as materialized (select contractor_id, key, count(*) as posts from due group by contractor_id, key),
  alone as materialized (
    select *, row_number() over (partition by contractor_id, key order by page_served nulls first, page_id) as of_key from open where ready),
  turns as materialized (
    select a.*, row_number() over (partition by contractor_id order by page_served nulls first, page_id) as turn,
      b.posts / coalesce(r.per_second, n.page_per_second) as row_seconds
    from alone a join behind b using (contractor_id, key) join network_budgets n on n.network = $1
      left join credential_rates r on r.network = $1 and r.credential = a.credential
    where of_key = 1),
  longest as materialized (
    select id from turns where $4 and row_seconds > ${LONG_ROW_SECONDS} order by row_seconds desc, contractor_id, key limit 1),
  chosen as materialized (
    (select contractor_id, id, false as late from turns join waiting using (contractor_id) left join contractor_lanes k using (contractor_id)
     order by id in (select id from longest) desc, turn, greatest(k.served_at, ${LONG_AGO}), posts > 1, posts desc, contractor_id
     limit greatest(0, least($3::integer, ${WINDOW} - (select count(*) from due where rung))))
    union all (select contractor_id, id, true from due where late and not rung order by due_at limit ${WINDOW}))`;

/** Rings, and advances every bucket that the rung ones draw on. What is late is only held for a person: it costs nothing. */
const RUNG = `locked as materialized (
    select p.contractor_id, p.id, late from publications p join chosen using (contractor_id, id)
    where p.state = 'scheduled' and p.next_try_at <= $2 for update of p skip locked),
  rung as (
    update publications p set rung_at = $2 from locked where p.contractor_id = locked.contractor_id and p.id = locked.id
    returning p.contractor_id, p.id, p.client_id, p.page_id, p.budget_key, p.rung_at, locked.late),
  served as (select * from rung where not late),
  network as (
    update network_budgets n set tat = make_interval(secs => (select count(*) from served) / n.per_second) + greatest(
      case when n.tat < $2::timestamptz + ${SET_BACK} then n.tat end, $2::timestamptz - make_interval(secs => n.burst / n.per_second)),
      for_longest_at = case when exists (select 1 from served join longest using (id)) then $2 else n.for_longest_at end
    where n.network = $1 and exists (select 1 from served)),
  pages as (
    insert into page_lanes (contractor_id, page_id, client_id, served_at, tat)
    select s.contractor_id, s.page_id, s.client_id, $2::timestamptz, make_interval(secs => 1 / (${HEADROOM} * n.page_per_second))
      + ${since('l.tat')}
    from served s join network_budgets n on n.network = $1
      left join page_lanes l on l.contractor_id = s.contractor_id and l.page_id = s.page_id
    on conflict (contractor_id, page_id) do update set tat = excluded.tat, served_at = excluded.served_at),
  contractors as (
    insert into contractor_lanes (contractor_id, served_at) select distinct contractor_id, $2::timestamptz from served
    on conflict (contractor_id) do update set served_at = excluded.served_at),
  secrets as (
    update credential_budgets c set tat = make_interval(secs => 1 / (${HEADROOM} * r.per_second))
      + ${since('c.tat')}
    from served s, credential_rates r where c.contractor_id = s.contractor_id and c.key = s.budget_key
      and r.network = c.network and r.credential = c.credential)`;

/** Whose turn it is. Cost grows with what is due, not with what is scheduled. */
@Injectable()
export class TurnStore {
  /**
   * Takes the network's bucket for this transaction. A statement of its own, because the next one must see everything
   * that the dispatcher which held it before has done.
   * @returns undefined while another dispatcher holds it.
   */
  async begin(tx: Tx, network: NetworkName): Promise<NetworkTurn | undefined> {
    const rows = await tx.query<NetworkTurn[]>(
      `with bucket as (
         select per_second, burst, tat, for_longest_at, app_now() as now from network_budgets where network = $1 for update skip locked)
       select now::text, extract(epoch from now)::float8 * 1000 as "epochMs", clock_is_trusted() as "clockTrusted", floor(per_second * extract(epoch from
         now - greatest(case when tat < now + ${SET_BACK} then tat end, now - make_interval(secs => burst / per_second))))::integer
         as tokens, not for_longest_at between now - ${FOR_LONGEST_EACH} and now + ${SET_BACK} as "forLongest" from bucket`,
      [network],
    );
    return rows[0];
  }

  /**
   * Takes the first due publication of each page that is ready: nothing of the page is on its way, its own bucket and its
   * secret's have a turn, and the network has not asked to leave the page alone. Notes that they were rung for.
   */
  async take(tx: Tx, network: NetworkName, { now, tokens, forLongest }: NetworkTurn): Promise<TurnTaken> {
    const [taken] = await tx.query<[TurnTaken]>(
      `with ${HEADS}, ${CHOSEN}, ${RUNG}
       select (select count(*) from open) - (select count(*) from served) as waiting,
         coalesce((select json_agg(json_build_object('contractorId', contractor_id, 'publicationId', id,
           'ring', extract(epoch from rung_at)::text)) from rung), '[]') as rung`,
      [network, now, tokens, forLongest],
    );
    return { ...taken, waiting: Number(taken.waiting) };
  }
}
