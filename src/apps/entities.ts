import { AuditModule } from '../modules/audit/audit.module.js';
import { ContentModule } from '../modules/content/content.module.js';
import { ContractsModule } from '../modules/contracts/contracts.module.js';
import { AcceptanceModule } from '../modules/fulfilment/acceptance/acceptance.module.js';
import { CalendarFeedsApi } from '../modules/fulfilment/calendar-feeds/calendar-feeds.module.js';
import { DeadlinesModule } from '../modules/fulfilment/deadlines/deadlines.module.js';
import { FulfilmentModule } from '../modules/fulfilment/fulfilment.module.js';
import { RemindersModule } from '../modules/fulfilment/reminders/reminders.module.js';
import { PenaltiesModule } from '../modules/fulfilment/penalties/penalties.module.js';
import { IdentityModule } from '../modules/identity/identity.module.js';
import { PagesModule } from '../modules/pages/pages.module.js';
import { PublishingModule } from '../modules/publishing/publishing.module.js';
import { DeliveriesModule } from '../modules/reports/deliveries/deliveries.module.js';
import { LinksModule } from '../modules/reports/links/links.module.js';
import { SchedulesModule } from '../modules/reports/schedules/schedules.module.js';
import { ReportsModule } from '../modules/reports/reports.module.js';
import { TenancyModule } from '../modules/tenancy/tenancy.module.js';

/** Every mapped table. */
export const ENTITIES: (new () => object)[] = [
  AuditModule,
  TenancyModule,
  IdentityModule,
  ContractsModule,
  PagesModule,
  ContentModule,
  PublishingModule,
  FulfilmentModule,
  AcceptanceModule,
  DeadlinesModule,
  CalendarFeedsApi,
  RemindersModule,
  PenaltiesModule,
  ReportsModule,
  LinksModule,
  DeliveriesModule,
  SchedulesModule,
].flatMap((module): (new () => object)[] => [...module.entities]);
