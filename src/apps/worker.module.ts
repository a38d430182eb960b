import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ContractsWorker } from '../modules/contracts/contracts.module.js';
import { ExportJobsWorker } from '../modules/exports/background/export-jobs.module.js';
import { AcceptanceWorker } from '../modules/fulfilment/acceptance/acceptance.module.js';
import { DeadlinesWorker } from '../modules/fulfilment/deadlines/deadlines.module.js';
import { FulfilmentWorker } from '../modules/fulfilment/fulfilment.module.js';
import { RemindersWorker } from '../modules/fulfilment/reminders/reminders.module.js';
import { PenaltiesWorker } from '../modules/fulfilment/penalties/penalties.module.js';
import { CollectingWorker } from '../modules/metrics/collecting/collecting.module.js';
import { PagesWorker } from '../modules/pages/pages.module.js';
import { PublishingWorker } from '../modules/publishing/publishing.module.js';
import { DeliveriesWorker } from '../modules/reports/deliveries/deliveries.module.js';
import { RenderingsWorker } from '../modules/reports/renderings/renderings.module.js';
import { SchedulesWorker } from '../modules/reports/schedules/schedules.module.js';
import { ReportsWorker } from '../modules/reports/reports.module.js';
import { WebhooksWorker } from '../modules/webhooks/deliveries/webhook-deliveries.module.js';
import { type Clock, SystemClock } from '../platform/clock/clock.js';
import type { Config } from '../platform/config/config.js';
import { HTTP_HOUSEKEEPING, HttpHousekeeping } from '../platform/http/housekeeping.timer.js';
import type { Definition } from '../platform/queue/job.js';
import { QueueModule } from '../platform/queue/queue.module.js';
import { JobMetricsModule } from './job-metrics.module.js';
import { QueueReadiness } from './queue-readiness.js';
import { foundation, WORKER_POOL } from './foundation.js';

/** Every module's job handlers. */
export function handlers(config: Config): (Type | DynamicModule)[] {
  return [
    ContractsWorker,
    PagesWorker,
    PublishingWorker,
    CollectingWorker,
    FulfilmentWorker,
    AcceptanceWorker,
    DeadlinesWorker,
    RemindersWorker,
    PenaltiesWorker,
    ReportsWorker,
    RenderingsWorker,
    DeliveriesWorker,
    SchedulesWorker,
    ExportJobsWorker,
    WebhooksWorker.with({ openHosts: config.webhookHosts }),
  ];
}
/** Periodic work of the platform itself. */
export const HOUSEKEEPING = [HttpHousekeeping];
export const DEFINITIONS: Definition[] = [
  ...ContractsWorker.definitions,
  ...PagesWorker.definitions,
  ...PublishingWorker.definitions,
  ...CollectingWorker.definitions,
  ...FulfilmentWorker.definitions,
  ...AcceptanceWorker.definitions,
  ...DeadlinesWorker.definitions,
  ...RemindersWorker.definitions,
  ...PenaltiesWorker.definitions,
  ...ReportsWorker.definitions,
  ...RenderingsWorker.definitions,
  ...DeliveriesWorker.definitions,
  ...SchedulesWorker.definitions,
  ...ExportJobsWorker.definitions,
  ...WebhooksWorker.definitions,
  HTTP_HOUSEKEEPING,
];

/** The process that does what takes time. */
@Module({})
export class WorkerModule {
  static with(config: Config, clock: Clock = new SystemClock()): DynamicModule {
    const { queueUrl, databaseSystemUrl } = config;
    const queue = QueueModule.forWorker({ queueUrl, databaseSystemUrl }, DEFINITIONS);
    return {
      module: WorkerModule,
      imports: [...foundation(config, clock, WORKER_POOL), JobMetricsModule, queue, ...handlers(config)],
      providers: [QueueReadiness, ...HOUSEKEEPING],
    };
  }
}
