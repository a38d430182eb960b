import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { Parking } from './parking.js';

interface PageKey {
  readonly contractorId: string;
  readonly clientId: string;
  readonly pageId: string;
}

/** A pause that is shorter is over before anybody reads of it: the dispatcher alone observes it. */
const WORTH_TELLING = `interval '30 seconds'`;
/** The same notice next week is a custom, twice in a day it is a slip. */
const SAME_TEXT_WITHIN = `interval '24 hours'`;

/** Pages that the network wants to be left alone, and what stands on a page on one day. */
@Injectable()
export class LaneStore {
  /** Parks the page; the longer of two parkings holds. What was to go out meanwhile waits and says why. */
  async park(tx: Tx, page: PageKey, { seconds, reason }: Parking): Promise<void> {
    await tx.query(
      `insert into page_lanes as l (contractor_id, page_id, client_id, parked_at, parked_until, park_reason)
       values ($1, $2, $3, app_now(), app_now() + make_interval(secs => $4), $5)
       on conflict (contractor_id, page_id) do update set parked_at = excluded.parked_at, parked_until = excluded.parked_until, park_reason = excluded.park_reason
       where l.parked_until is null or l.parked_until < excluded.parked_until`,
      [page.contractorId, page.pageId, page.clientId, seconds, JSON.stringify(reason)],
    );
    await this.holdBack(tx, page);
  }

  /**
   * Publications of a parked page wait until it is free, but not beyond the time up to which they may still go out: then a
   * person is asked. They keep their order, because all become due at the same instant.
   */
  async holdBack(tx: Tx, { contractorId, pageId }: Pick<PageKey, 'contractorId' | 'pageId'>): Promise<void> {
    await tx.query(
      `update publications p set next_try_at = least(l.parked_until, p.due_at + p.max_lateness + interval '1 second'),
         reason = l.park_reason, version = p.version + 1, updated_at = app_now()
       from page_lanes l where l.contractor_id = $1 and l.page_id = $2 and l.parked_until > app_now() + ${WORTH_TELLING}
         and p.contractor_id = l.contractor_id and p.page_id = l.page_id and p.due_at < l.parked_until and p.state = 'scheduled'
         and p.next_try_at < least(l.parked_until, p.due_at + p.max_lateness + interval '1 second')`,
      [contractorId, pageId],
    );
  }

  /** How much goes out or went out on a page between two instants. */
  async countBetween(tx: Tx, { contractorId, pageId }: Omit<PageKey, 'clientId'>, from: Date, to: Date): Promise<number> {
    const rows = await tx.query<{ count: number }[]>(
      `select count(*)::integer as count from publications where contractor_id = $1 and page_id = $2
         and due_at >= $3 and due_at < $4 and state not in ('withdrawn', 'abandoned', 'refused', 'byHand')`,
      [contractorId, pageId, from, to],
    );
    return rows[0]!.count;
  }

  /** When another post with the same text goes out or went out on the same page, within a day of this one. */
  async sameText(tx: Tx, contractorId: string, publicationId: string): Promise<string | undefined> {
    const rows = await tx.query<{ planned: string }[]>(
      `select o.planned_local as planned from publications p
       join publications o on o.contractor_id = p.contractor_id and o.page_id = p.page_id and o.post_id <> p.post_id
         and o.due_at between p.due_at - ${SAME_TEXT_WITHIN} and p.due_at + ${SAME_TEXT_WITHIN}
         and o.state not in ('withdrawn', 'abandoned', 'refused', 'deleted') and o.withdraw_requested_at is null
       join post_variants mine on mine.contractor_id = p.contractor_id and mine.post_id = p.post_id and mine.number = p.post_version
         and mine.network = p.network
       join post_variants theirs on theirs.contractor_id = o.contractor_id and theirs.post_id = o.post_id and theirs.number = o.post_version
         and theirs.network = o.network and btrim(theirs.text) = btrim(mine.text)
       where p.contractor_id = $1 and p.id = $2 and btrim(mine.text) <> ''
       order by abs(extract(epoch from o.due_at - p.due_at)), o.id limit 1`,
      [contractorId, publicationId],
    );
    return rows[0]?.planned;
  }

  /** Posts that the network takes on one page in a day, or null when it names no such number. */
  async postsPerDay(tx: Tx, network: string): Promise<number | null> {
    const rows = await tx.query<{ most: number | null }[]>(
      `select page_posts_per_day as most from network_budgets where network = $1`,
      [network],
    );
    return rows[0]?.most ?? null;
  }
}
