import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import type { Endpoint, EndpointSecret } from './endpoint.js';
import { EndpointRecords } from './endpoint-records.service.js';
import { EndpointSecrets } from './endpoint-secrets.service.js';

/** What people do to an endpoint that exists: switch it, and exchange its secrets. */
@Injectable()
export class EndpointCare {
  constructor(
    private readonly work: UnitOfWork,
    private readonly records: EndpointRecords,
    private readonly secrets: EndpointSecrets,
  ) {}

  /** What waits is sent now; what it missed meanwhile can be replayed. @throws WebhookEndpointNotFound */
  enable(who: Principal, id: string): Promise<Endpoint> {
    const key = { contractorId: who.contractorId, id };
    return this.work.forTenant(who.scope, async (tx) => {
      await this.records.require(tx, key);
      if (await this.records.endpoints.enable(tx, key)) await this.records.note(tx, who, id, { action: 'enabled' });
      return this.records.require(tx, key);
    });
  }

  /** @throws WebhookEndpointNotFound */
  disable(who: Principal, id: string): Promise<Endpoint> {
    const key = { contractorId: who.contractorId, id };
    return this.work.forTenant(who.scope, async (tx) => {
      await this.records.require(tx, key);
      await this.records.disable(tx, who, id, 'byHand');
      return this.records.require(tx, key);
    });
  }

  /** @throws WebhookEndpointNotFound, TooManySecrets */
  renewSecret(who: Principal, id: string, oldValidForHours: number): Promise<{ secret: string; valid: EndpointSecret[] }> {
    const key = { contractorId: who.contractorId, id };
    return this.work.forTenant(who.scope, async (tx) => {
      await this.records.require(tx, key);
      const secret = await this.secrets.renew(tx, key, oldValidForHours);
      await this.records.note(tx, who, id, { action: 'secretRenewed', details: { oldValidForHours } });
      return { secret, valid: await this.secrets.list(tx, key) };
    });
  }

  /** @throws WebhookEndpointNotFound */
  listSecrets(who: Principal, id: string): Promise<EndpointSecret[]> {
    const key = { contractorId: who.contractorId, id };
    return this.work.reading(who.scope, async (tx) => {
      await this.records.require(tx, key);
      return this.secrets.list(tx, key);
    });
  }
}
