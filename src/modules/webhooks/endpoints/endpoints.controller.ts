import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { mapPage, PageQuery } from '../../../platform/http/pagination.js';
import { Editable, IfMatch, Versioned } from '../../../platform/http/versioning.js';
import { ClientNotFound } from '../../tenancy/tenancy.errors.js';
import '../events/webhooks.permissions.js';
import {
  ChangeWebhookEndpointRequest,
  NewWebhookEndpointResponse,
  WebhookEndpointPage,
  WebhookEndpointRequest,
  WebhookEndpointResponse,
} from './endpoints.dto.js';
import { WebhookEndpointNotFound } from './endpoints.errors.js';
import { EndpointsService } from './endpoints.service.js';

@Controller('v1/webhook-endpoints')
export class WebhookEndpointsController {
  constructor(private readonly endpoints: EndpointsService) {}

  /** Tell another system of what happens, from now on; the secret that verifies the signatures is shown this once. */
  @Post()
  @Requires('webhooks.manage')
  @Idempotent()
  @Fails(ClientNotFound)
  async create(@Who() who: Principal, @Body() body: WebhookEndpointRequest): Promise<NewWebhookEndpointResponse> {
    return NewWebhookEndpointResponse.made(await this.endpoints.create(who, WebhookEndpointRequest.draft(body)));
  }

  /** List webhook endpoints, newest first. */
  @Get()
  @Requires('webhooks.read')
  async list(@Who() who: Principal, @Query() query: PageQuery): Promise<WebhookEndpointPage> {
    return mapPage(await this.endpoints.list(who, query), WebhookEndpointResponse.of);
  }

  /** Read one webhook endpoint, and how it does. */
  @Get(':webhookEndpointId')
  @Requires('webhooks.read')
  @Versioned()
  @Fails(WebhookEndpointNotFound)
  async get(@Who() who: Principal, @Id('webhookEndpointId') webhookEndpointId: string): Promise<WebhookEndpointResponse> {
    return WebhookEndpointResponse.of(await this.endpoints.get(who, webhookEndpointId));
  }

  /** Change where a webhook endpoint is or what it is told; what waits for it goes to the new address. */
  @Patch(':webhookEndpointId')
  @Requires('webhooks.manage')
  @Editable()
  @Fails(WebhookEndpointNotFound, ClientNotFound)
  async change(
    @Who() who: Principal,
    @Id('webhookEndpointId') webhookEndpointId: string,
    @Body() body: ChangeWebhookEndpointRequest,
    @IfMatch() version?: number,
  ): Promise<WebhookEndpointResponse> {
    return WebhookEndpointResponse.of(await this.endpoints.change(who, webhookEndpointId, { ...body }, version));
  }

  /** Remove a webhook endpoint: nothing is sent to it any more, and what it missed can't be replayed. */
  @Delete(':webhookEndpointId')
  @Requires('webhooks.manage')
  @HttpCode(204)
  @Fails(WebhookEndpointNotFound)
  async remove(@Who() who: Principal, @Id('webhookEndpointId') webhookEndpointId: string): Promise<void> {
    await this.endpoints.remove(who, webhookEndpointId);
  }
}
