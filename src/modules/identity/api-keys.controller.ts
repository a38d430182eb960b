import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage, PageQuery } from '../../platform/http/pagination.js';
import { type ApiKey, ApiKeysService } from './api-keys.service.js';
import { ApiKeyPage, ApiKeyRequest, ApiKeyRotationRequest, ApiKeyResponse, NewApiKeyResponse } from './identity.dto.js';
import { ApiKeyEnded, ApiKeyNotFound, ClientsUnknown } from './identity.errors.js';
import './identity.permissions.js';
import { KeyUsageList, KeyUsageQuery } from './key-usage.dto.js';
import { KeyUsage } from './key-usage.service.js';

@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly usage: KeyUsage,
  ) {}

  /** Create an API key for an integration; the key itself is shown this once. */
  @Post()
  @Requires('api-keys.manage')
  @Idempotent()
  @Fails(ClientsUnknown)
  async create(@Who() who: Principal, @Body() body: ApiKeyRequest): Promise<NewApiKeyResponse> {
    const { apiKey, key } = await this.keys.create(who, ApiKeyRequest.details(body));
    return { ...answer(apiKey), key };
  }

  /** List API keys, newest first. */
  @Get()
  @Requires('api-keys.manage')
  async list(@Who() who: Principal, @Query() query: PageQuery): Promise<ApiKeyPage> {
    return mapPage(await this.keys.list(who, query), answer);
  }

  /** Read how much an API key is used, day by day. */
  @Get(':apiKeyId/usage')
  @Requires('api-keys.manage')
  @Fails(ApiKeyNotFound)
  async days(
    @Who() who: Principal,
    @Id('apiKeyId') apiKeyId: string,
    @Query() { days = 30 }: KeyUsageQuery,
  ): Promise<KeyUsageList> {
    return { data: await this.usage.lastDays(who, apiKeyId, days) };
  }

  /** Exchange the secret of an API key: the old one goes on for as long as you say. The new key is shown this once. */
  @Post(':apiKeyId/rotations')
  @Requires('api-keys.manage')
  @Idempotent()
  @Fails(ApiKeyNotFound, ApiKeyEnded)
  async rotate(
    @Who() who: Principal,
    @Id('apiKeyId') apiKeyId: string,
    @Body() body: ApiKeyRotationRequest,
  ): Promise<NewApiKeyResponse> {
    const { apiKey, key } = await this.keys.rotate(who, apiKeyId, body.oldValidForHours);
    return { ...answer(apiKey), key };
  }

  /** Revoke an API key; it opens nothing from the next request on. */
  @Delete(':apiKeyId')
  @Requires('api-keys.manage')
  @HttpCode(204)
  @Fails(ApiKeyNotFound)
  async revoke(@Who() who: Principal, @Id('apiKeyId') apiKeyId: string): Promise<void> {
    await this.keys.revoke(who, apiKeyId);
  }
}

function answer({ clientIds, scopes, ...key }: ApiKey): ApiKeyResponse {
  return { ...key, scopes: [...scopes], clientIds: [...clientIds] };
}
