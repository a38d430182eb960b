import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { WrittenEvent } from './public-event.js';

/** A row of the outbox that has not been written as an event yet. */
export interface Fact {
  readonly id: string;
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>> & { readonly contractorId: string };
  readonly occurredAt: Date;
}

@Injectable()
export class WebhookEventStore {
  /** The database's clock, by which facts happen. */
  async now(tx: Tx): Promise<Date> {
    const [row] = await tx.query<[{ now: Date }]>('select app_now() as now');
    return row.now;
  }

  async has(tx: Tx, contractorId: string, id: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>('select 1 from webhook_events where contractor_id = $1 and id = $2', [
      contractorId,
      id,
    ]);
    return rows.length > 0;
  }

  /** @returns those that are new */
  async insert(tx: Tx, events: readonly WrittenEvent[]): Promise<WrittenEvent[]> {
    const rows = await tx.query<{ id: string }[]>(
      `insert into webhook_events (contractor_id, id, client_id, type, subject, occurred_at, body)
       select "contractorId", id, "clientId", type, subject, "occurredAt", body
       from jsonb_to_recordset($1::jsonb) as r ("contractorId" uuid, id uuid, "clientId" uuid, type text, subject text,
         "occurredAt" timestamptz, body text)
       order by id on conflict do nothing returning id`,
      [JSON.stringify(events)],
    );
    const fresh = new Set(rows.map(({ id }) => id));
    return events.filter(({ id }) => fresh.has(id));
  }

  /**
   * Across tenants, because the outbox is the system's: a fact, and those of its contractor that happened shortly before it and are
   * not written yet, in the order in which they happened by the database's clock. Jobs run side by side and may be repeated, so
   * without this a later fact of a subject could be written, and told, before an earlier one.
   * @param of `since`: the id with which the look back begins
   */
  unwritten(
    tx: Tx,
    { contractorId, id, since }: { contractorId: string; id: string; since: string },
    names: readonly string[],
  ): Promise<Fact[]> {
    return tx.query(
      `select o.id, o.name, o.payload, o.created_at as "occurredAt" from outbox o
         join outbox own on own.contractor_id = $1 and own.id = $2
       where o.contractor_id = $1 and o.id >= $4 and o.name = any ($3) and o.created_at <= own.created_at
         and not exists (select 1 from webhook_events e where e.contractor_id = o.contractor_id and e.id = o.id)
       order by o.created_at, o.id`,
      [contractorId, id, names, since],
    );
  }
}
