import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { ClientDetails } from '../tenancy/client.js';
import { ClientsService } from '../tenancy/clients.service.js';
import { ContractStore } from './contract.store.js';
import { ContractsOver } from './contracts.errors.js';

/** Clients for whom something may still be written. After the last contract everything is there to be read, and nothing more. */
@Injectable()
export class OpenClients {
  constructor(
    private readonly clients: ClientsService,
    private readonly contracts: ContractStore,
  ) {}

  /** @throws ClientNotFound, ContractsOver */
  async require(tx: Tx, contractorId: string, clientId: string): Promise<ClientDetails> {
    const client = await this.clients.require(tx, contractorId, clientId);
    if (await this.contracts.areOver(tx, contractorId, clientId)) throw new ContractsOver();
    return client;
  }
}
