import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { PageStart } from '../../../platform/http/pagination.js';
import type { DisabledReason, Endpoint, EndpointFilter } from './endpoint.js';

export interface EndpointKey {
  readonly contractorId: string;
  readonly id: string;
}

export type NewEndpoint = EndpointKey & EndpointFilter & Pick<Endpoint, 'url' | 'description'> & { readonly createdBy: string };
/** An endpoint, and how it may be sent to now. */
export interface Listener extends Endpoint {
  readonly isSlow: boolean;
  /** It has failed again and again, and is left alone for a while. */
  readonly isResting: boolean;
}

export type EndpointChange = Partial<EndpointFilter & Pick<Endpoint, 'url' | 'description'>>;

const COLUMNS = `id, url, description, event_types as "eventTypes", all_clients as "allClients", client_ids as "clientIds", state,
  disabled_reason as "disabledReason", disabled_at as "disabledAt", failures, failing_since as "failingSince",
  last_delivered_at as "lastDeliveredAt", version, created_at as "createdAt", updated_at as "updatedAt"`;

@Injectable()
export class EndpointStore {
  async insert(tx: Tx, one: NewEndpoint): Promise<void> {
    await tx.query(
      `insert into webhook_endpoints (contractor_id, id, url, description, event_types, all_clients, client_ids, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [one.contractorId, one.id, one.url, one.description, one.eventTypes, one.allClients, one.clientIds, one.createdBy],
    );
  }

  async find(tx: Tx, { contractorId, id }: EndpointKey): Promise<Endpoint | undefined> {
    const rows = await tx.query<Endpoint[]>(
      `select ${COLUMNS} from webhook_endpoints where contractor_id = $1 and id = $2 and deleted_at is null`,
      [contractorId, id],
    );
    return rows[0];
  }

  list(tx: Tx, contractorId: string, start: PageStart): Promise<Endpoint[]> {
    return tx.query(
      `select ${COLUMNS} from webhook_endpoints where contractor_id = $1 and id < $2 and deleted_at is null
       order by id desc limit $3`,
      [contractorId, start.beforeId, start.limit + 1],
    );
  }

  /** Every endpoint, disabled ones too: what they miss can be replayed. */
  listening(tx: Tx, contractorId: string): Promise<Listener[]> {
    return tx.query(
      `select ${COLUMNS}, is_slow as "isSlow", coalesce(quiet_until > app_now(), false) as "isResting" from webhook_endpoints
       where contractor_id = $1 and deleted_at is null order by id`,
      [contractorId],
    );
  }

  /** @returns false when it is not there, or has another version */
  async change(tx: Tx, { contractorId, id }: EndpointKey, change: EndpointChange, version?: number): Promise<boolean> {
    const { url, description, eventTypes, allClients, clientIds } = change;
    const [, count] = await tx.query<[unknown[], number]>(
      `update webhook_endpoints set url = coalesce($3, url), description = coalesce($4, description),
         event_types = coalesce($5, event_types), all_clients = coalesce($6, all_clients), client_ids = coalesce($7, client_ids),
         version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and deleted_at is null and ($8::integer is null or version = $8)`,
      [contractorId, id, url, description, eventTypes, allClients, clientIds, version],
    );
    return count === 1;
  }

  /** @returns false when it was enabled before */
  async enable(tx: Tx, { contractorId, id }: EndpointKey): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update webhook_endpoints set state = 'active', disabled_reason = null, disabled_at = null, failures = 0, failing_since = null,
         quiet_until = null, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and deleted_at is null and state = 'disabled'`,
      [contractorId, id],
    );
    return count === 1;
  }

  /** @returns false when it was disabled before */
  async disable(tx: Tx, { contractorId, id }: EndpointKey, reason: DisabledReason): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update webhook_endpoints set state = 'disabled', disabled_reason = $3, disabled_at = app_now(), version = version + 1,
         updated_at = app_now()
       where contractor_id = $1 and id = $2 and deleted_at is null and state = 'active'`,
      [contractorId, id, reason],
    );
    return count === 1;
  }

  async remove(tx: Tx, { contractorId, id }: EndpointKey): Promise<void> {
    await tx.query('update webhook_endpoints set deleted_at = app_now() where contractor_id = $1 and id = $2', [
      contractorId,
      id,
    ]);
  }

  /** Deliveries side by side don't queue for this row: it is written when it says something new. */
  async worked(tx: Tx, { contractorId, id }: EndpointKey, isSlow: boolean): Promise<void> {
    await tx.query(
      `update webhook_endpoints set failures = 0, failing_since = null, quiet_until = null, is_slow = $3, last_delivered_at = app_now()
       where contractor_id = $1 and id = $2 and (failures > 0 or quiet_until is not null or is_slow <> $3
         or last_delivered_at is null or last_delivered_at < app_now() - interval '10 seconds')`,
      [contractorId, id, isSlow],
    );
  }

  /** @returns how often in a row it has failed by now, and for how many seconds */
  async failed(tx: Tx, { contractorId, id }: EndpointKey): Promise<{ failures: number; seconds: number }> {
    const [rows] = await tx.query<[{ failures: number; seconds: number }[], number]>(
      `update webhook_endpoints set failures = failures + 1, failing_since = coalesce(failing_since, app_now())
       where contractor_id = $1 and id = $2
       returning failures, extract(epoch from app_now() - failing_since)::integer as seconds`,
      [contractorId, id],
    );
    return rows[0]!;
  }

  async rest(tx: Tx, { contractorId, id }: EndpointKey, seconds: number): Promise<void> {
    await tx.query(
      `update webhook_endpoints set quiet_until = app_now() + make_interval(secs => $3) where contractor_id = $1 and id = $2`,
      [contractorId, id, seconds],
    );
  }
}
