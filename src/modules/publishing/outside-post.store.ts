import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import type { WallPost } from '../../networks/network.js';
import { updateVersioned } from '../../platform/database/versioned-update.js';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import { OutsidePostEntity } from './outside-post.entity.js';
import type { OutsideOrigin } from './outside-post.js';

interface PageKey {
  readonly contractorId: string;
  readonly clientId: string;
  readonly pageId: string;
}

const EVERY = '15 minutes';

@Injectable()
export class OutsidePostStore {
  /** Puts a page on the round, once. */
  async enrol(tx: Tx, { contractorId, clientId, pageId }: PageKey): Promise<void> {
    await tx.query(
      `insert into page_reconciliations (contractor_id, client_id, page_id, next_at) values ($1, $2, $3, app_now())
       on conflict (contractor_id, page_id) do nothing`,
      [contractorId, clientId, pageId],
    );
  }

  /** Across tenants: pages whose turn it is. */
  async pickDue(tx: Tx, most: number): Promise<{ contractorId: string; pageId: string; ring: string }[]> {
    const [rows] = await tx.query<[{ contractorId: string; pageId: string; ring: string }[], number]>(
      `with due as (
         select contractor_id, page_id from page_reconciliations where next_at <= app_now() order by next_at limit $1 for update skip locked)
       update page_reconciliations r set next_at = app_now() + interval '${EVERY}' from due
       where r.contractor_id = due.contractor_id and r.page_id = due.page_id
       returning r.contractor_id as "contractorId", r.page_id as "pageId", extract(epoch from r.next_at)::text as ring`,
      [most],
    );
    return rows;
  }

  /** The page's look waits for its turn. */
  async putOff(tx: Tx, { contractorId, pageId }: Omit<PageKey, 'clientId'>, seconds: number): Promise<void> {
    await tx.query(
      `update page_reconciliations set next_at = app_now() + make_interval(secs => $3) where contractor_id = $1 and page_id = $2`,
      [contractorId, pageId, seconds],
    );
  }

  /** While something of ours may be on its way to the wall, an unknown post there may be it. */
  async hasOpenOutcome(tx: Tx, contractorId: string, pageId: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `select 1 from publications where contractor_id = $1 and page_id = $2 and state in ('claimed', 'sending', 'unclear') limit 1`,
      [contractorId, pageId],
    );
    return rows.length > 0;
  }

  /** Texts that we published on the page lately, by publication, to tell a double. */
  async recentTexts(tx: Tx, contractorId: string, pageId: string): Promise<{ id: string; text: string }[]> {
    return tx.query(
      `select p.id, v.text from publications p
       join post_variants v on v.contractor_id = p.contractor_id and v.post_id = p.post_id and v.number = p.post_version and v.network = p.network
       where p.contractor_id = $1 and p.page_id = $2 and p.state = 'published' and p.published_at > app_now() - interval '2 days'`,
      [contractorId, pageId],
    );
  }

  /** Records a post that is neither ours nor known. @returns true when it is news. */
  async record(tx: Tx, key: PageKey & { id: string }, post: WallPost, duplicateOf: string | null): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `insert into outside_posts (contractor_id, id, client_id, page_id, external_id, url, published_at, by_page, duplicate_of)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9
       where not exists (select 1 from publications p where p.contractor_id = $1 and p.page_id = $4 and p.external_id = $5)
       on conflict (contractor_id, page_id, external_id) do nothing returning 1`,
      [key.contractorId, key.id, key.clientId, key.pageId, post.externalId, post.url, post.publishedAt, post.byPage, duplicateOf],
    );
    return rows.length > 0;
  }

  find(tx: Tx, contractorId: string, id: string): Promise<OutsidePostEntity | null> {
    return tx.findOneBy(OutsidePostEntity, { contractorId, id });
  }

  list(
    tx: Tx,
    contractorId: string,
    filter: { clientId?: string; pageId?: string },
    start: PageStart,
  ): Promise<OutsidePostEntity[]> {
    const { clientId, pageId } = filter;
    return tx.find(OutsidePostEntity, {
      where: { contractorId, id: LessThan(start.beforeId), ...(clientId && { clientId }), ...(pageId && { pageId }) },
      order: { id: 'DESC' },
      take: start.limit + 1,
    });
  }

  setOrigin(tx: Tx, key: { contractorId: string; id: string }, origin: OutsideOrigin, version?: number): Promise<boolean> {
    return updateVersioned(tx, { entity: OutsidePostEntity, key }, { origin }, version);
  }
}
