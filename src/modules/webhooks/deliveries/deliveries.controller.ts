import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { mapPage } from '../../../platform/http/pagination.js';
import { WebhookEndpointDisabledNow, WebhookEndpointNotFound } from '../endpoints/endpoints.errors.js';
import '../events/webhooks.permissions.js';
import {
  WebhookDeliveryPage,
  WebhookDeliveryQuery,
  WebhookDeliveryResponse,
  WebhookDeliveryStoryResponse,
  WebhookReplayRequest,
  WebhookReplayResponse,
} from './deliveries.dto.js';
import { WebhookDeliveryNotFound } from './deliveries.errors.js';
import { DeliveriesService } from './deliveries.service.js';
import { ReplaysService } from './replays.service.js';

@Controller('v1')
export class WebhookDeliveriesController {
  constructor(
    private readonly deliveries: DeliveriesService,
    private readonly replays: ReplaysService,
  ) {}

  /** List what was sent, or will be, to a webhook endpoint, newest first. */
  @Get('webhook-endpoints/:webhookEndpointId/deliveries')
  @Requires('webhooks.read')
  @Fails(WebhookEndpointNotFound)
  async list(
    @Who() who: Principal,
    @Id('webhookEndpointId') webhookEndpointId: string,
    @Query() query: WebhookDeliveryQuery,
  ): Promise<WebhookDeliveryPage> {
    return mapPage(await this.deliveries.list(who, webhookEndpointId, query, query), WebhookDeliveryResponse.of);
  }

  /** Read one delivery: what was sent, and every try. */
  @Get('webhook-deliveries/:webhookDeliveryId')
  @Requires('webhooks.read')
  @Fails(WebhookDeliveryNotFound)
  async get(@Who() who: Principal, @Id('webhookDeliveryId') webhookDeliveryId: string): Promise<WebhookDeliveryStoryResponse> {
    return WebhookDeliveryStoryResponse.story(await this.deliveries.get(who, webhookDeliveryId));
  }

  /** Send what happened in a range of time again, with the same ids, in order. */
  @Post('webhook-endpoints/:webhookEndpointId/replays')
  @Requires('webhooks.manage')
  @Idempotent()
  @Fails(WebhookEndpointNotFound, WebhookEndpointDisabledNow)
  async replay(
    @Who() who: Principal,
    @Id('webhookEndpointId') webhookEndpointId: string,
    @Body() body: WebhookReplayRequest,
  ): Promise<WebhookReplayResponse> {
    return { count: await this.replays.replay(who, webhookEndpointId, WebhookReplayRequest.range(body)) };
  }

  /** Send an event `webhook.test` to this endpoint, whatever it is told otherwise. */
  @Post('webhook-endpoints/:webhookEndpointId/test-events')
  @Requires('webhooks.manage')
  @Idempotent()
  @Fails(WebhookEndpointNotFound, WebhookEndpointDisabledNow)
  async test(@Who() who: Principal, @Id('webhookEndpointId') webhookEndpointId: string): Promise<WebhookDeliveryResponse> {
    return WebhookDeliveryResponse.of(await this.replays.test(who, webhookEndpointId));
  }
}
