import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { VersionStale } from '../../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../../platform/http/pagination.js';
import { Ids } from '../../../platform/ids/ids.js';
import type { Endpoint } from './endpoint.js';
import { EndpointChecks } from './endpoint-checks.service.js';
import { EndpointRecords } from './endpoint-records.service.js';
import { EndpointSecrets } from './endpoint-secrets.service.js';
import type { EndpointChange, NewEndpoint } from './endpoint.store.js';

export type EndpointDraft = Omit<NewEndpoint, 'contractorId' | 'id' | 'createdBy'>;

/** Where a contractor's other systems want to hear of what happens. */
@Injectable()
export class EndpointsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly records: EndpointRecords,
    private readonly secrets: EndpointSecrets,
    private readonly checks: EndpointChecks,
    private readonly ids: Ids,
  ) {}

  /** @returns it, and its secret, which is shown this once. @throws RequestInvalid, ClientsUnknown */
  create(who: Principal, draft: EndpointDraft): Promise<{ endpoint: Endpoint; secret: string }> {
    const key = { contractorId: who.contractorId, id: this.ids.next() };
    return this.work.forTenant(who.scope, async (tx) => {
      await this.checks.refuseWrong(tx, who.contractorId, draft);
      await this.records.endpoints.insert(tx, { ...key, ...draft, createdBy: who.memberId });
      const secret = await this.secrets.renew(tx, key, 0);
      await this.records.note(tx, who, key.id, { action: 'created', details: { host: new URL(draft.url).host } });
      return { endpoint: await this.records.require(tx, key), secret };
    });
  }

  list(who: Principal, query: PageQuery): Promise<Page<Endpoint>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) =>
      toPage(await this.records.endpoints.list(tx, who.contractorId, start), start, (row) => row),
    );
  }

  /** @throws WebhookEndpointNotFound */
  get(who: Principal, id: string): Promise<Endpoint> {
    return this.work.reading(who.scope, (tx) => this.records.require(tx, { contractorId: who.contractorId, id }));
  }

  /** What waits goes to the new address. @throws WebhookEndpointNotFound, VersionStale, RequestInvalid, ClientsUnknown */
  change(who: Principal, id: string, change: EndpointChange, version?: number): Promise<Endpoint> {
    const key = { contractorId: who.contractorId, id };
    return this.work.forTenant(who.scope, async (tx) => {
      const before = await this.records.require(tx, key);
      await this.checks.refuseWrong(tx, who.contractorId, { ...before, ...withoutAbsent(change) });
      if (!(await this.records.endpoints.change(tx, key, change, version))) throw new VersionStale();
      await this.records.note(tx, who, id, { action: 'changed', details: { fields: Object.keys(withoutAbsent(change)) } });
      return this.records.require(tx, key);
    });
  }

  /** Nothing is sent any more; its deliveries stay in the database for the record. @throws WebhookEndpointNotFound */
  remove(who: Principal, id: string): Promise<void> {
    const key = { contractorId: who.contractorId, id };
    return this.work.forTenant(who.scope, async (tx) => {
      await this.records.require(tx, key);
      await this.records.endpoints.disable(tx, key, 'byHand');
      await this.records.endpoints.remove(tx, key);
      await this.records.note(tx, who, id, { action: 'removed' });
    });
  }
}

function withoutAbsent(change: EndpointChange): EndpointChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
