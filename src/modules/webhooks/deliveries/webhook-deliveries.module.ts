import { type DynamicModule, Module } from '@nestjs/common';
import { WebhookEndpointsModule } from '../endpoints/webhook-endpoints.module.js';
import { WebhookSettings } from '../endpoints/webhooks.settings.js';
import { WebhookEventsModule } from '../events/webhook-events.module.js';
import { ClaimStore } from './claim.store.js';
import { WebhookDeliveriesController } from './deliveries.controller.js';
import { WEBHOOK_DEFINITIONS } from './deliveries.jobs.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveryStore } from './delivery.store.js';
import { WebhooksTimer } from './dispatch.timer.js';
import { WebhookHousekeepingStore } from './housekeeping.store.js';
import { WebhookHousekeeping } from './housekeeping.timer.js';
import { NOTE_JOBS } from './note.job.js';
import { NotingRows, NotingService } from './noting.service.js';
import { ReplaysService } from './replays.service.js';
import { Ringing } from './ringing.service.js';
import { SendJob, SendTroubledJob } from './send.job.js';
import { SendingService, WebhookWay } from './sending.service.js';
import { Settling } from './settling.service.js';

@Module({
  imports: [WebhookEventsModule, WebhookEndpointsModule],
  providers: [DeliveryStore, NotingRows],
  exports: [DeliveryStore, NotingRows, WebhookEndpointsModule],
})
export class WebhookDeliveriesModule {}

@Module({
  imports: [WebhookDeliveriesModule],
  controllers: [WebhookDeliveriesController],
  providers: [DeliveriesService, ReplaysService],
})
export class WebhookDeliveriesApi {}

@Module({})
export class WebhooksWorker {
  /** What this module's workers handle, for the queue's boot check. */
  static readonly definitions = WEBHOOK_DEFINITIONS;

  static with(settings: WebhookSettings): DynamicModule {
    return {
      module: WebhooksWorker,
      imports: [WebhookDeliveriesModule],
      providers: [
        { provide: WebhookSettings, useValue: settings },
        ...[ClaimStore, Ringing, NotingService, SendingService, WebhookWay, Settling, SendJob, SendTroubledJob, WebhooksTimer],
        ...[WebhookHousekeepingStore, WebhookHousekeeping],
        ...NOTE_JOBS,
      ],
    };
  }
}
