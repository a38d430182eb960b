import { Body, Controller, Delete, Get, Post, Put } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { Versioned } from '../../../platform/http/versioning.js';
import '../events/webhooks.permissions.js';
import { EndpointCare } from './endpoint-care.service.js';
import {
  NewWebhookSecretRequest,
  NewWebhookSecretResponse,
  WebhookEndpointResponse,
  WebhookSecretList,
} from './endpoints.dto.js';
import { TooManySecrets, WebhookEndpointNotFound } from './endpoints.errors.js';

@Controller('v1/webhook-endpoints/:webhookEndpointId')
export class WebhookEndpointCareController {
  constructor(private readonly care: EndpointCare) {}

  /** Enable a webhook endpoint again: what waits is sent now; what it missed meanwhile can be replayed. */
  @Put('activation')
  @Requires('webhooks.manage')
  @Versioned()
  @Fails(WebhookEndpointNotFound)
  async enable(@Who() who: Principal, @Id('webhookEndpointId') webhookEndpointId: string): Promise<WebhookEndpointResponse> {
    return WebhookEndpointResponse.of(await this.care.enable(who, webhookEndpointId));
  }

  /** Disable a webhook endpoint: what waits for it goes on waiting, what happens from now on is noted and not sent. */
  @Delete('activation')
  @Requires('webhooks.manage')
  @Versioned()
  @Fails(WebhookEndpointNotFound)
  async disable(@Who() who: Principal, @Id('webhookEndpointId') webhookEndpointId: string): Promise<WebhookEndpointResponse> {
    return WebhookEndpointResponse.of(await this.care.disable(who, webhookEndpointId));
  }

  /** Make another secret; until the old one ends each delivery is signed by both. */
  @Post('secrets')
  @Requires('webhooks.manage')
  @Idempotent()
  @Fails(WebhookEndpointNotFound, TooManySecrets)
  async renewSecret(
    @Who() who: Principal,
    @Id('webhookEndpointId') webhookEndpointId: string,
    @Body() body: NewWebhookSecretRequest,
  ): Promise<NewWebhookSecretResponse> {
    return NewWebhookSecretResponse.of(await this.care.renewSecret(who, webhookEndpointId, body.oldValidForHours));
  }

  /** List the secrets that sign now, newest first, without what is secret about them. */
  @Get('secrets')
  @Requires('webhooks.read')
  @Fails(WebhookEndpointNotFound)
  async listSecrets(@Who() who: Principal, @Id('webhookEndpointId') webhookEndpointId: string): Promise<WebhookSecretList> {
    return { data: await this.care.listSecrets(who, webhookEndpointId) };
  }
}
