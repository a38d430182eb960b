import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { FulfilmentModule } from '../fulfilment/fulfilment.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { PagesModule } from '../pages/pages.module.js';
import { PublishingModule } from '../publishing/publishing.module.js';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { BuildReportJob } from './build-report.job.js';
import { FreezingRecords } from './freezing-records.service.js';
import { ReportLogoStore } from './logo.store.js';
import { MetricsNumbers } from './metrics-numbers.service.js';
import { RenderingEntity } from './rendering.entity.js';
import { RenderingStore } from './rendering.store.js';
import { ReportEntity, ReportVersionEntity } from './report.entity.js';
import { ReportFactsReader, ReportNames, ReportSources } from './report-facts.service.js';
import { ReportFreezing } from './report-freezing.service.js';
import { ReportNumbers } from './report-numbers.service.js';
import { ReportOrders } from './report-orders.service.js';
import { ReportRows } from './report-rows.service.js';
import { ReportStore } from './report.store.js';
import { ReportVersionStore } from './report-version.store.js';
import { ReportsController } from './reports.controller.js';
import { REPORTS_DEFINITIONS } from './reports.jobs.js';
import { ReportsService } from './reports.service.js';
import { ReportsSweepTimer } from './reports-sweep.timer.js';
import { ReportTemplateEntity } from './template.entity.js';
import { ReportTemplateStore } from './template.store.js';

@Module({
  imports: [AuditModule, ContractsModule],
  providers: [ReportStore, ReportVersionStore, RenderingStore, ReportTemplateStore, ReportLogoStore, ReportRows, ReportOrders],
  exports: [ReportStore, ReportVersionStore, RenderingStore, ReportRows, ReportOrders, AuditModule, ContractsModule],
})
export class ReportsModule {
  /** Its tables, for the composition root. */
  static readonly entities = [ReportEntity, ReportVersionEntity, RenderingEntity, ReportTemplateEntity];
}

@Module({ imports: [ReportsModule], controllers: [ReportsController], providers: [ReportsService] })
export class ReportsApi {}

@Module({
  imports: [ReportsModule, FulfilmentModule, MetricsModule, PublishingModule, PagesModule, TenancyModule],
  providers: [
    ...[ReportFreezing, FreezingRecords, ReportFactsReader, ReportNames, ReportSources, BuildReportJob, ReportsSweepTimer],
    { provide: ReportNumbers, useClass: MetricsNumbers },
  ],
})
export class ReportsWorker {
  /** What this module's workers handle, for the queue's boot check. */
  static readonly definitions = REPORTS_DEFINITIONS;
}
