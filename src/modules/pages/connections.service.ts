import { Injectable } from '@nestjs/common';
import type { Credentials } from '../../networks/network.js';
import { Clock } from '../../platform/clock/clock.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid } from '../../platform/http/http.errors.js';
import { type Page as PageOf, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import { ConnectionProofs, type Proof } from './connection-proof.service.js';
import { ConnectionWatch } from './connection-watch.service.js';
import { type ConnectionKey, ConnectionStore } from './connection.store.js';
import { CredentialBox } from './credential-box.service.js';
import type { Connection, Page } from './page.js';
import { PageRecords } from './page-records.service.js';
import { type PageReport, PageReports } from './page-reports.service.js';
import { ConnectionChanged, PageNotConnected, PageNotFound } from './pages.errors.js';

/** What a connection's transactions touch. */
@Injectable()
export class ConnectionParts {
  constructor(
    readonly records: PageRecords,
    readonly connections: ConnectionStore,
    readonly watch: ConnectionWatch,
    readonly reports: PageReports,
    readonly clock: Clock,
  ) {}
}

/** What a person enters to connect a page. */
export interface ConnectionRequest {
  readonly credentials: Credentials;
  /** When they end, as the network said when it gave them; undefined when nobody knows. */
  readonly expiresAt?: Date | undefined;
}

/** Connects pages: proves the credentials at the network, keeps them sealed, and keeps the history. */
@Injectable()
export class ConnectionsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: ConnectionParts,
    private readonly proofs: ConnectionProofs,
    private readonly box: CredentialBox,
    private readonly ids: Ids,
  ) {}

  /**
   * Stored secrets that are not given again stay. The network is asked between two transactions, never inside one.
   * @throws CredentialsRefused with the network's reason, NetworkBusy, ConnectionChanged, PageNotFound, RequestInvalid
   */
  async connect(who: Principal, pageId: string, { credentials: given, expiresAt }: ConnectionRequest): Promise<PageReport> {
    const { page, current, stored } = await this.work.forTenant(who.scope, (tx) => this.read(tx, who.contractorId, pageId));
    const problems = this.proofs.problems(page.network, given, stored);
    if (problems.length > 0) throw new RequestInvalid({ fields: problems });
    const now = this.parts.clock.now();
    if (expiresAt && expiresAt <= now)
      throw new RequestInvalid({ fields: [{ field: 'expiresAt', reason: 'expiresAt must be in the future' }] });
    const credentials = { ...stored, ...given };
    const proof = await this.proofs.prove(who.contractorId, page, credentials);
    // The same secrets end when they ended before, unless they were just proved to live beyond it.
    const kept = Object.keys(given).length === 0 && current?.expiresAt && current.expiresAt > now ? current.expiresAt : null;
    const ends = proof.check.expiresAt ?? expiresAt ?? kept;
    return this.work.forTenant(who.scope, async (tx) => {
      await this.replace(tx, who, { page, current, credentials, proof, ends });
      const { records, reports } = this.parts;
      return reports.on(tx, who.contractorId, (await records.pages.find(tx, who.contractorId, pageId))!);
    });
  }

  /** Forgets the secrets and stops everything on this page at once. @throws PageNotFound, PageNotConnected */
  async disconnect(who: Principal, pageId: string): Promise<void> {
    await this.work.forTenant(who.scope, async (tx) => {
      const { page, current } = await this.read(tx, who.contractorId, pageId);
      if (!current) throw new PageNotConnected();
      const { connections, watch, records } = this.parts;
      await watch.end(tx, { contractorId: who.contractorId, pageId });
      if (!(await connections.end(tx, who.contractorId, current, 'disconnected'))) throw new ConnectionChanged();
      await records.disconnected(tx, who, page);
    });
  }

  /** @throws PageNotFound, PageNotConnected */
  current(who: Principal, pageId: string): Promise<Connection> {
    return this.work.reading(who.scope, async (tx) => {
      const { current } = await this.read(tx, who.contractorId, pageId);
      if (!current) throw new PageNotConnected();
      return current;
    });
  }

  /** The page's connections, newest first. @throws PageNotFound */
  history(who: Principal, pageId: string, query: PageQuery): Promise<PageOf<Connection>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) => {
      if (!(await this.parts.records.pages.find(tx, who.contractorId, pageId))) throw new PageNotFound();
      return toPage(await this.parts.connections.list(tx, who.contractorId, pageId, start), start, (row) => row);
    });
  }

  /** For publishing: the opened secrets of a connected page, or undefined. */
  async credentialsOf(tx: Tx, contractorId: string, pageId: string): Promise<Credentials | undefined> {
    const sealed = await this.parts.connections.credentials(tx, contractorId, pageId);
    return sealed.length > 0 ? this.box.open(contractorId, sealed) : undefined;
  }

  private async read(
    tx: Tx,
    contractorId: string,
    pageId: string,
  ): Promise<{ page: Page; current: Connection | null; stored: Credentials }> {
    const page = await this.parts.records.pages.find(tx, contractorId, pageId);
    if (!page) throw new PageNotFound();
    const current = await this.parts.connections.current(tx, contractorId, pageId);
    const sealed = await this.parts.connections.credentials(tx, contractorId, pageId);
    return { page, current, stored: this.box.open(contractorId, sealed) };
  }

  /** For renewals: the network gave new secrets for the same connection. */
  async renew(tx: Tx, key: ConnectionKey, fresh: Credentials, expiresAt: Date | null): Promise<void> {
    await this.parts.connections.renew(tx, key, this.box.seal(key.contractorId, fresh), expiresAt);
  }

  private async replace(
    tx: Tx,
    who: Principal,
    change: { page: Page; current: Connection | null; credentials: Credentials; proof: Proof; ends: Date | null },
  ): Promise<void> {
    const { page, current, credentials, proof, ends: expiresAt } = change;
    const { contractorId } = who;
    const { connections, records } = this.parts;
    // What was proven includes the stored secrets of `current`: if they are not the same any more, the proof is void.
    const now = await connections.current(tx, contractorId, page.id);
    if (now?.id !== current?.id) throw new ConnectionChanged();
    if (current && !(await connections.end(tx, contractorId, current, 'replaced'))) throw new ConnectionChanged();
    const id = this.ids.next();
    const row = { contractorId, id, clientId: page.clientId, pageId: page.id, connectedBy: who.memberId };
    const { findings, capabilities } = proof.check;
    await connections.insert(tx, { ...row, findings: { ...findings }, expiresAt }, this.box.seal(contractorId, credentials));
    await this.parts.watch.begin(tx, { contractorId, connectionId: id, page, credentials, expiresAt });
    await records.connected(tx, who, page, { description: proof.description, capabilities, again: current !== null });
  }
}
