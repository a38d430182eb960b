import { Module } from '@nestjs/common';
import { ContractsModule } from '../../contracts/contracts.module.js';
import { TenancyModule } from '../../tenancy/tenancy.module.js';
import { FulfilmentModule } from '../fulfilment.module.js';
import { AcceptanceCases, AcceptanceRows } from './acceptance-cases.service.js';
import { AcceptanceDates } from './acceptance-dates.service.js';
import { AcceptanceEntity, AcceptancePaymentEntity, AcceptanceRoundEntity, ActEntity } from './acceptance.entity.js';
import { ACCEPTANCE_DEFINITIONS } from './acceptance.jobs.js';
import { AcceptanceMoney } from './acceptance-money.service.js';
import { AcceptanceMovesController } from './acceptance-moves.controller.js';
import { AcceptanceNews } from './acceptance-news.service.js';
import { AcceptanceOpening } from './acceptance-opening.service.js';
import { AcceptancePaymentStore } from './acceptance-payment.store.js';
import { AcceptanceRecords } from './acceptance-records.service.js';
import { AcceptanceRoundStore } from './acceptance-round.store.js';
import { AcceptanceStore } from './acceptance.store.js';
import { AcceptancesController } from './acceptances.controller.js';
import { AcceptancesService } from './acceptances.service.js';
import { ActIssuing } from './act-issuing.service.js';
import { ActStore } from './act.store.js';
import { ActsController } from './acts.controller.js';
import { ActsService } from './acts.service.js';
import { DecisionsService } from './decisions.service.js';
import { OpenAcceptanceJob, WatchDeletionJob, WatchDriftJob } from './follow.job.js';
import { PeriodFreezing } from './period-freezing.service.js';
import { SettlementsService } from './settlements.service.js';
import { SilenceService } from './silence.service.js';
import { SilenceTimer } from './silence.timer.js';
import { SubmissionsService } from './submissions.service.js';

@Module({
  imports: [FulfilmentModule, ContractsModule, TenancyModule],
  providers: [
    ...[AcceptanceCases, AcceptanceRows, AcceptanceStore, AcceptanceRoundStore, AcceptancePaymentStore],
    ...[AcceptanceRecords, AcceptanceOpening, ActIssuing, ActStore, DecisionsService],
    ...[AcceptanceDates, AcceptanceMoney],
  ],
  exports: [
    ...[AcceptanceCases, AcceptanceStore, AcceptanceRecords, AcceptanceOpening, ActIssuing, DecisionsService],
    ...[AcceptanceDates, AcceptanceMoney, FulfilmentModule],
  ],
})
export class AcceptanceModule {
  /** Its tables, for the composition root. */
  static readonly entities = [AcceptanceEntity, AcceptanceRoundEntity, AcceptancePaymentEntity, ActEntity];
}

@Module({
  imports: [AcceptanceModule],
  controllers: [AcceptancesController, AcceptanceMovesController, ActsController],
  providers: [AcceptancesService, SubmissionsService, PeriodFreezing, SettlementsService, ActsService],
})
export class AcceptanceApi {}

@Module({
  imports: [AcceptanceModule],
  providers: [AcceptanceNews, OpenAcceptanceJob, WatchDriftJob, WatchDeletionJob, SilenceService, SilenceTimer],
})
export class AcceptanceWorker {
  /** What this capability's workers handle, for the queue's boot check. */
  static readonly definitions = ACCEPTANCE_DEFINITIONS;
}
