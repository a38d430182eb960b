import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { ContentModule } from '../content/content.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { PagesModule } from '../pages/pages.module.js';
import { PublishingModule } from '../publishing/publishing.module.js';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { ContractLines } from './contract-lines.service.js';
import { ExcuseEntity } from './excuse.entity.js';
import { ExcuseReader } from './excuse-reader.service.js';
import { ExcuseStore } from './excuse.store.js';
import { ExcusesController } from './excuses.controller.js';
import { ExcuseRows, ExcusesService } from './excuses.service.js';
import { FactReader } from './fact-reader.service.js';
import { FULFILMENT_DEFINITIONS } from './fulfilment.jobs.js';
import { BeginHandoverJob } from './handover/begin-handover.job.js';
import { HandoverController } from './handover/handover.controller.js';
import { HandoverItemEntity } from './handover/handover-item.entity.js';
import { HandoverLists } from './handover/handover-lists.service.js';
import { HandoverService } from './handover/handover.service.js';
import { HandoverStore } from './handover/handover.store.js';
import { News } from './news.service.js';
import {
  NoteAttributedJob,
  NoteDriftedJob,
  NoteEditedJob,
  NoteMovedJob,
  NoteOutsideJob,
  NoteScheduledJob,
  NoteWeekJob,
} from './note.job.js';
import { OtherFacts } from './other-facts.service.js';
import { PlanFactController } from './plan-fact.controller.js';
import { PlanFactService } from './plan-fact.service.js';
import { ReachFacts } from './reach-facts.service.js';
import { RecomputeTimer } from './recompute.timer.js';
import { Recomputing, RecomputingTools } from './recomputing.service.js';
import { RecalendarJob, ReplanAmendedJob, ReplanMovedJob } from './replan.job.js';
import { RequirementPeriodEntity } from './requirement-period.entity.js';
import { RequirementPeriodStore } from './requirement-period.store.js';

@Module({
  imports: [AuditModule, TenancyModule, ContractsModule, PagesModule, ContentModule, PublishingModule, MetricsModule],
  providers: [
    ...[ContractLines, FactReader, RequirementPeriodStore, ExcuseStore, ExcuseReader, HandoverStore, HandoverLists],
    { provide: OtherFacts, useClass: ReachFacts },
  ],
  exports: [
    ContractLines,
    FactReader,
    RequirementPeriodStore,
    ExcuseStore,
    ExcuseReader,
    HandoverLists,
    AuditModule,
    ContractsModule,
    PublishingModule,
  ],
})
export class FulfilmentModule {
  /** Its tables, for the composition root. */
  static readonly entities = [RequirementPeriodEntity, ExcuseEntity, HandoverItemEntity];
}

@Module({
  imports: [FulfilmentModule],
  controllers: [PlanFactController, ExcusesController, HandoverController],
  providers: [PlanFactService, ExcusesService, ExcuseRows, HandoverService],
})
export class FulfilmentApi {}

@Module({
  imports: [FulfilmentModule],
  providers: [
    ...[Recomputing, RecomputingTools, News, RecomputeTimer, ReplanMovedJob, ReplanAmendedJob, RecalendarJob, BeginHandoverJob],
    ...[NoteMovedJob, NoteDriftedJob, NoteEditedJob, NoteScheduledJob, NoteOutsideJob, NoteAttributedJob, NoteWeekJob],
  ],
})
export class FulfilmentWorker {
  /** What this module's workers handle, for the queue's boot check. */
  static readonly definitions = FULFILMENT_DEFINITIONS;
}
