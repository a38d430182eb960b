import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AuditApi } from '../modules/audit/audit.module.js';
import { ContentApi } from '../modules/content/content.module.js';
import { ContractsApi } from '../modules/contracts/contracts.module.js';
import { ExportJobsApi } from '../modules/exports/background/export-jobs.module.js';
import { ExportsApi } from '../modules/exports/exports.module.js';
import { AcceptanceApi } from '../modules/fulfilment/acceptance/acceptance.module.js';
import { CalendarFeedsApi } from '../modules/fulfilment/calendar-feeds/calendar-feeds.module.js';
import { DeadlinesApi } from '../modules/fulfilment/deadlines/deadlines.module.js';
import { FulfilmentApi } from '../modules/fulfilment/fulfilment.module.js';
import { PortfolioApi } from '../modules/fulfilment/portfolio/portfolio.module.js';
import { RemindersApi } from '../modules/fulfilment/reminders/reminders.module.js';
import { PenaltiesApi } from '../modules/fulfilment/penalties/penalties.module.js';
import { IdentityApi } from '../modules/identity/identity.module.js';
import { IDENTITY_DEFAULTS, type IdentitySettings } from '../modules/identity/identity.settings.js';
import { AuditingApi } from '../modules/metrics/auditing/auditing.module.js';
import { CollectingApi } from '../modules/metrics/collecting/collecting.module.js';
import { MetricsApi } from '../modules/metrics/metrics.module.js';
import { PagesApi } from '../modules/pages/pages.module.js';
import { PublishingApi } from '../modules/publishing/publishing.module.js';
import { DeliveriesApi } from '../modules/reports/deliveries/deliveries.module.js';
import { LinksApi } from '../modules/reports/links/links.module.js';
import { RenderingsApi } from '../modules/reports/renderings/renderings.module.js';
import { SchedulesApi } from '../modules/reports/schedules/schedules.module.js';
import { ReportsApi } from '../modules/reports/reports.module.js';
import { ReportTemplatesApi } from '../modules/reports/templates/templates.module.js';
import { TenancyApi } from '../modules/tenancy/tenancy.module.js';
import { WebhookDeliveriesApi } from '../modules/webhooks/deliveries/webhook-deliveries.module.js';
import { WebhookEndpointsApi } from '../modules/webhooks/endpoints/webhook-endpoints.module.js';
import { WebhookEventsApi } from '../modules/webhooks/events/webhook-events.module.js';
import { type Clock, SystemClock } from '../platform/clock/clock.js';
import type { Config } from '../platform/config/config.js';
import { HttpModule } from '../platform/http/http.module.js';
import { QueueModule } from '../platform/queue/queue.module.js';
import { API_POOL, foundation } from './foundation.js';

/** Every module's REST resources. */
export function resources(config: Config, identity: Partial<IdentitySettings> = {}): (DynamicModule | Type)[] {
  return [
    HttpModule,
    AuditApi,
    TenancyApi,
    IdentityApi.with({ ...IDENTITY_DEFAULTS, accessTokenSecret: config.accessTokenSecret, ...identity }),
    ContractsApi,
    PagesApi,
    ContentApi,
    PublishingApi,
    MetricsApi,
    CollectingApi,
    AuditingApi,
    FulfilmentApi,
    AcceptanceApi,
    DeadlinesApi,
    CalendarFeedsApi,
    PortfolioApi,
    RemindersApi,
    PenaltiesApi,
    ReportsApi,
    RenderingsApi,
    LinksApi,
    DeliveriesApi,
    SchedulesApi,
    ReportTemplatesApi,
    ExportsApi,
    ExportJobsApi,
    WebhookEventsApi,
    WebhookEndpointsApi.with({ openHosts: config.webhookHosts }),
    WebhookDeliveriesApi,
  ];
}

/** The process that answers requests. */
@Module({})
export class ApiModule {
  static with(config: Config, clock: Clock = new SystemClock()): DynamicModule {
    const queue = QueueModule.forApi({ queueUrl: config.queueUrl });
    return { module: ApiModule, imports: [...foundation(config, clock, API_POOL), queue, ...resources(config)] };
  }
}
