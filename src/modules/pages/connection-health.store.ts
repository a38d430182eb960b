import { Injectable } from '@nestjs/common';
import type { Reason } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';
import type { ConnectionHealth } from './connection-health.js';

export interface PageKey {
  readonly contractorId: string;
  readonly pageId: string;
}

export interface NewHealth extends PageKey {
  readonly clientId: string;
  readonly connectionId: string;
  readonly checkInSeconds: number;
  readonly expiresAt: Date | null;
  readonly refreshKey: string | null;
}

/** The row of a present connection while a transaction has it. */
export interface LockedHealth {
  readonly connectionId: string;
  readonly clientId: string;
  readonly proving: boolean;
  readonly checkFailures: number;
  readonly warnedDays: number | null;
  readonly refreshKey: string | null;
  readonly expiresAt: Date | null;
  /** The database's clock. */
  readonly now: Date;
}

export interface DueCheck extends PageKey {
  readonly ring: string;
}

/** A check that was rung and lost is rung again after this. */
const AGAIN = `interval '10 minutes'`;

@Injectable()
export class ConnectionHealthStore {
  /** A new connection begins without a past. With a secret that renews the others only their end itself is watched. */
  async begin(tx: Tx, health: NewHealth): Promise<void> {
    const { contractorId, pageId, clientId, connectionId, checkInSeconds, expiresAt, refreshKey } = health;
    await tx.query(
      `insert into connection_health as h (contractor_id, page_id, client_id, connection_id, check_at, notice_at, refresh_key)
       values ($1, $2, $3, $4, app_now() + make_interval(secs => $5),
         case when $7::text is null then least($6, greatest(app_now(), $6::timestamptz - interval '30 days')) else $6 end, $7)
       on conflict (contractor_id, page_id) do update set connection_id = excluded.connection_id, check_at = excluded.check_at,
         notice_at = excluded.notice_at, refresh_key = excluded.refresh_key, proving = false, check_failures = 0,
         check_problem = null, warned_days = null`,
      [contractorId, pageId, clientId, connectionId, checkInSeconds, expiresAt, refreshKey],
    );
  }

  async end(tx: Tx, { contractorId, pageId }: PageKey): Promise<void> {
    await tx.query(`delete from connection_health where contractor_id = $1 and page_id = $2`, [contractorId, pageId]);
  }

  /** Nobody calls the network with these secrets any more. @returns the secret that may renew them. */
  async stop(tx: Tx, { contractorId, pageId }: PageKey): Promise<string | undefined> {
    const [rows] = await tx.query<[{ refreshKey: string | null }[], number]>(
      `update connection_health set check_at = null, proving = false where contractor_id = $1 and page_id = $2
       returning refresh_key as "refreshKey"`,
      [contractorId, pageId],
    );
    return rows[0]?.refreshKey ?? undefined;
  }

  /** Across tenants: whose turn it is to be checked. They are put off a little, so that a lost job is not forgotten. */
  async pickDueChecks(tx: Tx, most: number): Promise<DueCheck[]> {
    const [rows] = await tx.query<[DueCheck[], number]>(
      `with due as (select contractor_id, page_id from connection_health where check_at <= app_now()
         order by check_at limit $1 for update skip locked)
       update connection_health h set check_at = app_now() + ${AGAIN} from due
       where h.contractor_id = due.contractor_id and h.page_id = due.page_id
       returning h.contractor_id as "contractorId", h.page_id as "pageId", extract(epoch from h.check_at)::text as ring`,
      [most],
    );
    return rows;
  }

  /** Across tenants: pages about whose secrets' end something is due. */
  pickNotices(tx: Tx, most: number): Promise<PageKey[]> {
    return tx.query(
      `select contractor_id as "contractorId", page_id as "pageId" from connection_health where notice_at <= app_now()
       order by notice_at limit $1`,
      [most],
    );
  }

  async lock(tx: Tx, { contractorId, pageId }: PageKey, due: 'notice' | 'any' = 'any'): Promise<LockedHealth | undefined> {
    const rows = await tx.query<LockedHealth[]>(
      `select h.connection_id as "connectionId", h.client_id as "clientId", h.proving, h.check_failures as "checkFailures",
         h.warned_days as "warnedDays", h.refresh_key as "refreshKey", c.expires_at as "expiresAt", app_now() as now
       from connection_health h join connections c on c.contractor_id = h.contractor_id and c.id = h.connection_id
       where h.contractor_id = $1 and h.page_id = $2 and ($3 or h.notice_at <= app_now()) for update of h`,
      [contractorId, pageId, due === 'any'],
    );
    return rows[0];
  }

  async checked(tx: Tx, { contractorId, pageId }: PageKey, againInSeconds: number): Promise<void> {
    await tx.query(
      `update connection_health set check_at = app_now() + make_interval(secs => $3), proving = false, check_failures = 0,
         check_problem = null where contractor_id = $1 and page_id = $2`,
      [contractorId, pageId, againInSeconds],
    );
  }

  async provedNothing(tx: Tx, { contractorId, pageId }: PageKey, reason: Reason, againInSeconds: number): Promise<void> {
    await tx.query(
      `update connection_health set check_at = app_now() + make_interval(secs => $3), check_failures = check_failures + 1,
         check_problem = $4 where contractor_id = $1 and page_id = $2`,
      [contractorId, pageId, againInSeconds, JSON.stringify(reason)],
    );
  }

  /** A check waits for its turn, or comes before it. */
  async putOff(tx: Tx, { contractorId, pageId }: PageKey, seconds: number): Promise<void> {
    await tx.query(
      `update connection_health set check_at = app_now() + make_interval(secs => $3)
       where contractor_id = $1 and page_id = $2 and check_at is not null`,
      [contractorId, pageId, seconds],
    );
  }

  async noticed(tx: Tx, { contractorId, pageId }: PageKey, nextAt: Date | null, warnedDays: number | null): Promise<void> {
    await tx.query(
      `update connection_health set notice_at = $3, warned_days = coalesce($4, warned_days) where contractor_id = $1 and page_id = $2`,
      [contractorId, pageId, nextAt, warnedDays],
    );
  }

  /** Its secrets were renewed: they end later, and a page that was broken may be proved good now. */
  async renewed(
    tx: Tx,
    { contractorId, pageId }: PageKey,
    renewal: { expiresAt: Date | null; key: string; prove: boolean },
  ): Promise<void> {
    await tx.query(
      `update connection_health set refresh_key = $3, notice_at = $4, proving = proving or $5,
         check_at = case when $5 then app_now() else check_at end where contractor_id = $1 and page_id = $2`,
      [contractorId, pageId, renewal.key, renewal.expiresAt, renewal.prove],
    );
  }

  /** Nothing renews its secrets any more. */
  async unrenewable(tx: Tx, contractorId: string, key: string): Promise<void> {
    await tx.query(`update connection_health set refresh_key = null where contractor_id = $1 and refresh_key = $2`, [
      contractorId,
      key,
    ]);
  }

  async of(tx: Tx, contractorId: string, pageIds: readonly string[]): Promise<ReadonlyMap<string, ConnectionHealth>> {
    const rows = await tx.query<(ConnectionHealth & { pageId: string })[]>(
      `select h.page_id as "pageId", c.expires_at as "expiresAt", h.refresh_key is not null as renews,
         h.check_failures as "checkFailures", h.check_problem as "checkProblem",
         coalesce(r.failures, 0) as "refreshFailures", r.problem as "refreshProblem", r.unsure_since as "unsureSince"
       from connection_health h join connections c on c.contractor_id = h.contractor_id and c.id = h.connection_id
         left join credential_refreshes r on r.contractor_id = h.contractor_id and r.key = h.refresh_key
       where h.contractor_id = $1 and h.page_id = any ($2)`,
      [contractorId, pageIds],
    );
    return new Map(rows.map(({ pageId, ...health }) => [pageId, health]));
  }
}
