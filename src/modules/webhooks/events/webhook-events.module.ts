import { Module } from '@nestjs/common';
import { EventTypesController } from './event-types.controller.js';
import { WebhookEventStore } from './webhook-event.store.js';

@Module({ providers: [WebhookEventStore], exports: [WebhookEventStore] })
export class WebhookEventsModule {}

@Module({ controllers: [EventTypesController] })
export class WebhookEventsApi {}
