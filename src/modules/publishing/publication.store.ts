import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import type { Reason } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import type { PublicationState } from './publication.js';
import { AttemptEntity, LookEntity, PublicationEntity } from './publication.entity.js';

export interface PublicationFilter {
  readonly clientId?: string;
  readonly postId?: string;
  readonly pageId?: string;
  readonly state?: PublicationState;
}

/** What a schedule writes for one page. */
export interface Planned {
  readonly contractorId: string;
  readonly id: string;
  readonly clientId: string;
  readonly postId: string;
  readonly pageId: string;
  readonly network: string;
  readonly dueAt: Date;
  readonly plannedLocal: string;
  readonly timeZone: string;
  readonly postVersion: number;
  readonly contentHash: string;
  readonly onAmbiguity: 'hold' | 'resend';
  /** `byHand`: a person publishes it; the machine never sends it. */
  readonly state: 'scheduled' | 'byHand';
  /** Why a person has to publish it. */
  readonly reason: Reason | null;
  readonly maxLatenessMinutes: number;
  readonly marker: string;
  readonly scheduledBy: string;
}

@Injectable()
export class PublicationStore {
  find(tx: Tx, contractorId: string, id: string): Promise<PublicationEntity | null> {
    return tx.findOneBy(PublicationEntity, { contractorId, id });
  }

  list(tx: Tx, contractorId: string, filter: PublicationFilter, start: PageStart): Promise<PublicationEntity[]> {
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    return tx.find(PublicationEntity, {
      where: { contractorId, id: LessThan(start.beforeId), ...given },
      order: { id: 'DESC' },
      take: start.limit + 1,
    });
  }

  ofPost(tx: Tx, contractorId: string, postId: string): Promise<PublicationEntity[]> {
    return tx.find(PublicationEntity, { where: { contractorId, postId }, order: { network: 'ASC', id: 'ASC' } });
  }

  attempts(tx: Tx, contractorId: string, publicationId: string): Promise<AttemptEntity[]> {
    return tx.find(AttemptEntity, { where: { contractorId, publicationId }, order: { number: 'ASC' } });
  }

  looks(tx: Tx, contractorId: string, publicationId: string): Promise<LookEntity[]> {
    return tx.find(LookEntity, { where: { contractorId, publicationId }, order: { id: 'ASC' } });
  }

  /**
   * Schedules, or reschedules what has not been sent. A new content is a new intent and gets a new marker; the same
   * content keeps its own, so the network can still recognise a repeat.
   * @returns the publication's id, or undefined when it is being, has been or may have been sent.
   */
  async plan(tx: Tx, planned: Planned): Promise<string | undefined> {
    const rows = await tx.query<{ id: string }[]>(
      `insert into publications as p (contractor_id, id, client_id, post_id, page_id, network, due_at, next_try_at, planned_local,
         time_zone, post_version, content_hash, on_ambiguity, max_lateness, marker, scheduled_by, state, reason)
       values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10, $11, $12, make_interval(mins => $13), $14, $15, $16, $17)
       on conflict (contractor_id, post_id, page_id, slot) do update set state = excluded.state, due_at = excluded.due_at,
         next_try_at = excluded.due_at, planned_local = excluded.planned_local, time_zone = excluded.time_zone,
         post_version = excluded.post_version, content_hash = excluded.content_hash, on_ambiguity = excluded.on_ambiguity,
         max_lateness = excluded.max_lateness, scheduled_by = excluded.scheduled_by,
         marker = case when p.content_hash = excluded.content_hash then p.marker else excluded.marker end,
         prepared_at = case when p.content_hash = excluded.content_hash then p.prepared_at end,
         tries = 0, looks = 0, next_look_at = null, first_sent_at = null, repeat_until = null, rung_at = null, prepare_rung_at = null,
         reason = excluded.reason, withdraw_requested_at = null, version = p.version + 1, updated_at = app_now()
       where p.state in ('scheduled', 'held', 'byHand', 'withdrawn', 'abandoned', 'refused') and not p.in_doubt
       returning p.id`,
      [
        ...[planned.contractorId, planned.id, planned.clientId, planned.postId, planned.pageId, planned.network, planned.dueAt],
        ...[planned.plannedLocal, planned.timeZone, planned.postVersion, planned.contentHash, planned.onAmbiguity],
        ...[planned.maxLatenessMinutes, planned.marker, planned.scheduledBy, planned.state],
        planned.reason && JSON.stringify(planned.reason),
      ],
    );
    return rows[0]?.id;
  }

  /**
   * Takes a publication back. Before the point of no return it is withdrawn at once, and a claim that is under way loses;
   * afterwards the wish is kept and carried out when the outcome is known. What is held in doubt is looked for again.
   * @returns the state it has now, or undefined when there is nothing to take back.
   */
  async withdraw(tx: Tx, contractorId: string, id: string): Promise<PublicationState | undefined> {
    const [rows] = await tx.query<[{ state: PublicationState }[], number]>(
      `update publications set
         state = case when state = 'held' and in_doubt then 'unclear'
           when state in ('scheduled', 'claimed', 'held', 'byHand', 'refused') then 'withdrawn' else state end,
         fence = case when state in ('claimed', 'held') then fence + 1 else fence end,
         lease_until = case when state = 'claimed' then null else lease_until end,
         looks = case when state = 'held' then 0 else looks end,
         next_look_at = case when state = 'published' or (state = 'held' and in_doubt) then app_now() else next_look_at end,
         withdraw_requested_at = coalesce(withdraw_requested_at, app_now()),
         version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state in ('scheduled', 'claimed', 'sending', 'published', 'unclear', 'held', 'byHand', 'refused')
       returning state`,
      [contractorId, id],
    );
    return rows[0]?.state;
  }

  /** Holds what is scheduled of a post whose approval is gone. @returns the ids. */
  async holdUnapproved(tx: Tx, contractorId: string, postId: string, reason: Reason): Promise<string[]> {
    const [rows] = await tx.query<[{ id: string }[], number]>(
      `update publications set state = 'held', reason = $3, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and post_id = $2 and state in ('scheduled', 'byHand') and not post_is_approved(contractor_id, post_id, content_hash)
       returning id`,
      [contractorId, postId, JSON.stringify(reason)],
    );
    return rows.map((row) => row.id);
  }
}
