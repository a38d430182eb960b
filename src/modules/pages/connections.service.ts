import { Injectable } from '@nestjs/common';
import type { CallOutcome, CredentialCheck, Credentials, Network, PageDescription } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid } from '../../platform/http/http.errors.js';
import { type Page as PageOf, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import { AuditService } from '../audit/audit.service.js';
import { ConnectionStore } from './connection.store.js';
import { CredentialBox } from './credential-box.service.js';
import { credentialProblems } from './given-credentials.js';
import type { Connection, Page } from './page.js';
import { PageStore } from './page.store.js';
import { ConnectionChanged, CredentialsRefused, NetworkBusy, PageNotConnected, PageNotFound } from './pages.errors.js';

/** What a connection's transactions touch. */
@Injectable()
export class ConnectionParts {
  constructor(
    readonly pages: PageStore,
    readonly connections: ConnectionStore,
    readonly audit: AuditService,
  ) {}
}

interface Proof {
  readonly check: CredentialCheck;
  readonly description: PageDescription;
}

/** Connects pages: proves the credentials at the network, keeps them sealed, and keeps the history. */
@Injectable()
export class ConnectionsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: ConnectionParts,
    private readonly networks: Networks,
    private readonly box: CredentialBox,
    private readonly ids: Ids,
  ) {}

  /**
   * Stored secrets that are not given again stay. The network is asked between two transactions, never inside one.
   * @throws CredentialsRefused with the network's reason, NetworkBusy, ConnectionChanged, PageNotFound, RequestInvalid
   */
  async connect(who: Principal, pageId: string, given: Credentials): Promise<Page> {
    const { page, current, stored } = await this.work.forTenant(who.scope, (tx) => this.read(tx, who.contractorId, pageId));
    const network = this.networks.get(page.network);
    const problems = credentialProblems(network.credentialKinds, given, stored);
    if (problems.length > 0) throw new RequestInvalid({ fields: problems });
    const credentials = { ...stored, ...given };
    const proof = await prove(network, page, credentials);
    return this.work.forTenant(who.scope, async (tx) => {
      await this.replace(tx, who, { page, current, credentials, proof });
      return (await this.parts.pages.find(tx, who.contractorId, pageId))!;
    });
  }

  /** Forgets the secrets and stops everything on this page at once. @throws PageNotFound, PageNotConnected */
  async disconnect(who: Principal, pageId: string): Promise<void> {
    await this.work.forTenant(who.scope, async (tx) => {
      const { page, current } = await this.read(tx, who.contractorId, pageId);
      if (!current) throw new PageNotConnected();
      if (!(await this.parts.connections.end(tx, who.contractorId, current.id, 'disconnected'))) throw new ConnectionChanged();
      await this.parts.pages.disconnected(tx, { contractorId: who.contractorId, pageId });
      await this.record(tx, who, 'page.disconnected', page);
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
      if (!(await this.parts.pages.find(tx, who.contractorId, pageId))) throw new PageNotFound();
      return toPage(await this.parts.connections.list(tx, who.contractorId, pageId, start), start, (row) => row);
    });
  }

  /** For publishing: the opened secrets of a connected page, or undefined. */
  async credentialsOf(tx: Tx, contractorId: string, pageId: string): Promise<Credentials | undefined> {
    const current = await this.parts.connections.current(tx, contractorId, pageId);
    return current
      ? this.box.open(contractorId, await this.parts.connections.credentials(tx, contractorId, current.id))
      : undefined;
  }

  private async read(
    tx: Tx,
    contractorId: string,
    pageId: string,
  ): Promise<{ page: Page; current: Connection | null; stored: Credentials }> {
    const page = await this.parts.pages.find(tx, contractorId, pageId);
    if (!page) throw new PageNotFound();
    const current = await this.parts.connections.current(tx, contractorId, pageId);
    const sealed = current ? await this.parts.connections.credentials(tx, contractorId, current.id) : [];
    return { page, current, stored: this.box.open(contractorId, sealed) };
  }

  private async replace(
    tx: Tx,
    who: Principal,
    change: { page: Page; current: Connection | null; credentials: Credentials; proof: Proof },
  ): Promise<void> {
    const { page, current, credentials, proof } = change;
    const { contractorId } = who;
    const { connections, pages } = this.parts;
    // What was proven includes the stored secrets of `current`: if that is not current any more, the proof is void.
    const now = await connections.current(tx, contractorId, page.id);
    if (now?.id !== current?.id) throw new ConnectionChanged();
    if (current && !(await connections.end(tx, contractorId, current.id, 'replaced'))) throw new ConnectionChanged();
    const row = { contractorId, id: this.ids.next(), clientId: page.clientId, pageId: page.id, connectedBy: who.memberId };
    const { findings, expiresAt = null, capabilities } = proof.check;
    await connections.insert(tx, { ...row, findings: { ...findings }, expiresAt }, this.box.seal(contractorId, credentials));
    await pages.connected(tx, { contractorId, pageId: page.id }, proof.description, capabilities);
    await this.record(tx, who, current ? 'page.reconnected' : 'page.connected', page);
  }

  private record(tx: Tx, who: Principal, action: string, page: Page): Promise<void> {
    return this.parts.audit.record(tx, who, { action, objectType: 'page', objectId: page.id, clientId: page.clientId });
  }
}

async function prove(network: Network, page: Page, credentials: Credentials): Promise<Proof> {
  const reference = { externalId: page.externalId };
  const check = settled(await network.checkCredentials(reference, credentials));
  const description = settled(await network.describePage(reference, credentials));
  return { check, description };
}

function settled<T>(outcome: CallOutcome<T>): T {
  if (outcome.kind === 'done') return outcome.value;
  const { reason } = outcome;
  if (outcome.kind === 'retryLater')
    throw new NetworkBusy({ message: reason.message, retryAfterSeconds: Math.ceil(outcome.afterMs / 1_000) });
  throw new CredentialsRefused({ message: reason.message, fields: [{ field: 'credentials', reason: reason.message }] });
}
