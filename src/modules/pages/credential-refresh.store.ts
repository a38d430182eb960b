import { Injectable } from '@nestjs/common';
import type { NetworkName, Reason } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';

interface Key {
  readonly contractorId: string;
  readonly key: string;
}

/** A worker's right to use a secret that is good for one use. */
export interface RefreshLease extends Key {
  readonly fence: number;
  /** Renewals in a row that brought nothing. */
  readonly failures: number;
  /** An earlier answer is missing. */
  readonly unsure: boolean;
}

/** A page whose present connection holds the secret. */
export interface Holder {
  readonly pageId: string;
  readonly clientId: string;
  readonly connectionId: string;
  readonly network: NetworkName;
}

export interface DueRefresh extends Key {
  readonly ring: string;
}

/** Longer than a renewal may take, so that it ends only when its worker is gone or stuck. */
const LEASE = `interval '40 seconds'`;
/** A renewal that was rung and lost is rung again after this. */
const AGAIN = `interval '1 minute'`;

/** Whose turn it is to use a secret that renews others. One row for each such secret, however many pages hold it. */
@Injectable()
export class CredentialRefreshStore {
  /** A second page with the same secret takes part in the renewals of the first. */
  async open(tx: Tx, { contractorId, key }: Key, inSeconds: number): Promise<void> {
    await tx.query(
      `insert into credential_refreshes as r (contractor_id, key, refresh_at) values ($1, $2, app_now() + make_interval(secs => $3))
       on conflict (contractor_id, key) do update set refresh_at = least(r.refresh_at, excluded.refresh_at)`,
      [contractorId, key, inSeconds],
    );
  }

  /** Across tenants: secrets whose turn it is. */
  async pickDue(tx: Tx, most: number): Promise<DueRefresh[]> {
    const [rows] = await tx.query<[DueRefresh[], number]>(
      `with due as (select contractor_id, key from credential_refreshes where refresh_at <= app_now()
         order by refresh_at limit $1 for update skip locked)
       update credential_refreshes r set refresh_at = app_now() + ${AGAIN} from due
       where r.contractor_id = due.contractor_id and r.key = due.key
       returning r.contractor_id as "contractorId", r.key, extract(epoch from r.refresh_at)::text as ring`,
      [most],
    );
    return rows;
  }

  /**
   * Takes the secret, unless another worker has it. A lease that ran out was left by a worker that stopped in the middle:
   * the network may have answered it.
   */
  async claim(tx: Tx, { contractorId, key }: Key): Promise<RefreshLease | undefined> {
    const [rows] = await tx.query<[Omit<RefreshLease, 'contractorId' | 'key'>[], number]>(
      `update credential_refreshes set fence = fence + 1, lease_until = app_now() + ${LEASE},
         unsure_since = case when lease_until is null then unsure_since else coalesce(unsure_since, lease_until - ${LEASE}) end
       where contractor_id = $1 and key = $2 and (lease_until is null or lease_until <= app_now())
       returning fence, failures, unsure_since is not null as unsure`,
      [contractorId, key],
    );
    return rows[0] && { contractorId, key, ...rows[0] };
  }

  /** Pages that hold the secret now. */
  holders(tx: Tx, { contractorId, key }: Key): Promise<Holder[]> {
    return tx.query(
      `select h.page_id as "pageId", h.client_id as "clientId", h.connection_id as "connectionId", p.network
       from connection_health h join pages p on p.contractor_id = h.contractor_id and p.id = h.page_id
       where h.contractor_id = $1 and h.refresh_key = $2 order by h.page_id`,
      [contractorId, key],
    );
  }

  /**
   * New secrets are true whatever became of the lease, as long as nobody stored other ones.
   * @returns false when the secret is not this one any more.
   */
  async renewed(tx: Tx, { contractorId, key }: Key, next: { key: string; inSeconds: number }): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update credential_refreshes set key = $3, refresh_at = app_now() + make_interval(secs => $4), lease_until = null,
         unsure_since = null, failures = 0, problem = null where contractor_id = $1 and key = $2`,
      [contractorId, key, next.key, next.inSeconds],
    );
    return count === 1;
  }

  /** @returns whether it is news that an answer is missing; undefined when the lease was lost meanwhile. */
  async failed(
    tx: Tx,
    { contractorId, key, fence, unsure: before }: RefreshLease,
    failure: { reason: Reason; inSeconds: number; unsure: boolean },
  ): Promise<boolean | undefined> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update credential_refreshes set lease_until = null, failures = failures + 1, problem = $4,
         refresh_at = app_now() + make_interval(secs => $5),
         unsure_since = case when $6 then coalesce(unsure_since, app_now()) else unsure_since end
       where contractor_id = $1 and key = $2 and fence = $3`,
      [contractorId, key, fence, JSON.stringify(failure.reason), failure.inSeconds, failure.unsure],
    );
    return count === 1 ? failure.unsure && !before : undefined;
  }

  /** Forgets a secret that renews nothing any more. @returns false when the lease was lost meanwhile. */
  async drop(tx: Tx, { contractorId, key, fence }: RefreshLease): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `delete from credential_refreshes where contractor_id = $1 and key = $2 and fence = $3`,
      [contractorId, key, fence],
    );
    return count === 1;
  }

  /** The secrets were refused before their time: they are renewed at once. */
  async hurry(tx: Tx, { contractorId, key }: Key): Promise<void> {
    await tx.query(
      `update credential_refreshes set refresh_at = least(refresh_at, app_now()) where contractor_id = $1 and key = $2`,
      [contractorId, key],
    );
  }
}
