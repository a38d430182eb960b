import { Injectable } from '@nestjs/common';
import type { Reason } from '../../../networks/network.js';
import type { Tx } from '../../../platform/database/work.js';
import type { PageStart } from '../../../platform/http/pagination.js';
import type { GapCodes } from '../gaps.js';
import type { Collection } from './collection.js';

export interface PageKey {
  readonly contractorId: string;
  readonly clientId: string;
  readonly pageId: string;
}

/** A page whose round begins. */
export interface Picked {
  readonly contractorId: string;
  readonly pageId: string;
  /** As `Collection.readsWith`. */
  readonly readsWith: string | null;
  /** Which of its contractor's pages it is. */
  readonly turn: number;
  readonly ring: string;
}

/** A round each hour: so often a young post is looked at. A round that was lost comes again with the next. */
const EVERY = `interval '1 hour'`;
/** A page whose round is near goes with those that share its secret: their posts share calls, and from then on their rounds too. */
const NEAR = `interval '10 minutes'`;

const COLUMNS = `page_id as "pageId", client_id as "clientId", next_at as "nextAt", reads_with as "readsWith", collected_at as "collectedAt",
  days_read_at as "daysReadAt", parked_until as "parkedUntil", parked_why as "parkedWhy", post_gaps as "postGaps", page_gaps as "pageGaps"`;

@Injectable()
export class CollectionStore {
  /** Puts a page on the round, at once: it is new, or connected again. */
  async enrol(tx: Tx, { contractorId, clientId, pageId }: PageKey): Promise<void> {
    await tx.query(
      `insert into page_collections (contractor_id, client_id, page_id, next_at) values ($1, $2, $3, app_now())
       on conflict (contractor_id, page_id) do update set next_at = app_now(), parked_until = null, parked_why = null`,
      [contractorId, clientId, pageId],
    );
  }

  /**
   * Across tenants: pages whose round is due, and those that go with them. After a downtime all are due, so contractors take turns: one
   * with a few pages does not wait for another's thousands. The next round is noted at once, so that nobody else takes this one.
   */
  async pickDue(tx: Tx, most: number): Promise<Picked[]> {
    const [rows] = await tx.query<[Picked[], number]>(
      `with waiting as (
         select contractor_id, page_id, reads_with, next_at,
           row_number() over (partition by contractor_id order by next_at, page_id)::integer as turn
         from page_collections where next_at <= app_now()),
       first as (select * from waiting order by turn, next_at, page_id limit $1),
       near as (
         select c.contractor_id, c.page_id, f.turn from page_collections c
         join (select contractor_id, reads_with, min(turn) as turn from first where reads_with is not null
           group by contractor_id, reads_with) f using (contractor_id, reads_with)
         where c.next_at > app_now() and c.next_at <= app_now() + ${NEAR} order by f.turn, c.next_at, c.page_id limit $1),
       wanted as (select contractor_id, page_id, turn from first union all select contractor_id, page_id, turn from near),
       due as (
         select c.contractor_id, c.page_id, w.turn from page_collections c join wanted w using (contractor_id, page_id)
         where c.next_at <= app_now() + ${NEAR} for update of c skip locked)
       update page_collections c set next_at = app_now() + ${EVERY} from due
       where c.contractor_id = due.contractor_id and c.page_id = due.page_id
       returning c.contractor_id as "contractorId", c.page_id as "pageId", c.reads_with as "readsWith", due.turn,
         extract(epoch from c.next_at)::text as ring`,
      [most],
    );
    return rows.sort((a, b) => a.turn - b.turn);
  }

  /** By which secret the posts of pages are read. */
  async readWith(tx: Tx, contractorId: string, pages: readonly { pageId: string; readsWith: string | null }[]): Promise<void> {
    await tx.query(
      `update page_collections c set reads_with = r."readsWith"
       from jsonb_to_recordset($2::jsonb) as r ("pageId" uuid, "readsWith" text)
       where c.contractor_id = $1 and c.page_id = r."pageId"`,
      [contractorId, JSON.stringify(pages)],
    );
  }

  async find(tx: Tx, contractorId: string, pageId: string): Promise<Collection | undefined> {
    const rows = await tx.query<Collection[]>(
      `select ${COLUMNS} from page_collections where contractor_id = $1 and page_id = $2`,
      [contractorId, pageId],
    );
    return rows[0];
  }

  list(tx: Tx, contractorId: string, clientId: string | undefined, { beforeId, limit }: PageStart): Promise<Collection[]> {
    return tx.query(
      `select ${COLUMNS} from page_collections
       where contractor_id = $1 and page_id < $2 and ($3::uuid is null or client_id = $3) order by page_id desc limit $4`,
      [contractorId, beforeId, clientId ?? null, limit + 1],
    );
  }

  /** Held until the transaction ends: one writes what belongs to a page, the next finds it. */
  async lock(tx: Tx, contractorId: string, pageId: string): Promise<void> {
    await tx.query(`select 1 from page_collections where contractor_id = $1 and page_id = $2 for update`, [contractorId, pageId]);
  }

  async collected(
    tx: Tx,
    { contractorId, pageId }: PageKey,
    gaps: { posts: GapCodes | undefined; page: GapCodes; daysRead: boolean },
  ): Promise<void> {
    await tx.query(
      `update page_collections set collected_at = app_now(), parked_until = null, parked_why = null,
         post_gaps = coalesce($3, post_gaps), page_gaps = $4,
         days_read_at = case when $5 then app_now() else days_read_at end
       where contractor_id = $1 and page_id = $2`,
      [contractorId, pageId, gaps.posts ?? null, gaps.page, gaps.daysRead],
    );
  }

  /** The round waits for its turn, and nothing is wrong. */
  async putOff(tx: Tx, { contractorId, pageId }: PageKey, seconds: number): Promise<void> {
    await tx.query(
      `update page_collections set next_at = app_now() + make_interval(secs => $3) where contractor_id = $1 and page_id = $2`,
      [contractorId, pageId, seconds],
    );
  }

  /** The network refused. @param seconds null: until the page is connected again */
  async park(tx: Tx, { contractorId, pageId }: PageKey, { code, message }: Reason, seconds: number | null): Promise<void> {
    await tx.query(
      `update page_collections set parked_why = $3, next_at = app_now() + make_interval(secs => $4),
         parked_until = app_now() + make_interval(secs => $4)
       where contractor_id = $1 and page_id = $2`,
      [contractorId, pageId, { code, message }, seconds],
    );
  }
}
