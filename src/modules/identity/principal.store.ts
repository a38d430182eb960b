import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';

/** What the database knows at this instant of the holder of a session or a key. */
export interface Holder {
  readonly memberId: string;
  readonly role: string;
  readonly allClients: boolean;
  readonly clientIds: string[];
}

export interface KeyHolder extends Holder {
  readonly keyId: string;
  readonly scopes: string[];
  readonly keyAllClients: boolean;
  readonly keyClientIds: string[];
  readonly requestsPerMinute: number;
}

const CLIENTS_OF_MEMBER = `array(select mc.client_id from member_clients mc
  where mc.contractor_id = m.contractor_id and mc.member_id = m.id) as "clientIds"`;
const ALIVE = `m.status = 'active' and exists (select 1 from contractors c where c.contractor_id = m.contractor_id and c.status = 'active')`;

const OF_SESSION = `select m.id as "memberId", m.role, m.all_clients as "allClients", ${CLIENTS_OF_MEMBER}
    from sessions s join members m on m.contractor_id = s.contractor_id and m.id = s.member_id
    where s.contractor_id = $1 and s.id = $2 and s.ended_at is null and s.expires_at > app_now() and ${ALIVE}`;

const OF_MEMBER = `select m.id as "memberId", m.role, m.all_clients as "allClients", ${CLIENTS_OF_MEMBER}
    from members m where m.contractor_id = $1 and m.id = $2 and ${ALIVE}`;

const KEYS = `select k.id as "keyId", k.scopes, k.all_clients as "keyAllClients", k.client_ids as "keyClientIds",
      k.requests_per_minute as "requestsPerMinute", m.id as "memberId", m.role, m.all_clients as "allClients", ${CLIENTS_OF_MEMBER}
    from api_keys k join members m on m.contractor_id = k.contractor_id and m.id = k.created_by
    where k.contractor_id = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > app_now()) and ${ALIVE}`;

/** By its secret, or by the one before while they are exchanged. */
const OPENS = `(secret_hash = $2 or (previous_hash = $2 and previous_until > app_now()))`;

/** Notes the use too, at most once a minute: a key in steady use must not write at each request. */
const OF_KEY = `with used as (update api_keys set last_used_at = app_now()
      where contractor_id = $1 and ${OPENS} and (last_used_at is null or last_used_at < app_now() - interval '1 minute'))
    ${KEYS} and ${OPENS}`;

const OF_KEY_ID = `${KEYS} and k.id = $2`;

@Injectable()
export class PrincipalStore {
  async ofSession(tx: Tx, contractorId: string, sessionId: string): Promise<Holder | undefined> {
    return (await tx.query<Holder[]>(OF_SESSION, [contractorId, sessionId]))[0];
  }

  async ofMember(tx: Tx, contractorId: string, memberId: string): Promise<Holder | undefined> {
    return (await tx.query<Holder[]>(OF_MEMBER, [contractorId, memberId]))[0];
  }

  async ofKey(tx: Tx, contractorId: string, secretHash: string): Promise<KeyHolder | undefined> {
    return (await tx.query<KeyHolder[]>(OF_KEY, [contractorId, secretHash]))[0];
  }

  /** Without a use of it. */
  async ofKeyId(tx: Tx, contractorId: string, keyId: string): Promise<KeyHolder | undefined> {
    return (await tx.query<KeyHolder[]>(OF_KEY_ID, [contractorId, keyId]))[0];
  }
}
