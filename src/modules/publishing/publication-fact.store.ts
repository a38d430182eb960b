import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { RegionCode } from '../tenancy/regions.js';
import type {
  FactsWanted,
  OutsideFact,
  PublicationFact,
  QuietFact,
  StandingPublication,
  TroubleFact,
  Whereabouts,
} from './publication-fact.js';

const COLUMNS = `id, post_id as "postId", post_version as "postVersion", page_id as "pageId", network, url, content_hash as "contentHash"`;

@Injectable()
export class PublicationFactStore {
  /** What was published in the interval, and what is on its way in it; in order of time. */
  publications(tx: Tx, { contractorId, pageIds, from, until }: FactsWanted): Promise<PublicationFact[]> {
    return tx.query(
      `select ${COLUMNS}, published_at as at,
         case when state = 'deleted' or drift = 'deleted' then 'deleted' else 'stands' end as standing
       from publications
       where contractor_id = $1 and page_id = any($2) and published_at >= $3 and published_at < $4 and state in ('published', 'deleted')
       union all
       select ${COLUMNS}, due_at, 'scheduled' from publications
       where contractor_id = $1 and page_id = any($2) and due_at >= $3 and due_at < $4
         and state in ('scheduled', 'claimed', 'sending', 'unclear', 'byHand')
       order by at, id`,
      [contractorId, pageIds, from, until],
    );
  }

  /** In order of time. */
  outsidePosts(tx: Tx, { contractorId, pageIds, from, until }: FactsWanted): Promise<OutsideFact[]> {
    return tx.query(
      `select o.id, o.page_id as "pageId", p.network, o.url, o.published_at as at, o.by_page as "byPage", o.origin,
         o.duplicate_of is not null as "isDouble"
       from outside_posts o join pages p on p.contractor_id = o.contractor_id and p.id = o.page_id
       where o.contractor_id = $1 and o.page_id = any($2) and o.published_at >= $3 and o.published_at < $4
       order by at, o.id`,
      [contractorId, pageIds, from, until],
    );
  }

  /** What was due in the interval and did not go out, or more than a quarter of an hour late; in order of time. */
  troubles(tx: Tx, { contractorId, pageIds, from, until }: FactsWanted): Promise<TroubleFact[]> {
    return tx.query(
      `select id, page_id as "pageId", due_at as "dueAt", published_at as "publishedAt", reason,
         case when state in ('published', 'deleted') then 'late' else state end as state
       from publications
       where contractor_id = $1 and page_id = any($2) and due_at >= $3 and due_at < $4
         and (state in ('held', 'refused', 'unclear', 'abandoned')
           or (state in ('published', 'deleted') and published_at > due_at + interval '15 minutes'))
       order by due_at, id`,
      [contractorId, pageIds, from, until],
    );
  }

  /** Quiet periods that reach into an interval, of a client in a region; in order of time. */
  quietPeriods(
    tx: Tx,
    of: { contractorId: string; clientId: string; regionCode: RegionCode | null },
    { from, until }: { from: Date; until: Date },
  ): Promise<QuietFact[]> {
    return tx.query(
      `select id, kind, title, starts_at as "startsAt", ends_at as "endsAt" from quiet_periods
       where contractor_id = $1 and (client_id = $2 or (client_id is null and (region_code is null or region_code = $3)))
         and starts_at < $5 and (ends_at is null or ends_at > $4)
       order by starts_at, id`,
      [of.contractorId, of.clientId, of.regionCode, from, until],
    );
  }

  /** What was published on a page since an instant and still stands there, oldest first. */
  standing(tx: Tx, contractorId: string, pageId: string, since: Date): Promise<StandingPublication[]> {
    return tx.query(
      `select id, external_id as "externalId", published_at as "publishedAt" from publications
       where contractor_id = $1 and page_id = $2 and published_at >= $3 and state = 'published'
         and drift is distinct from 'deleted' and external_id is not null
       order by published_at, id`,
      [contractorId, pageId, since],
    );
  }

  async whereaboutsOf(tx: Tx, contractorId: string, publicationId: string): Promise<Whereabouts | undefined> {
    const rows = await tx.query<Whereabouts[]>(
      `select page_id as "pageId", coalesce(published_at, due_at) as at from publications where contractor_id = $1 and id = $2`,
      [contractorId, publicationId],
    );
    return rows[0];
  }

  async whereaboutsOfOutside(tx: Tx, contractorId: string, outsidePostId: string): Promise<Whereabouts | undefined> {
    const rows = await tx.query<Whereabouts[]>(
      `select page_id as "pageId", published_at as at from outside_posts where contractor_id = $1 and id = $2`,
      [contractorId, outsidePostId],
    );
    return rows[0];
  }

  /** Of each publication of a post: pages and instants, in order. */
  whereaboutsOfPost(tx: Tx, contractorId: string, postId: string): Promise<Whereabouts[]> {
    return tx.query(
      `select page_id as "pageId", coalesce(published_at, due_at) as at from publications
       where contractor_id = $1 and post_id = $2 order by id`,
      [contractorId, postId],
    );
  }

  /** Of how many publications of each page the time is still to come, at an instant or later; pages without any are absent. */
  comingFrom(tx: Tx, contractorId: string, pageIds: readonly string[], from: Date): Promise<{ pageId: string; count: number }[]> {
    return tx.query(
      `select page_id as "pageId", count(*)::integer as count from publications
       where contractor_id = $1 and page_id = any($2) and due_at >= $3
         and state in ('scheduled', 'claimed', 'sending', 'unclear', 'byHand', 'held')
       group by page_id order by page_id`,
      [contractorId, pageIds, from],
    );
  }
}
