import { Module } from '@nestjs/common';
import { TenancyModule } from '../../tenancy/tenancy.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { ReportStageJob } from './report-stage.job.js';
import { ReportScheduleEntity } from './schedule.entity.js';
import { ReportScheduleStore } from './schedule.store.js';
import { ClientDays, ScheduleTurns } from './schedule-turns.service.js';
import { ScheduledOrders } from './scheduled-orders.service.js';
import { ReportSchedulesController } from './schedules.controller.js';
import { reportSchedulesTimer, reportStageJob } from './schedules.jobs.js';
import { ReportSchedulesService, ScheduleParts } from './schedules.service.js';
import { ReportSchedulesTimer } from './schedules.timer.js';

@Module({
  imports: [DeliveriesModule, TenancyModule],
  providers: [ReportScheduleStore, ClientDays],
  exports: [ReportScheduleStore, ClientDays, DeliveriesModule],
})
export class SchedulesModule {
  /** Its tables, for the composition root. */
  static readonly entities = [ReportScheduleEntity];
}

@Module({
  imports: [SchedulesModule],
  controllers: [ReportSchedulesController],
  providers: [ReportSchedulesService, ScheduleParts],
})
export class SchedulesApi {}

@Module({ imports: [SchedulesModule], providers: [ScheduleTurns, ScheduledOrders, ReportSchedulesTimer, ReportStageJob] })
export class SchedulesWorker {
  /** What this capability's workers handle, for the queue's boot check. */
  static readonly definitions = [reportStageJob, reportSchedulesTimer];
}
