import { Injectable } from '@nestjs/common';
import type { Reason } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';
import { WORKERS_LOST } from './hold-reasons.js';
import type { PublicationState } from './publication.js';
import { LookEntity, type PublicationEntity } from './publication.entity.js';

type Key = Pick<PublicationEntity, 'contractorId' | 'id'>;
/** What a look began with. */
type Begun = Key & Pick<PublicationEntity, 'fence' | 'looks'>;

/** What is known of an unclear publication while nobody else can change it. */
export interface Open {
  readonly withdrawn: boolean;
  /** Whether this look may say that something is not there: it was due, and nobody looked, sent or took back meanwhile. */
  readonly counts: boolean;
  /** Looking has brought nothing for so long that a person must look. */
  readonly tooLong: boolean;
}

/** How an uncertainty ends without a post. */
export interface Conclusion {
  readonly state: 'scheduled' | 'held' | 'withdrawn';
  readonly reason: Reason;
  /** Held without knowing. */
  readonly inDoubt: boolean;
  /** Sent again because VK drops what it has already got: only while it remembers the marker. */
  readonly byMarker: boolean;
}

/** A post that we know to be on the page. */
export interface KnownPost {
  readonly externalId: string;
  readonly publishedAt: Date;
}

/** A publication whose worker died this often before, each time with nothing sent, is not given to another worker. */
export const LOST_BEFORE = 2;
/** VK forgets a marker after an hour; we stop ten minutes earlier. */
const MARKER_LIFE = `interval '50 minutes'`;
/** How long we go on looking when looks say nothing. */
const MOST_LOOKING = `interval '50 minutes'`;

/** Statements for publications whose outcome is unclear or whose lease ran out. */
@Injectable()
export class ResolutionStore {
  /** What a look begins with; undefined when none is due: whoever looks too soon sees the page as the last look saw it. */
  async due(tx: Tx, key: Key): Promise<Begun | undefined> {
    const rows = await tx.query<Pick<Begun, 'fence' | 'looks'>[]>(
      `select fence, looks from publications where contractor_id = $1 and id = $2 and state = 'unclear' and next_look_at <= app_now()`,
      [key.contractorId, key.id],
    );
    return rows[0] && { ...key, ...rows[0] };
  }

  /** Takes an unclear publication, so that nobody withdraws it or looks as well until this transaction ends. */
  async lockUnclear(tx: Tx, begun: Begun): Promise<Open | undefined> {
    const rows = await tx.query<Open[]>(
      `select withdraw_requested_at is not null as withdrawn, app_now() > settles_at + ${MOST_LOOKING} as "tooLong",
         next_look_at <= app_now() and fence = $3 and looks = $4 as counts
       from publications where contractor_id = $1 and id = $2 and state = 'unclear' for update`,
      [begun.contractorId, begun.id, begun.fence, begun.looks],
    );
    return rows[0];
  }

  async recordLook(tx: Tx, look: Omit<LookEntity, 'lookedAt'>): Promise<void> {
    await tx.insert(LookEntity, look);
  }

  /** The newest post that we know to be on the page still; ours first, because nobody tells us when others' are deleted. */
  async newestKnown(tx: Tx, contractorId: string, pageId: string): Promise<KnownPost | undefined> {
    const rows = await tx.query<KnownPost[]>(
      `select external_id as "externalId", published_at as "publishedAt" from (
         (select external_id, published_at, 0 as place from publications where contractor_id = $1 and page_id = $2
            and state = 'published' and drift is distinct from 'deleted' order by published_at desc limit 1)
         union all
         (select external_id, published_at, 1 as place from outside_posts where contractor_id = $1 and page_id = $2
          order by published_at desc limit 1)) known
       order by place limit 1`,
      [contractorId, pageId],
    );
    return rows[0];
  }

  /** Which of these posts belong to other publications of the page. */
  async owned(tx: Tx, contractorId: string, pageId: string, externalIds: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ external_id: string }[]>(
      `select external_id from publications where contractor_id = $1 and page_id = $2 and external_id = any($3)`,
      [contractorId, pageId, externalIds],
    );
    return rows.map((row) => row.external_id);
  }

  async adopt(tx: Tx, key: Key, externalId: string, url: string): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update publications set state = 'published', external_id = $3, url = $4, published_at = app_now(), reason = null,
         in_doubt = false, next_look_at = case when withdraw_requested_at is not null then app_now() end, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = 'unclear'`,
      [key.contractorId, key.id, externalId, url],
    );
    return count === 1;
  }

  async lookAgain(tx: Tx, key: Key, inSeconds: number, counts: boolean): Promise<void> {
    await tx.query(
      `update publications set looks = looks + $4, next_look_at = app_now() + make_interval(secs => $3), updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = 'unclear'`,
      [key.contractorId, key.id, inSeconds, counts ? 1 : 0],
    );
  }

  /** Ends the uncertainty without a post: to be sent again, held for a person, or withdrawn. */
  async conclude(tx: Tx, key: Key, { state, reason, inDoubt, byMarker }: Conclusion): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update publications set state = $3, reason = $4, looks = 0, next_look_at = null, rung_at = null, next_try_at = app_now(),
         in_doubt = $5, repeat_until = case when $6 then first_sent_at + ${MARKER_LIFE} end,
         version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = 'unclear'`,
      [key.contractorId, key.id, state, JSON.stringify(reason), inDoubt, byMarker],
    );
    return count === 1;
  }

  /** Whether the same marker may still be sent again. */
  async markerIsFresh(tx: Tx, key: Key): Promise<boolean> {
    const rows = await tx.query<{ fresh: boolean }[]>(
      `select first_sent_at > app_now() - ${MARKER_LIFE} as fresh from publications where contractor_id = $1 and id = $2`,
      [key.contractorId, key.id],
    );
    return rows[0]?.fresh === true;
  }

  /**
   * A claimed one goes back to scheduled, nothing was sent, unless it has cost too many workers in a row; a sending one is unclear.
   * @returns the state it has now.
   */
  async expire(tx: Tx, key: Key, settleSeconds: number, lost: Reason): Promise<PublicationState | undefined> {
    const rows = await tx.query<{ state: PublicationState }[]>(
      `with before as (
         select count(*) >= $5 as poison from (
           select reason from publication_attempts where contractor_id = $1 and publication_id = $2 and ended_at is not null
           order by number desc limit $5) last where reason ->> 'code' = $3::jsonb ->> 'code'),
       expired as (
         update publications set fence = fence + 1, lease_until = null, send_deadline = null, rung_at = null, in_doubt = (state = 'sending'),
           state = case when state = 'sending' then 'unclear' when tries > $5 and (select poison from before) then 'held' else 'scheduled' end,
           reason = case when state = 'claimed' and tries > $5 and (select poison from before) then $6::jsonb else $3 end,
           settles_at = case when state = 'sending' then greatest(app_now(), send_deadline) + make_interval(secs => $4) else settles_at end,
           next_look_at = case when state = 'sending' then greatest(app_now(), send_deadline) + make_interval(secs => $4) end,
           version = version + 1, updated_at = app_now()
         where contractor_id = $1 and id = $2 and state in ('claimed', 'sending') and lease_until < app_now()
         returning contractor_id, id, state),
       ended as (
         update publication_attempts a set ended_at = app_now(), reason = $3,
           outcome = case when e.state = 'unclear' then 'unclear' else 'released' end
         from expired e where a.contractor_id = e.contractor_id and a.publication_id = e.id and a.ended_at is null)
       select state from expired`,
      [key.contractorId, key.id, JSON.stringify(lost), settleSeconds, LOST_BEFORE, JSON.stringify(WORKERS_LOST)],
    );
    return rows[0]?.state;
  }

  async deleted(tx: Tx, key: Key): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update publications set state = 'deleted', reason = null, next_look_at = null, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = 'published' and withdraw_requested_at is not null`,
      [key.contractorId, key.id],
    );
    return count === 1;
  }

  /** @param inSeconds when to try again, or null to leave it to a person. */
  async deleteLater(tx: Tx, key: Key, inSeconds: number | null, reason: Reason): Promise<void> {
    await tx.query(
      `update publications set reason = $4, version = version + 1, updated_at = app_now(),
         next_look_at = case when $3::integer is null then null else app_now() + make_interval(secs => $3) end
       where contractor_id = $1 and id = $2 and state = 'published'`,
      [key.contractorId, key.id, inSeconds, JSON.stringify(reason)],
    );
  }
}
