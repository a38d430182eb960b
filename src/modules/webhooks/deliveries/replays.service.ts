import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { RequestInvalid } from '../../../platform/http/http.errors.js';
import { Ids } from '../../../platform/ids/ids.js';
import { EndpointRecords } from '../endpoints/endpoint-records.service.js';
import { WebhookEndpointDisabledNow } from '../endpoints/endpoints.errors.js';
import { written } from '../events/public-event.js';
import type { Delivery } from './delivery.js';
import type { ReplayRange } from './delivery.store.js';
import { NotingRows } from './noting.service.js';

/** What a person wants to be sent: again, or to try. The round sends it within moments. */
@Injectable()
export class ReplaysService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly records: EndpointRecords,
    private readonly rows: NotingRows,
    private readonly ids: Ids,
  ) {}

  /** @returns how many. @throws WebhookEndpointNotFound, WebhookEndpointDisabledNow, RequestInvalid */
  replay(who: Principal, endpointId: string, range: ReplayRange): Promise<number> {
    if (range.from >= range.to) throw new RequestInvalid({ fields: [{ field: 'to', reason: 'to must be after from' }] });
    const { contractorId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      const endpoint = await this.records.require(tx, { contractorId, id: endpointId });
      if (endpoint.state === 'disabled') throw new WebhookEndpointDisabledNow();
      const count = await this.rows.deliveries.replay(tx, { contractorId, endpointId }, range);
      const { from, to, states } = range;
      await this.records.note(tx, who, endpointId, { action: 'replayed', details: { from, to, states, count } });
      return count;
    });
  }

  /** @throws WebhookEndpointNotFound, WebhookEndpointDisabledNow */
  test(who: Principal, endpointId: string): Promise<Delivery> {
    const { contractorId } = who;
    const [id, eventId] = [this.ids.next(), this.ids.next()];
    return this.work.forTenant(who.scope, async (tx) => {
      const endpoint = await this.records.require(tx, { contractorId, id: endpointId });
      if (endpoint.state === 'disabled') throw new WebhookEndpointDisabledNow();
      const occurredAt = await this.rows.events.now(tx);
      const test = { type: 'webhook.test', subject: `test:${eventId}`, data: { contractorId, endpointId } };
      const { type, subject, clientId } = written(test, { id: eventId, occurredAt });
      await this.rows.events.insert(tx, [written(test, { id: eventId, occurredAt })]);
      const state = 'waiting' as const;
      await this.rows.deliveries.insert(tx, [
        { contractorId, id, endpointId, eventId, clientId, type, subject, occurredAt, state },
      ]);
      await this.records.note(tx, who, endpointId, { action: 'tested' });
      return (await this.rows.deliveries.find(tx, contractorId, id))!;
    });
  }
}
