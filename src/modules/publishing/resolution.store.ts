import { Injectable } from '@nestjs/common';
import type { Reason } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';
import type { PublicationState } from './publication.js';
import { LookEntity, type PublicationEntity } from './publication.entity.js';

type Key = Pick<PublicationEntity, 'contractorId' | 'id'>;

/** Statements for publications whose outcome is unclear or whose lease ran out. */
@Injectable()
export class ResolutionStore {
  /**
   * Takes an unclear publication whose look was due, so that nobody withdraws it or looks as well until this transaction
   * ends. @returns undefined when another look came first: two at the same time prove no more than one.
   */
  async lockDue(tx: Tx, key: Key): Promise<{ looks: number; withdrawn: boolean } | undefined> {
    const rows = await tx.query<{ looks: number; withdrawn: boolean }[]>(
      `select looks, withdraw_requested_at is not null as withdrawn from publications
       where contractor_id = $1 and id = $2 and state = 'unclear' and next_look_at <= app_now() for update`,
      [key.contractorId, key.id],
    );
    return rows[0];
  }

  async recordLook(tx: Tx, look: Omit<LookEntity, 'lookedAt'>): Promise<void> {
    await tx.insert(LookEntity, look);
  }

  /** The newest post that we know to be on the page still: a look-up that does not show it proves nothing. */
  async newestKnown(tx: Tx, contractorId: string, pageId: string): Promise<string | undefined> {
    const rows = await tx.query<{ external_id: string }[]>(
      `select external_id from publications where contractor_id = $1 and page_id = $2 and state = 'published'
         and drift is distinct from 'deleted' order by published_at desc limit 1`,
      [contractorId, pageId],
    );
    return rows[0]?.external_id;
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
         next_look_at = case when withdraw_requested_at is not null then app_now() end, version = version + 1, updated_at = app_now()
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
  async conclude(tx: Tx, key: Key, state: 'scheduled' | 'held' | 'withdrawn', reason: Reason): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update publications set state = $3, reason = $4, looks = 0, next_look_at = null, rung_at = null, next_try_at = app_now(),
         version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = 'unclear'`,
      [key.contractorId, key.id, state, JSON.stringify(reason)],
    );
    return count === 1;
  }

  /** Whether the same marker may still be sent again: VK forgets it after an hour, we stop ten minutes earlier. */
  async markerIsFresh(tx: Tx, key: Key): Promise<boolean> {
    const rows = await tx.query<{ fresh: boolean }[]>(
      `select first_sent_at > app_now() - interval '50 minutes' as fresh from publications where contractor_id = $1 and id = $2`,
      [key.contractorId, key.id],
    );
    return rows[0]?.fresh === true;
  }

  /** A claimed one goes back to scheduled, nothing was sent; a sending one is unclear. @returns the state it has now. */
  async expire(tx: Tx, key: Key, settleSeconds: number, lost: Reason): Promise<PublicationState | undefined> {
    const rows = await tx.query<{ state: PublicationState }[]>(
      `with expired as (
         update publications set state = case when state = 'claimed' then 'scheduled' else 'unclear' end, fence = fence + 1,
           lease_until = null, send_deadline = null, rung_at = null, reason = $3,
           next_look_at = case when state = 'sending' then app_now() + make_interval(secs => $4) end,
           version = version + 1, updated_at = app_now()
         where contractor_id = $1 and id = $2 and state in ('claimed', 'sending') and lease_until < app_now()
         returning contractor_id, id, state),
       ended as (
         update publication_attempts a set ended_at = app_now(), reason = $3,
           outcome = case when e.state = 'scheduled' then 'released' else 'unclear' end
         from expired e where a.contractor_id = e.contractor_id and a.publication_id = e.id and a.ended_at is null)
       select state from expired`,
      [key.contractorId, key.id, JSON.stringify(lost), settleSeconds],
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
