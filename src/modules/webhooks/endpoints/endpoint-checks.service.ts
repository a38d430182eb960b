import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import { RequestInvalid } from '../../../platform/http/http.errors.js';
import { ClientsService } from '../../tenancy/clients.service.js';
import { ClientNotFound } from '../../tenancy/tenancy.errors.js';
import type { EndpointFilter } from './endpoint.js';
import { addressProblem } from './target-address.js';
import { WebhookSettings } from './webhooks.settings.js';

/** What an endpoint must not be. */
@Injectable()
export class EndpointChecks {
  constructor(
    private readonly clients: ClientsService,
    private readonly settings: WebhookSettings,
  ) {}

  /** @throws RequestInvalid */
  async refuseWrong(tx: Tx, contractorId: string, one: EndpointFilter & { readonly url: string }): Promise<void> {
    const problem = addressProblem(one.url, this.settings.openHosts);
    if (problem) refuse('url', problem);
    if (one.allClients && one.clientIds.length > 0) refuse('clientIds', 'Leave clientIds empty when allClients is true');
    if (!one.allClients && one.clientIds.length === 0) refuse('clientIds', 'Name a client, or set allClients to true');
    for (const id of one.clientIds) {
      await this.clients.require(tx, contractorId, id).catch((error: unknown) => {
        if (!(error instanceof ClientNotFound)) throw error;
        throw new ClientNotFound({ fields: [{ field: 'clientIds', reason: 'One of the clients does not exist' }] });
      });
    }
  }
}

function refuse(field: string, reason: string): never {
  throw new RequestInvalid({ fields: [{ field, reason }] });
}
