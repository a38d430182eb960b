import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { permissionsOf, type Principal } from '../../platform/http/access.js';
import { sideOf } from '../tenancy/roles.js';
import { parseApiKey } from './opaque-tokens.js';
import { type Holder, type KeyHolder, PrincipalStore } from './principal.store.js';

/** A key's principal, and how much it may do. */
export interface KeyPrincipal {
  readonly principal: Principal;
  readonly requestsPerMinute: number;
}

/** Turns a proven token or key into a principal, with the rights that hold at this instant. */
@Injectable()
export class PrincipalsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly holders: PrincipalStore,
  ) {}

  /** @returns undefined when the session ended, or the member or the contractor may not work any more. */
  async ofSession(contractorId: string, sessionId: string, requestId: string): Promise<Principal | undefined> {
    const holder = await this.work.reading(wholeContractor(contractorId), (tx) =>
      this.holders.ofSession(tx, contractorId, sessionId),
    );
    if (!holder) return undefined;
    return {
      kind: 'member',
      id: holder.memberId,
      sessionId,
      ...common(contractorId, holder, requestId),
      permissions: permissionsOf(holder.role),
    };
  }

  /** For modules above that know by a secret of their own whom they serve: undefined when the member may not work any more. */
  async ofMember(contractorId: string, memberId: string, requestId: string): Promise<Principal | undefined> {
    const holder = await this.work.reading(wholeContractor(contractorId), (tx) =>
      this.holders.ofMember(tx, contractorId, memberId),
    );
    if (!holder) return undefined;
    const permissions = permissionsOf(holder.role);
    return { kind: 'member', id: holder.memberId, ...common(contractorId, holder, requestId), permissions };
  }

  /** A key never does more than its scopes, nor more than the member who made it may do today. */
  async ofKey(key: string, requestId: string): Promise<KeyPrincipal | undefined> {
    const parsed = parseApiKey(key);
    if (!parsed) return undefined;
    const { contractorId, hash } = parsed;
    const holder = await this.work.forTenant(wholeContractor(contractorId), (tx) => this.holders.ofKey(tx, contractorId, hash));
    if (!holder) return undefined;
    return { principal: ofHolder(contractorId, holder, requestId), requestsPerMinute: holder.requestsPerMinute };
  }

  /**
   * For work that goes on after its request: whoever asked for it, with the rights of this instant.
   * @returns undefined when the member may not work any more, or the key is revoked or has ended
   */
  async ofActor(
    contractorId: string,
    { kind, id }: Pick<Principal, 'kind' | 'id'>,
    requestId: string,
  ): Promise<Principal | undefined> {
    if (kind === 'member') return this.ofMember(contractorId, id, requestId);
    const holder = await this.work.reading(wholeContractor(contractorId), (tx) => this.holders.ofKeyId(tx, contractorId, id));
    return holder && ofHolder(contractorId, holder, requestId);
  }
}

function ofHolder(contractorId: string, holder: KeyHolder, requestId: string): Principal {
  const allowed = permissionsOf(holder.role);
  const permissions = new Set(holder.scopes.filter((scope) => allowed.has(scope)));
  const narrowed = narrow(holder, { allClients: holder.keyAllClients, clientIds: holder.keyClientIds });
  return { kind: 'apiKey', id: holder.keyId, ...common(contractorId, narrowed, requestId), permissions };
}

function common(
  contractorId: string,
  holder: Holder,
  requestId: string,
): Pick<Principal, 'memberId' | 'contractorId' | 'role' | 'side' | 'scope' | 'requestId'> {
  const scope = { contractorId, clientIds: holder.allClients ? ('all' as const) : holder.clientIds };
  return { memberId: holder.memberId, contractorId, role: holder.role, side: sideOf(holder.role), scope, requestId };
}

function narrow(holder: Holder, key: { allClients: boolean; clientIds: string[] }): Holder {
  if (key.allClients) return holder;
  const clientIds = holder.allClients ? key.clientIds : key.clientIds.filter((id) => holder.clientIds.includes(id));
  return { ...holder, allClients: false, clientIds };
}
