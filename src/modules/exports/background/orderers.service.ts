import { Injectable } from '@nestjs/common';
import type { Scope } from '../../../platform/database/scope.js';
import type { Principal } from '../../../platform/http/access.js';
import { PrincipalsService } from '../../identity/principals.service.js';
import { collectionNamed, COLLECTIONS } from '../collections/collections.js';
import type { ExportJob } from './export-job.js';
import type { Onlooker } from './export-job.store.js';

/** As whom exports read, and who may see them. */
@Injectable()
export class Orderers {
  constructor(private readonly principals: PrincipalsService) {}

  /**
   * The clients whose rows a job reads, if whoever ordered it may read them at this instant.
   * @returns undefined when he may not work any more, lacks a permission, or has lost one of the clients
   */
  async scopeOf(job: ExportJob): Promise<Scope | undefined> {
    const { contractorId, actorKind, actorId, collections, allClients, clientIds } = job;
    const who = await this.principals.ofActor(contractorId, { kind: actorKind, id: actorId }, job.id);
    if (!who?.permissions.has('exports.read')) return undefined;
    if (!collections.every((name) => who.permissions.has(collectionNamed(name)?.permission ?? ''))) return undefined;
    const sees = who.scope.clientIds;
    if (allClients) return sees === 'all' ? who.scope : undefined;
    return sees === 'all' || clientIds.every((id) => sees.includes(id)) ? { contractorId, clientIds } : undefined;
  }

  /** @returns undefined when a link's maker may not read exports any more */
  async onlooker(contractorId: string, actor: Pick<Principal, 'kind' | 'id'>): Promise<Onlooker | undefined> {
    const who = await this.principals.ofActor(contractorId, actor, actor.id);
    return who?.permissions.has('exports.read') ? onlookerOf(who) : undefined;
  }
}

export function onlookerOf({ contractorId, permissions, scope }: Principal): Onlooker {
  const collections = COLLECTIONS.filter(({ permission }) => permissions.has(permission)).map(({ name }) => name);
  return { contractorId, collections, clientIds: scope.clientIds };
}
