import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import { RefreshTokenEntity, SessionEntity } from './session.entity.js';

/** A refresh token stays good for a week without use, a session for a month in all. */
const IDLE = '7 days';
const ABSOLUTE = '30 days';
/** A client that lost our answer may ask again this long. */
const GRACE = '10 seconds';

export type EndReason = 'loggedOut' | 'tokenReused' | 'memberDisabled' | 'passwordChanged';

export interface RefreshState {
  readonly sessionId: string;
  readonly memberId: string;
  /** `fresh`: taken now; `repeated`: taken moments ago and its successor is unused; `spent`: reuse; `dead`: expired or ended. */
  readonly state: 'fresh' | 'repeated' | 'spent' | 'dead';
}

@Injectable()
export class SessionStore {
  async open(tx: Tx, session: { contractorId: string; id: string; memberId: string }): Promise<void> {
    await tx.insert(SessionEntity, { ...session, expiresAt: () => `app_now() + interval '${ABSOLUTE}'` });
  }

  async addToken(tx: Tx, contractorId: string, sessionId: string, tokenHash: string): Promise<void> {
    await tx.insert(RefreshTokenEntity, {
      contractorId,
      sessionId,
      tokenHash,
      expiresAt: () => `app_now() + interval '${IDLE}'`,
    });
  }

  /** Takes a refresh token, once. */
  async take(tx: Tx, contractorId: string, tokenHash: string, successorHash: string): Promise<RefreshState | undefined> {
    const rows = await tx.query<RefreshState[]>(
      `with taken as (
         update refresh_tokens t set used_at = app_now() from sessions s
         where t.contractor_id = $1 and t.token_hash = $2 and t.used_at is null and t.expires_at > app_now()
           and s.contractor_id = t.contractor_id and s.id = t.session_id and s.ended_at is null and s.expires_at > app_now()
         returning t.session_id, s.member_id)
       select session_id as "sessionId", member_id as "memberId", 'fresh' as state from taken
       union all
       select t.session_id, s.member_id, case
           when s.ended_at is not null or t.used_at is null then 'dead'
           when t.used_at > app_now() - interval '${GRACE}' and next.used_at is null and next.token_hash is not null then 'repeated'
           else 'spent' end
       from refresh_tokens t join sessions s on s.contractor_id = t.contractor_id and s.id = t.session_id
       left join refresh_tokens next on next.contractor_id = t.contractor_id and next.token_hash = $3
       where t.contractor_id = $1 and t.token_hash = $2 and not exists (select 1 from taken)`,
      [contractorId, tokenHash, successorHash],
    );
    return rows[0];
  }

  async end(tx: Tx, contractorId: string, sessionId: string, reason: EndReason): Promise<void> {
    await tx.query(
      `update sessions set ended_at = app_now(), end_reason = $3 where contractor_id = $1 and id = $2 and ended_at is null`,
      [contractorId, sessionId, reason],
    );
  }

  /** Ends every session of a member, but for one. */
  async endAll(tx: Tx, of: { contractorId: string; memberId: string }, reason: EndReason, but?: string): Promise<void> {
    await tx.query(
      `update sessions set ended_at = app_now(), end_reason = $3
       where contractor_id = $1 and member_id = $2 and ended_at is null and id is distinct from $4`,
      [of.contractorId, of.memberId, reason, but ?? null],
    );
  }
}
