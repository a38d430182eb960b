import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid } from '../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import { AuditService } from '../audit/audit.service.js';
import { ApiKeyEnded, ApiKeyNotFound } from './identity.errors.js';
import type { ApiKeyEntity } from './api-key.entity.js';
import { ApiKeyStore } from './api-key.store.js';
import { KnownClients } from './known-clients.service.js';
import { type ClientReach, reachProblem } from './member.js';
import { apiKeyPrefix, composeApiKey, sha256 } from './opaque-tokens.js';

export interface ApiKey extends ClientReach {
  readonly id: string;
  readonly name: string;
  /** The key's first characters, to tell keys apart. */
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly requestsPerMinute: number;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  /** Until then the secret before this one opens as well. */
  readonly previousUntil: Date | null;
}

export interface ApiKeyRequest extends ClientReach {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly requestsPerMinute: number;
  readonly expiresAt: Date | null;
}

/** Keys for integrations: hashed, scoped, shown once. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly keys: ApiKeyStore,
    private readonly clients: KnownClients,
    private readonly audit: AuditService,
    private readonly ids: Ids,
  ) {}

  /** @returns the key's record and the key itself, which is shown this once. @throws ClientsUnknown */
  create(who: Principal, request: ApiKeyRequest): Promise<{ apiKey: ApiKey; key: string }> {
    const unknown = request.scopes.filter((scope) => !who.permissions.has(scope));
    if (unknown.length > 0)
      throw invalid('scopes', `You don't have these permissions, so a key of yours can't: ${unknown.join(', ')}`);
    const problem = reachProblem('apiKey', request);
    if (problem) throw new RequestInvalid({ fields: [problem] });
    const key = composeApiKey(who.contractorId, this.ids.secret(32));
    const id = this.ids.next();
    return this.work.forTenant(who.scope, async (tx) => {
      const { name, scopes, allClients, clientIds, requestsPerMinute, expiresAt } = request;
      await this.clients.require(tx, who.contractorId, clientIds);
      await this.keys.insert(tx, {
        ...{
          contractorId: who.contractorId,
          id,
          name,
          prefix: apiKeyPrefix(key),
          secretHash: sha256(key),
          createdBy: who.memberId,
        },
        ...{ scopes: [...scopes], allClients, clientIds: [...clientIds], requestsPerMinute, expiresAt },
      });
      await this.audit.record(tx, who, {
        action: 'apiKey.created',
        objectType: 'apiKey',
        objectId: id,
        details: { scopes, allClients, clientIds },
      });
      return { apiKey: view(await this.require(tx, who.contractorId, id)), key };
    });
  }

  list(who: Principal, query: PageQuery): Promise<Page<ApiKey>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) => toPage(await this.keys.list(tx, who.contractorId, start), start, view));
  }

  /**
   * Exchanges the secret; scopes, clients and end stay.
   * @returns the new key, which is shown this once
   * @throws ApiKeyNotFound, ApiKeyEnded
   */
  rotate(who: Principal, id: string, oldValidForHours: number): Promise<{ apiKey: ApiKey; key: string }> {
    const { contractorId } = who;
    const key = composeApiKey(contractorId, this.ids.secret(32));
    return this.work.forTenant(who.scope, async (tx) => {
      await this.require(tx, contractorId, id);
      const secret = { hash: sha256(key), prefix: apiKeyPrefix(key), oldValidForHours };
      if (!(await this.keys.rotate(tx, { contractorId, id }, secret))) throw new ApiKeyEnded();
      const what = { action: 'apiKey.rotated', objectType: 'apiKey', objectId: id, details: { oldValidForHours } };
      await this.audit.record(tx, who, what);
      return { apiKey: view(await this.require(tx, contractorId, id)), key };
    });
  }

  /** From the next request on the key opens nothing. @throws ApiKeyNotFound */
  revoke(who: Principal, id: string): Promise<void> {
    return this.work.forTenant(who.scope, async (tx) => {
      await this.require(tx, who.contractorId, id);
      await this.keys.revoke(tx, who.contractorId, id);
      await this.audit.record(tx, who, { action: 'apiKey.revoked', objectType: 'apiKey', objectId: id });
    });
  }

  private async require(tx: Tx, contractorId: string, id: string): Promise<ApiKeyEntity> {
    const key = await this.keys.find(tx, contractorId, id);
    if (!key) throw new ApiKeyNotFound();
    return key;
  }
}

function invalid(field: string, reason: string): Error {
  return new RequestInvalid({ fields: [{ field, reason }] });
}

/** Named one by one, so that no column that is added later, a hash perhaps, is shown by itself. */
const SEEN = [
  ...(['id', 'name', 'prefix', 'scopes', 'allClients', 'clientIds', 'requestsPerMinute'] as const),
  ...(['createdAt', 'expiresAt', 'lastUsedAt', 'revokedAt', 'previousUntil'] as const),
] satisfies (keyof ApiKey)[];

function view(row: ApiKeyEntity): ApiKey {
  return Object.fromEntries(SEEN.map((field) => [field, row[field]])) as unknown as ApiKey;
}
