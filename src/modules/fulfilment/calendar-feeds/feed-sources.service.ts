import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/http/access.js';
import { ContractsService } from '../../contracts/contracts.service.js';
import { PagesService } from '../../pages/pages.service.js';
import { ClientsService } from '../../tenancy/clients.service.js';
import type { FeedFilter } from './calendar-feed.js';

/** A filter names what its owner sees: a feed that is empty by mistake would be believed. */
@Injectable()
export class FeedSources {
  constructor(
    private readonly clients: ClientsService,
    private readonly contracts: ContractsService,
    private readonly pages: PagesService,
  ) {}

  /** @throws ClientNotFound, ContractNotFound, PageNotFound */
  async require(who: Principal, { clientId, contractId, pageId }: FeedFilter): Promise<void> {
    if (clientId !== null) await this.clients.get(who, clientId);
    if (contractId !== null) await this.contracts.get(who, contractId);
    if (pageId !== null) await this.pages.get(who, pageId);
  }
}
