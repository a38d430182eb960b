import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';

/** What is too old to be replayed. */
@Injectable()
export class WebhookHousekeepingStore {
  /** Across tenants: deliveries with their tries, whatever became of them. @returns how many; at most `limit` */
  async deleteDeliveries(tx: Tx, days: number, limit: number): Promise<number> {
    const [, count] = await tx.query<[unknown[], number]>(
      `with old as (select contractor_id, id from webhook_deliveries where occurred_at < app_now() - make_interval(days => $1)
           order by occurred_at limit $2),
         tries as (delete from webhook_attempts a using old where a.contractor_id = old.contractor_id and a.delivery_id = old.id)
       delete from webhook_deliveries d using old where d.contractor_id = old.contractor_id and d.id = old.id`,
      [days, limit],
    );
    return count;
  }

  /** Across tenants: events that nobody is told of any more. @returns how many; at most `limit` */
  async deleteEvents(tx: Tx, days: number, limit: number): Promise<number> {
    const [, count] = await tx.query<[unknown[], number]>(
      `delete from webhook_events where (contractor_id, id) in (
         select contractor_id, id from webhook_events e where occurred_at < app_now() - make_interval(days => $1)
           and not exists (select 1 from webhook_deliveries d where d.contractor_id = e.contractor_id and d.event_id = e.id)
         order by occurred_at limit $2)`,
      [days, limit],
    );
    return count;
  }
}
