import { Injectable } from '@nestjs/common';
import type { Changes } from '../../platform/database/versioned-update.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { VersionStale } from '../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import { AuditService } from '../audit/audit.service.js';
import type { Client, ClientDetails } from './client.js';
import { ClientStore } from './client.store.js';
import { ClientNotFound, ClientScopeTooNarrow } from './tenancy.errors.js';

/** The public bodies that a contractor works for. */
@Injectable()
export class ClientsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clients: ClientStore,
    private readonly audit: AuditService,
    private readonly ids: Ids,
  ) {}

  /** @throws ClientScopeTooNarrow for members who see only some clients; ClientNotFound for an unknown founder. */
  create(who: Principal, details: ClientDetails): Promise<Client> {
    if (who.scope.clientIds !== 'all') throw new ClientScopeTooNarrow();
    return this.work.forTenant(who.scope, async (tx) => {
      const id = this.ids.next();
      await this.checkFounder(tx, who.contractorId, details.founderId);
      await this.clients.insert(tx, who.contractorId, id, details);
      await this.audit.record(tx, who, { action: 'client.created', objectType: 'client', objectId: id, clientId: id });
      return this.require(tx, who.contractorId, id);
    });
  }

  list(who: Principal, query: PageQuery): Promise<Page<Client>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) =>
      toPage(await this.clients.list(tx, who.contractorId, start), start, (row) => row),
    );
  }

  get(who: Principal, id: string): Promise<Client> {
    return this.work.reading(who.scope, (tx) => this.require(tx, who.contractorId, id));
  }

  /** @param version refuses with VersionStale when the client has another one. */
  change(who: Principal, id: string, changes: Changes<ClientDetails>, version?: number): Promise<Client> {
    return this.work.forTenant(who.scope, async (tx) => {
      await this.checkFounder(tx, who.contractorId, changes.founderId);
      if (!(await this.clients.update(tx, { contractorId: who.contractorId, id }, changes, version))) {
        await this.require(tx, who.contractorId, id);
        throw new VersionStale();
      }
      const fields = Object.keys(changes).filter((key) => changes[key as keyof ClientDetails] !== undefined);
      await this.audit.record(tx, who, {
        action: 'client.changed',
        objectType: 'client',
        objectId: id,
        clientId: id,
        details: { fields },
      });
      return this.require(tx, who.contractorId, id);
    });
  }

  /** For modules above: the client, seen by the transaction's scope. @throws ClientNotFound */
  async require(tx: Tx, contractorId: string, id: string): Promise<Client> {
    const client = await this.clients.find(tx, contractorId, id);
    if (!client) throw new ClientNotFound();
    return client;
  }

  private async checkFounder(tx: Tx, contractorId: string, founderId: string | null | undefined): Promise<void> {
    if (!founderId || (await this.clients.find(tx, contractorId, founderId))) return;
    throw new ClientNotFound({
      message: 'The founder is not a client of yours',
      fields: [{ field: 'founderId', reason: 'There is no such client' }],
    });
  }
}
