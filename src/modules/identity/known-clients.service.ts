import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import { ClientsService } from '../tenancy/clients.service.js';
import { ClientNotFound } from '../tenancy/tenancy.errors.js';
import { ClientsUnknown } from './identity.errors.js';

/** Access is given to clients that exist and that the giver sees. */
@Injectable()
export class KnownClients {
  constructor(private readonly clients: ClientsService) {}

  /** @throws ClientsUnknown */
  async require(tx: Tx, contractorId: string, clientIds: readonly string[]): Promise<void> {
    for (const id of clientIds) {
      await this.clients.require(tx, contractorId, id).catch((error: unknown) => {
        if (!(error instanceof ClientNotFound)) throw error;
        throw new ClientsUnknown({ fields: [{ field: 'clientIds', reason: 'One of the clients does not exist' }] });
      });
    }
  }
}
