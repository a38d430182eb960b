import { Injectable } from '@nestjs/common';
import type { CallOutcome, NetworkName, Reason } from '../../networks/network.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { type Page as PageOf, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import { ClientsService } from '../tenancy/clients.service.js';
import { type Page, stopsCalls } from './page.js';
import { PageRecords } from './page-records.service.js';
import { type PageReport, PageReports } from './page-reports.service.js';
import { PageExists, PageNotFound } from './pages.errors.js';

const UNIQUE_VIOLATION = '23505';

/** What keeping pages touches. */
@Injectable()
export class PageParts {
  constructor(
    readonly records: PageRecords,
    readonly reports: PageReports,
    readonly clients: ClientsService,
    readonly ids: Ids,
  ) {}
}

/** The official pages of clients. */
@Injectable()
export class PagesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: PageParts,
  ) {}

  /** Records a page, not yet connected. @throws ClientNotFound, PageExists */
  create(who: Principal, clientId: string, network: NetworkName, externalId: string): Promise<PageReport> {
    const { clients, ids, records, reports } = this.parts;
    return this.work
      .forTenant(who.scope, async (tx) => {
        await clients.require(tx, who.contractorId, clientId);
        const id = ids.next();
        await records.pages.insert(tx, { contractorId: who.contractorId, id, clientId, network, externalId });
        await records.record(tx, who, 'page.created', { id, clientId, details: { network } });
        return reports.on(tx, who.contractorId, await this.require(tx, who.contractorId, id));
      })
      .catch((error: unknown) => {
        if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
        throw new PageExists({ fields: [{ field: 'externalId', reason: 'You have this page of the network already' }] });
      });
  }

  list(who: Principal, clientId: string | undefined, query: PageQuery): Promise<PageOf<PageReport>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) => {
      const pages = toPage(await this.parts.records.pages.list(tx, who.contractorId, clientId, start), start, (row) => row);
      return { ...pages, data: await this.parts.reports.of(tx, who.contractorId, pages.data) };
    });
  }

  /** @throws PageNotFound */
  get(who: Principal, id: string): Promise<PageReport> {
    return this.work.reading(who.scope, async (tx) =>
      this.parts.reports.on(tx, who.contractorId, await this.require(tx, who.contractorId, id)),
    );
  }

  /** For modules above. @throws PageNotFound */
  async require(tx: Tx, contractorId: string, id: string): Promise<Page> {
    const page = await this.parts.records.pages.find(tx, contractorId, id);
    if (!page) throw new PageNotFound();
    return page;
  }

  /** For modules above: a page with the end of its secrets. @throws PageNotFound */
  async reportOf(tx: Tx, contractorId: string, id: string): Promise<PageReport> {
    return this.parts.reports.on(tx, contractorId, await this.require(tx, contractorId, id));
  }

  /** For modules above: on which network each page is, of those that exist. */
  async networksOf(tx: Tx, contractorId: string, ids: readonly string[]): Promise<ReadonlyMap<string, NetworkName>> {
    const pages = await this.parts.records.pages.findAll(tx, contractorId, ids);
    return new Map(pages.map(({ id, network }) => [id, network]));
  }

  /** For modules above: those of the pages that exist, in the order of their ids. */
  ofIds(tx: Tx, contractorId: string, ids: readonly string[]): Promise<Page[]> {
    return this.parts.records.pages.findAll(tx, contractorId, ids);
  }

  /** For modules above: which of the pages have keys that we could use, or once could. */
  async withKeys(tx: Tx, contractorId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const pages = await this.parts.records.pages.findAll(tx, contractorId, ids);
    return new Set(pages.filter(({ status }) => status === 'connected' || status === 'broken').map(({ id }) => id));
  }

  /** The network refused the page's credentials: nothing more is sent until they are renewed or a person reconnects it. */
  markBroken(tx: Tx, contractorId: string, page: { id: string; clientId: string }, reason: Reason): Promise<void> {
    return this.parts.records.broken(tx, contractorId, page, reason);
  }

  /**
   * Reading or deleting met a refusal. A dead token or a wish for a person stops the page, as it does for sending; a right
   * that is missing there says nothing about sending, so the credentials are checked soon.
   */
  async lossSeen(
    tx: Tx,
    contractorId: string,
    page: { id: string; clientId: string },
    outcome: CallOutcome<unknown>,
  ): Promise<void> {
    const stop = stopsCalls(outcome);
    if (stop) await this.markBroken(tx, contractorId, page, stop);
    else if (outcome.kind === 'credentialLost') await this.parts.records.checkSoon(tx, contractorId, page.id);
  }
}
