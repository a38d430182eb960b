import { Module } from '@nestjs/common';
import { RenderingsModule } from '../renderings/renderings.module.js';
import { LinksModule } from '../links/links.module.js';
import { ReportsModule } from '../reports.module.js';
import { DeliveriesController } from './deliveries.controller.js';
import { deliveriesTimer, sendReportJob } from './deliveries.jobs.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveriesTimer } from './deliveries.timer.js';
import { DeliveryEntity } from './delivery.entity.js';
import { DeliveryStore } from './delivery.store.js';
import { ReportLetters } from './letters.service.js';
import { SendReportJob } from './send-report.job.js';
import { SendingReports } from './sending.service.js';

@Module({ imports: [ReportsModule], providers: [DeliveryStore], exports: [DeliveryStore, ReportsModule] })
export class DeliveriesModule {
  /** Its tables, for the composition root. */
  static readonly entities = [DeliveryEntity];
}

@Module({ imports: [DeliveriesModule], controllers: [DeliveriesController], providers: [DeliveriesService] })
export class DeliveriesApi {}

@Module({
  imports: [DeliveriesModule, RenderingsModule, LinksModule],
  providers: [SendingReports, ReportLetters, SendReportJob, DeliveriesTimer],
})
export class DeliveriesWorker {
  /** What this capability's workers handle, for the queue's boot check. */
  static readonly definitions = [sendReportJob, deliveriesTimer];
}
