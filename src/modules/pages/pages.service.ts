import { Injectable } from '@nestjs/common';
import type { NetworkName, Reason } from '../../networks/network.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { type Page as PageOf, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import { worker } from '../audit/audit.js';
import { AuditService } from '../audit/audit.service.js';
import { ClientsService } from '../tenancy/clients.service.js';
import type { Page } from './page.js';
import { PageStore } from './page.store.js';
import { PageExists, PageNotFound } from './pages.errors.js';

const UNIQUE_VIOLATION = '23505';

/** The official pages of clients. */
@Injectable()
export class PagesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly pages: PageStore,
    private readonly clients: ClientsService,
    private readonly audit: AuditService,
    private readonly ids: Ids,
  ) {}

  /** Records a page, not yet connected. @throws ClientNotFound, PageExists */
  create(who: Principal, clientId: string, network: NetworkName, externalId: string): Promise<Page> {
    return this.work
      .forTenant(who.scope, async (tx) => {
        await this.clients.require(tx, who.contractorId, clientId);
        const id = this.ids.next();
        await this.pages.insert(tx, { contractorId: who.contractorId, id, clientId, network, externalId });
        await this.audit.record(tx, who, {
          action: 'page.created',
          objectType: 'page',
          objectId: id,
          clientId,
          details: { network },
        });
        return this.require(tx, who.contractorId, id);
      })
      .catch((error: unknown) => {
        if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
        throw new PageExists({ fields: [{ field: 'externalId', reason: 'You have this page of the network already' }] });
      });
  }

  list(who: Principal, clientId: string | undefined, query: PageQuery): Promise<PageOf<Page>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) =>
      toPage(await this.pages.list(tx, who.contractorId, clientId, start), start, (row) => row),
    );
  }

  get(who: Principal, id: string): Promise<Page> {
    return this.work.reading(who.scope, (tx) => this.require(tx, who.contractorId, id));
  }

  /** For modules above. @throws PageNotFound */
  async require(tx: Tx, contractorId: string, id: string): Promise<Page> {
    const page = await this.pages.find(tx, contractorId, id);
    if (!page) throw new PageNotFound();
    return page;
  }

  /** The network refused the page's credentials: nothing more is sent until a person reconnects it. */
  async markBroken(tx: Tx, contractorId: string, page: { id: string; clientId: string }, reason: Reason): Promise<void> {
    if (!(await this.pages.broken(tx, { contractorId, pageId: page.id }, reason))) return;
    const fact = {
      action: 'page.broken',
      objectType: 'page',
      objectId: page.id,
      clientId: page.clientId,
      details: { code: reason.code },
    };
    await this.audit.record(tx, worker(contractorId), fact);
  }
}
