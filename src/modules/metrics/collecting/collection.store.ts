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

interface Found {
  readonly contractorId: string;
  readonly pageId: string;
  readonly ring: string;
}

/** A round each hour: so often a young post is looked at. A round that was lost comes again with the next. */
const EVERY = `interval '1 hour'`;

const COLUMNS = `page_id as "pageId", client_id as "clientId", next_at as "nextAt", collected_at as "collectedAt",
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

  /** Across tenants: pages whose round is due. The next one is noted at once, so that nobody else takes this one. */
  async pickDue(tx: Tx, most: number): Promise<Found[]> {
    const [rows] = await tx.query<[Found[], number]>(
      `with due as (
         select contractor_id, page_id from page_collections where next_at <= app_now() order by next_at limit $1 for update skip locked)
       update page_collections c set next_at = app_now() + ${EVERY} from due
       where c.contractor_id = due.contractor_id and c.page_id = due.page_id
       returning c.contractor_id as "contractorId", c.page_id as "pageId", extract(epoch from c.next_at)::text as ring`,
      [most],
    );
    return rows;
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
