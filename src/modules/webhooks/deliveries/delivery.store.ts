import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { PageStart } from '../../../platform/http/pagination.js';
import type { Delivery, DeliveryAttempt, DeliveryState } from './delivery.js';

export interface NewDelivery {
  readonly contractorId: string;
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly clientId: string | null;
  readonly type: string;
  readonly subject: string;
  readonly occurredAt: Date;
  readonly state: 'waiting' | 'skipped';
}

export interface DeliveryFilter {
  readonly state?: DeliveryState | undefined;
  readonly type?: string | undefined;
}

/** Which of an endpoint's deliveries are to be sent again. */
export interface ReplayRange {
  readonly from: Date;
  readonly to: Date;
  readonly states: readonly DeliveryState[];
}

interface OfEndpoint {
  readonly contractorId: string;
  readonly endpointId: string;
}

const COLUMNS = `d.id, d.endpoint_id as "endpointId", d.event_id as "eventId", d.client_id as "clientId", d.type,
  d.occurred_at as "occurredAt", d.state, d.attempts, d.next_try_at as "nextTryAt", d.settled_at as "settledAt", d.replays`;

@Injectable()
export class DeliveryStore {
  /** Each event goes to an endpoint once, however often this is called. */
  async insert(tx: Tx, deliveries: readonly NewDelivery[]): Promise<void> {
    await tx.query(
      `insert into webhook_deliveries (contractor_id, id, endpoint_id, event_id, client_id, type, subject, occurred_at, state, settled_at)
       select "contractorId", id, "endpointId", "eventId", "clientId", type, subject, "occurredAt", state,
         case when state = 'skipped' then app_now() end
       from jsonb_to_recordset($1::jsonb) as r ("contractorId" uuid, id uuid, "endpointId" uuid, "eventId" uuid, "clientId" uuid,
         type text, subject text, "occurredAt" timestamptz, state text)
       order by id on conflict (contractor_id, endpoint_id, event_id) do nothing`,
      [JSON.stringify(deliveries)],
    );
  }

  async find(tx: Tx, contractorId: string, id: string): Promise<Delivery | undefined> {
    const rows = await tx.query<Delivery[]>(
      `select ${COLUMNS} from webhook_deliveries d join webhook_endpoints e on e.contractor_id = d.contractor_id and e.id = d.endpoint_id
       where d.contractor_id = $1 and d.id = $2 and e.deleted_at is null`,
      [contractorId, id],
    );
    return rows[0];
  }

  /** What was told, to the letter. */
  async bodyOf(tx: Tx, contractorId: string, eventId: string): Promise<string> {
    const [event] = await tx.query<[{ body: string }]>('select body from webhook_events where contractor_id = $1 and id = $2', [
      contractorId,
      eventId,
    ]);
    return event.body;
  }

  list(tx: Tx, { contractorId, endpointId }: OfEndpoint, filter: DeliveryFilter, start: PageStart): Promise<Delivery[]> {
    return tx.query(
      `select ${COLUMNS} from webhook_deliveries d where d.contractor_id = $1 and d.endpoint_id = $2 and d.id < $3
         and ($5::text is null or d.state = $5) and ($6::text is null or d.type = $6)
       order by d.id desc limit $4`,
      [contractorId, endpointId, start.beforeId, start.limit + 1, filter.state, filter.type],
    );
  }

  attempts(tx: Tx, contractorId: string, deliveryId: string): Promise<DeliveryAttempt[]> {
    return tx.query(
      `select number, started_at as "startedAt", duration_ms as "durationMs", outcome, status, excerpt from webhook_attempts
       where contractor_id = $1 and delivery_id = $2 order by number`,
      [contractorId, deliveryId],
    );
  }

  /** What happened in these hours is sent again, from its first try. @returns how many */
  async replay(tx: Tx, { contractorId, endpointId }: OfEndpoint, { from, to, states }: ReplayRange): Promise<number> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update webhook_deliveries set state = 'waiting', tries = 0, replays = replays + 1, next_try_at = app_now(), lease_until = null,
         settled_at = null
       where contractor_id = $1 and endpoint_id = $2 and occurred_at >= $3 and occurred_at < $4 and state = any ($5)
         and state <> 'waiting'`,
      [contractorId, endpointId, from, to, states],
    );
    return count;
  }
}
