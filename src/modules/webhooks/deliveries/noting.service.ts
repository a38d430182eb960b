import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import { Ids } from '../../../platform/ids/ids.js';
import { wants } from '../endpoints/endpoint.js';
import { EndpointStore } from '../endpoints/endpoint.store.js';
import { type WrittenEvent, written } from '../events/public-event.js';
import { SOURCE_NAMES, translate } from '../events/translations.js';
import { type Fact, WebhookEventStore } from '../events/webhook-event.store.js';
import type { DueEndpoint } from './claim.store.js';
import { DeliveryStore } from './delivery.store.js';
import { Ringing } from './ringing.service.js';

/** Facts of a subject that happened within this time before another are written with it. */
const LOOK_BACK_MS = 10 * 60_000;
const BATCH = 500;

/** The rows that a note writes. */
@Injectable()
export class NotingRows {
  constructor(
    readonly endpoints: EndpointStore,
    readonly events: WebhookEventStore,
    readonly deliveries: DeliveryStore,
  ) {}
}

/** Writes what happened in the words of the catalogue, and who is to be told. Safe to run twice, side by side and out of order. */
@Injectable()
export class NotingService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: NotingRows,
    private readonly ringing: Ringing,
    private readonly ids: Ids,
  ) {}

  /** @param id of the fact's row in the outbox */
  async note(contractorId: string, id: string): Promise<void> {
    if (!(await this.isMissing(contractorId, id))) return;
    const since = idAt(timeOf(id) - LOOK_BACK_MS);
    const facts = await this.work.acrossTenants('facts for webhooks', (tx) =>
      this.rows.events.unwritten(tx, { contractorId, id, since }, SOURCE_NAMES),
    );
    const events = facts.flatMap(toEvent);
    const told = new Map<string, DueEndpoint>();
    for (let from = 0; from < events.length; from += BATCH) {
      const batch = events.slice(from, from + BATCH);
      const rung = await this.work.forTenant(wholeContractor(contractorId), (tx) => this.write(tx, contractorId, batch));
      for (const one of rung) told.set(one.endpointId, one);
    }
    await this.ringing.ring([...told.values()]);
  }

  /** Of a contractor to whom nobody listens nothing is kept. */
  private isMissing(contractorId: string, id: string): Promise<boolean> {
    return this.work.reading(wholeContractor(contractorId), async (tx) => {
      if ((await this.rows.endpoints.listening(tx, contractorId)).length === 0) return false;
      return !(await this.rows.events.has(tx, contractorId, id));
    });
  }

  private async write(tx: Tx, contractorId: string, events: readonly WrittenEvent[]): Promise<DueEndpoint[]> {
    const endpoints = await this.rows.endpoints.listening(tx, contractorId);
    const fresh = await this.rows.events.insert(tx, events);
    const deliveries = fresh.flatMap((event) =>
      endpoints
        .filter((endpoint) => wants(endpoint, event))
        .map(({ id: endpointId, state }) => ({
          ...{ contractorId, id: this.ids.next(), endpointId, eventId: event.id, clientId: event.clientId, type: event.type },
          ...{ subject: event.subject, occurredAt: event.occurredAt },
          state: state === 'active' ? ('waiting' as const) : ('skipped' as const),
        })),
    );
    await this.rows.deliveries.insert(tx, deliveries);
    const told = new Set(deliveries.map(({ endpointId }) => endpointId));
    // Who rests is rung by the round when the rest is over.
    const rung = endpoints.filter(({ id, state, isResting }) => told.has(id) && state === 'active' && !isResting);
    return rung.map(({ id: endpointId, failures, isSlow }) => ({ contractorId, endpointId, failures, isSlow }));
  }
}

function toEvent({ id, name, payload, occurredAt }: Fact): WrittenEvent[] {
  const event = translate(name, payload);
  return event ? [written(event, { id, occurredAt })] : [];
}

/** The instant in a UUIDv7, milliseconds since 1970. */
function timeOf(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}

/** The lowest UUIDv7 of an instant. */
function idAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
