import { Injectable } from '@nestjs/common';
import type { Reason } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';
import type { Decision } from './decision.js';
import type { PublicationState } from './publication.js';

export interface NewDecision extends Omit<Decision, 'decidedAt'> {
  readonly contractorId: string;
  readonly clientId: string;
  readonly publicationId: string;
}

interface Key {
  readonly contractorId: string;
  readonly id: string;
}

const COLUMNS = `id, decision, state_before as "stateBefore", url, verified, text_matches as "textMatches", comment,
  decided_by as "decidedBy", decided_at as "decidedAt"`;

/** Before that a person may look at the page and not see what a network is about to show. */
const SETTLED = `(state <> 'unclear' or settles_at <= app_now())`;

@Injectable()
export class DecisionStore {
  async insert(tx: Tx, decision: NewDecision): Promise<void> {
    await tx.query(
      `insert into publication_decisions (contractor_id, id, client_id, publication_id, decision, state_before, url, verified,
         text_matches, comment, decided_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[
          decision.contractorId,
          decision.id,
          decision.clientId,
          decision.publicationId,
          decision.decision,
          decision.stateBefore,
        ],
        ...[decision.url, decision.verified, decision.textMatches, decision.comment, decision.decidedBy],
      ],
    );
  }

  list(tx: Tx, contractorId: string, publicationId: string): Promise<Decision[]> {
    return tx.query(
      `select ${COLUMNS} from publication_decisions where contractor_id = $1 and publication_id = $2 order by id desc limit 200`,
      [contractorId, publicationId],
    );
  }

  /** The post stands at this address. @returns false when the state changed meanwhile. */
  async adopt(
    tx: Tx,
    key: Key,
    from: PublicationState,
    post: { externalId: string; url: string; reason: Reason | null },
  ): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update publications set state = 'published', external_id = $4, url = $5, reason = $6, published_at = app_now(),
         in_doubt = false, next_look_at = case when withdraw_requested_at is not null then app_now() end, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = $3`,
      [key.contractorId, key.id, from, post.externalId, post.url, post.reason && JSON.stringify(post.reason)],
    );
    return count === 1;
  }

  /**
   * Due now, whatever the plan was: somebody looked and wants it out. The marker stays, so VK still drops a repeat.
   * @returns false when the state changed meanwhile, or the post may still appear.
   */
  async sendAgain(tx: Tx, key: Key, from: PublicationState): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update publications set state = 'scheduled', due_at = app_now(), next_try_at = app_now(), tries = 0, looks = 0,
         next_look_at = null, rung_at = null, first_sent_at = null, repeat_until = null, in_doubt = false, reason = null,
         version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = $3 and withdraw_requested_at is null and ${SETTLED}`,
      [key.contractorId, key.id, from],
    );
    return count === 1;
  }

  /** @returns false when the state changed meanwhile, the post may still appear, or it is being taken back. */
  async giveUp(tx: Tx, key: Key, from: PublicationState, reason: Reason): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update publications set state = 'abandoned', next_look_at = null, in_doubt = false, reason = $4,
         version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = $3 and ${SETTLED} and (state <> 'unclear' or withdraw_requested_at is null)`,
      [key.contractorId, key.id, from, JSON.stringify(reason)],
    );
    return count === 1;
  }
}
