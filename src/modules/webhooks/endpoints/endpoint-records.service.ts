import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { Outbox } from '../../../platform/queue/outbox.js';
import type { Actor } from '../../audit/audit.js';
import { AuditService } from '../../audit/audit.service.js';
import { webhookEndpointDisabled } from '../events/webhooks.events.js';
import type { DisabledReason, Endpoint } from './endpoint.js';
import { type EndpointKey, EndpointStore } from './endpoint.store.js';
import { WebhookEndpointNotFound } from './endpoints.errors.js';

/** Endpoints in the transaction of whoever asks, with the trace of what is done to them. */
@Injectable()
export class EndpointRecords {
  constructor(
    readonly endpoints: EndpointStore,
    private readonly audit: AuditService,
    private readonly outbox: Outbox,
  ) {}

  /** @throws WebhookEndpointNotFound */
  async require(tx: Tx, key: EndpointKey): Promise<Endpoint> {
    const found = await this.endpoints.find(tx, key);
    if (!found) throw new WebhookEndpointNotFound();
    return found;
  }

  note(tx: Tx, who: Actor | Principal, id: string, what: { action: string; details?: Record<string, unknown> }): Promise<void> {
    const fact = { action: `webhookEndpoint.${what.action}`, objectType: 'webhookEndpoint', objectId: id };
    return this.audit.record(tx, who, { ...fact, ...(what.details && { details: what.details }) });
  }

  /** Tells people by the audit log and other endpoints by an event. @returns false when it was disabled before */
  async disable(tx: Tx, who: Actor | Principal, id: string, reason: DisabledReason): Promise<boolean> {
    const { contractorId } = who;
    if (!(await this.endpoints.disable(tx, { contractorId, id }, reason))) return false;
    await this.note(tx, who, id, { action: 'disabled', details: { reason } });
    await this.outbox.publish(tx, webhookEndpointDisabled, { contractorId, endpointId: id, reason });
    return true;
  }
}
