import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../../platform/http/pagination.js';
import { EndpointRecords } from '../endpoints/endpoint-records.service.js';
import { WebhookDeliveryNotFound } from './deliveries.errors.js';
import type { Delivery, DeliveryAttempt } from './delivery.js';
import { type DeliveryFilter, DeliveryStore } from './delivery.store.js';

/** A delivery with everything that is known of it. */
export interface DeliveryStory {
  readonly delivery: Delivery;
  readonly body: string;
  readonly attempts: readonly DeliveryAttempt[];
}

/** The log of what was sent. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly records: EndpointRecords,
    private readonly deliveries: DeliveryStore,
  ) {}

  /** Newest first. @throws WebhookEndpointNotFound */
  list(who: Principal, endpointId: string, filter: DeliveryFilter, query: PageQuery): Promise<Page<Delivery>> {
    const start = pageStart(query);
    const { contractorId } = who;
    return this.work.reading(who.scope, async (tx) => {
      await this.records.require(tx, { contractorId, id: endpointId });
      return toPage(await this.deliveries.list(tx, { contractorId, endpointId }, filter, start), start, (row) => row);
    });
  }

  /** @throws WebhookDeliveryNotFound */
  get(who: Principal, id: string): Promise<DeliveryStory> {
    const { contractorId } = who;
    return this.work.reading(who.scope, async (tx) => {
      const delivery = await this.deliveries.find(tx, contractorId, id);
      if (!delivery) throw new WebhookDeliveryNotFound();
      const body = await this.deliveries.bodyOf(tx, contractorId, delivery.eventId);
      return { delivery, body, attempts: await this.deliveries.attempts(tx, contractorId, id) };
    });
  }
}
