import { Injectable } from '@nestjs/common';
import type { Reason } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';
import type { PublicationState } from './publication.js';

interface PageKey {
  readonly contractorId: string;
  readonly pageId: string;
}

export interface Moved {
  readonly id: string;
  readonly clientId: string;
  readonly state: PublicationState;
}

export interface Planned {
  readonly id: string;
  readonly clientId: string;
  readonly postId: string;
  readonly postVersion: number;
  readonly state: 'scheduled' | 'held';
}

/**
 * Back to the plan at its own time. What is too late by now stays held, and its reason asks whether it is wanted still.
 * Uploads are kept, but looked at again, because the secrets may be others. A repeat that counts on the network's memory of
 * the marker stays one.
 */
const REARM = `state = case when app_now() > p.due_at + p.max_lateness then 'held' else 'scheduled' end,
  reason = case when app_now() > p.due_at + p.max_lateness then $3::jsonb end,
  next_try_at = greatest(p.due_at, app_now()), tries = 0, looks = 0, rung_at = null, prepared_at = null, prepare_rung_at = null,
  first_sent_at = case when p.repeat_until is not null then p.first_sent_at end, version = p.version + 1, updated_at = app_now()`;

/** Statements that bring a page's publications in line with what became of the page. */
@Injectable()
export class PageStandingStore {
  /** Holds everything that is planned, unless the page was connected again meanwhile. */
  async holdPlanned(tx: Tx, { contractorId, pageId }: PageKey, reason: Reason): Promise<Moved[]> {
    const [rows] = await tx.query<[Moved[], number]>(
      `update publications p set state = 'held', reason = $3, version = version + 1, updated_at = app_now()
       where p.contractor_id = $1 and p.page_id = $2 and p.state = 'scheduled' and not page_is_connected($1, $2)
       returning p.id, p.client_id as "clientId", p.state`,
      [contractorId, pageId, JSON.stringify(reason)],
    );
    return rows;
  }

  /**
   * What was held because of the page, and certainly not sent: held before its time, or refused by the very answer that
   * broke the page. One whose outcome was unclear stays with the person who decides about it.
   */
  async rearm(tx: Tx, { contractorId, pageId }: PageKey, tooLate: Reason): Promise<Moved[]> {
    const [rows] = await tx.query<[Moved[], number]>(
      `update publications p set ${REARM}
       where p.contractor_id = $1 and p.page_id = $2 and p.state = 'held' and not p.in_doubt
         and p.withdraw_requested_at is null and page_is_connected($1, $2) and (p.reason ->> 'code' = 'page-not-connected' or exists (
           select 1 from publication_attempts a where a.contractor_id = $1 and a.publication_id = p.id
             and a.outcome in ('credentialLost', 'needsPerson') and a.reason ->> 'code' = p.reason ->> 'code'
             and a.number = (select max(number) from publication_attempts l where l.contractor_id = $1 and l.publication_id = p.id)))
       returning p.id, p.client_id as "clientId", p.state`,
      [contractorId, pageId, JSON.stringify(tooLate)],
    );
    return rows;
  }

  /** Ends a pause that the network asked for before the page was connected again: it was asked with other secrets. */
  async unpark(tx: Tx, { contractorId, pageId }: PageKey): Promise<void> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update page_lanes l set parked_at = null, parked_until = null, park_reason = null from connections c
       where l.contractor_id = $1 and l.page_id = $2 and c.contractor_id = $1 and c.page_id = $2 and c.ended_at is null
         and l.parked_at <= c.connected_at`,
      [contractorId, pageId],
    );
    if (count === 0) return;
    await tx.query(
      `update publications set next_try_at = greatest(due_at, app_now()), reason = null, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and page_id = $2 and state = 'scheduled' and next_try_at > greatest(due_at, app_now())`,
      [contractorId, pageId],
    );
  }

  /** Withdrawn posts that could not be deleted are deleted now. */
  async deleteNow(tx: Tx, { contractorId, pageId }: PageKey): Promise<void> {
    await tx.query(
      `update publications set next_look_at = app_now() where contractor_id = $1 and page_id = $2
         and state = 'published' and withdraw_requested_at is not null and next_look_at is null`,
      [contractorId, pageId],
    );
  }

  /** What is planned on a page, and what waits until its secrets allow more. */
  planned(tx: Tx, { contractorId, pageId }: PageKey): Promise<Planned[]> {
    return tx.query(
      `select id, client_id as "clientId", post_id as "postId", post_version as "postVersion", state from publications
       where contractor_id = $1 and page_id = $2
         and (state = 'scheduled' or (state = 'held' and reason ->> 'code' = 'capability-lost' and withdraw_requested_at is null))
       order by id`,
      [contractorId, pageId],
    );
  }

  async hold(tx: Tx, contractorId: string, id: string, reason: Reason): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update publications set state = 'held', reason = $3, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = 'scheduled'`,
      [contractorId, id, JSON.stringify(reason)],
    );
    return count === 1;
  }

  async rearmOne(tx: Tx, contractorId: string, id: string, tooLate: Reason): Promise<PublicationState | undefined> {
    const [rows] = await tx.query<[{ state: PublicationState }[], number]>(
      `update publications p set ${REARM}
       where p.contractor_id = $1 and p.id = $2 and p.state = 'held' and p.reason ->> 'code' = 'capability-lost' returning p.state`,
      [contractorId, id, JSON.stringify(tooLate)],
    );
    return rows[0]?.state;
  }
}
