import { AttemptEntity, LookEntity, PublicationEntity, UploadEntity } from './publication.entity.js';
import { Global, Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { ContentModule } from '../content/content.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { CallTurns } from '../pages/call-turns.js';
import { PagesModule } from '../pages/pages.module.js';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { LaneStore } from './lane.store.js';
import { OutsidePostEntity } from './outside-post.entity.js';
import { OutsidePostStore } from './outside-post.store.js';
import { OutsidePostsController } from './outside-posts.controller.js';
import { OutsidePostsService } from './outside-posts.service.js';
import { ReconcileJob, ReconcileTimer } from './reconcile.job.js';
import { ReconciliationService, ReconciliationTools } from './reconciliation.service.js';
import { CapacityService } from './capacity.service.js';
import { CheckJob, CheckTimer } from './check.job.js';
import { CheckTurns } from './check-turns.service.js';
import { CheckStore } from './check.store.js';
import { CheckCalls, CheckParts, ChecksService } from './checks.service.js';
import { BudgetStore } from './budget.store.js';
import { Budgets } from './budgets.service.js';
import { ClockGuard } from './clock-guard.service.js';
import { ClaimStore } from './claim.store.js';
import { DecisionStore } from './decision.store.js';
import { DecisionsController } from './decisions.controller.js';
import { DecisionParts, DecisionsService } from './decisions.service.js';
import { DeleteJob } from './delete.job.js';
import { DeletionService } from './deletion.service.js';
import { DispatchRows, DispatchService } from './dispatch.service.js';
import { DispatchStore } from './dispatch.store.js';
import { DispatchTimer, SweepTimer } from './dispatch.timer.js';
import { HoldUnapprovedJob } from './hold-unapproved.job.js';
import { CorrectionsController } from './corrections.controller.js';
import { CorrectionsService } from './corrections.service.js';
import { EditJob, EditTimer } from './edit.job.js';
import { EditReader } from './edit-reader.service.js';
import { EditRequestParts, EditRequestsService } from './edit-requests.service.js';
import { EditStore } from './edit.store.js';
import { EditingRows, EditingService, EditingTools } from './editing.service.js';
import { EditsController } from './edits.controller.js';
import { FitCapabilitiesJob, HoldStoppedJob, RearmConnectedJob } from './page-standing.job.js';
import { PageStandingService } from './page-standing.service.js';
import { PageStandingStore } from './page-standing.store.js';
import { FollowAmendedJob, FollowMovedJob } from './past-contract.job.js';
import { PastContractService } from './past-contract.service.js';
import { PastContractStore } from './past-contract.store.js';
import { PrepareJob } from './prepare.job.js';
import { PreparationService, PreparationTools } from './preparation.service.js';
import { PublicationFactStore } from './publication-fact.store.js';
import { PublicationFacts } from './publication-facts.service.js';
import { PublicationReader, ReaderParts } from './publication-reader.service.js';
import { PublicationStore } from './publication.store.js';
import { PublicationsController } from './publications.controller.js';
import { PublicationsService } from './publications.service.js';
import { PublishJob } from './publish.job.js';
import { PUBLISHING_EVENTS } from './publishing.events.js';
import { PUBLISHING_DEFINITIONS } from './publishing.jobs.js';
import { PageRounds, PublicationRecords, SchedulingParts } from './publishing-parts.service.js';
import { QuietPeriodEntity } from './quiet-period.entity.js';
import { QuietPeriodStore } from './quiet-period.store.js';
import { QuietPeriodsController } from './quiet-periods.controller.js';
import { QuietParts, QuietPeriodsService } from './quiet-periods.service.js';
import { ReviewsController } from './reviews.controller.js';
import { ReviewParts, ReviewsService } from './reviews.service.js';
import { PublishingReadiness } from './readiness.service.js';
import { ResolutionService, ResolutionTools } from './resolution.service.js';
import { ResolutionStore } from './resolution.store.js';
import { RestorationService } from './restoration.service.js';
import { RestorationStore } from './restoration.store.js';
import { ResolveJob } from './resolve.job.js';
import { SchedulesController } from './schedules.controller.js';
import { SchedulingService } from './scheduling.service.js';
import { SendingRows, SendingService, SendingTools } from './sending.service.js';
import { TurnStore } from './turn.store.js';
import { HousekeepingTimer } from './housekeeping.timer.js';
import { WatchService, WatchTools } from './watch.service.js';
import { WatchStore } from './watch.store.js';
import { WatchTimer } from './watch.timer.js';
import { UploadStore } from './upload.store.js';
import { Uploader } from './uploader.service.js';
import { ZoneCheckStore } from './zone-check.store.js';
import { ZoneCheckTimer } from './zone-check.timer.js';

@Module({
  imports: [AuditModule, TenancyModule, ContractsModule, PagesModule, ContentModule],
  providers: [
    ...[PublicationStore, PublicationRecords, PageRounds, SchedulingParts, SchedulingService, PublicationsService],
    ...[PublicationFacts, PublicationFactStore],
    ...[
      UploadStore,
      PublicationReader,
      ReaderParts,
      DecisionStore,
      QuietPeriodStore,
      CheckStore,
      EditStore,
      OutsidePostStore,
      LaneStore,
      CapacityService,
    ],
  ],
  exports: [
    PublicationStore,
    PublicationRecords,
    PublicationsService,
    PublicationFacts,
    SchedulingService,
    UploadStore,
    PublicationReader,
    DecisionStore,
    QuietPeriodStore,
    CheckStore,
    EditStore,
    ReaderParts,
    SchedulingParts,
    OutsidePostStore,
    LaneStore,
    AuditModule,
    TenancyModule,
    PagesModule,
    ContentModule,
  ],
})
export class PublishingModule {
  /** Its tables, for the composition root. */
  static readonly entities = [PublicationEntity, AttemptEntity, UploadEntity, LookEntity, QuietPeriodEntity, OutsidePostEntity];
}

/** The budgets of secrets for the modules below, which check with the same secrets. */
@Global()
@Module({ providers: [BudgetStore, { provide: CallTurns, useClass: CheckTurns }], exports: [CallTurns] })
export class PublishingTurns {}

/** The same for the modules above, whose calls are about pages and come after whatever is for posts. */
@Module({ providers: [BudgetStore, LaneStore, Budgets], exports: [Budgets] })
export class PublishingBudgets {}

const PEOPLE = [
  DecisionsService,
  DecisionParts,
  QuietPeriodsService,
  QuietParts,
  ReviewsService,
  ReviewParts,
  OutsidePostsService,
  CorrectionsService,
  EditRequestsService,
  EditRequestParts,
  RestorationService,
  RestorationStore,
];

@Module({
  imports: [PublishingModule],
  controllers: [
    SchedulesController,
    PublicationsController,
    DecisionsController,
    QuietPeriodsController,
    ReviewsController,
    OutsidePostsController,
    CorrectionsController,
    EditsController,
  ],
  providers: PEOPLE,
})
export class PublishingApi {}

const JOBS = [
  PublishJob,
  PrepareJob,
  ResolveJob,
  DeleteJob,
  HoldUnapprovedJob,
  FollowMovedJob,
  FollowAmendedJob,
  HoldStoppedJob,
  RearmConnectedJob,
  FitCapabilitiesJob,
  CheckJob,
  DispatchTimer,
  SweepTimer,
  WatchTimer,
  HousekeepingTimer,
  CheckTimer,
  ReconcileJob,
  ReconcileTimer,
  EditJob,
  EditTimer,
  ZoneCheckTimer,
];

@Module({
  imports: [PublishingModule],
  providers: [
    ...[ClaimStore, DispatchStore, ResolutionStore, TurnStore, BudgetStore, Budgets, ZoneCheckStore],
    ...[Uploader, PreparationService, PreparationTools, SendingService, SendingRows, SendingTools],
    ...[
      ResolutionService,
      ResolutionTools,
      DeletionService,
      DispatchService,
      DispatchRows,
      ReconciliationService,
      ReconciliationTools,
      ChecksService,
      CheckParts,
      CheckCalls,
      PageStandingService,
      PageStandingStore,
      PastContractService,
      PastContractStore,
      PublishingReadiness,
      EditReader,
      EditingService,
      EditingRows,
      EditingTools,
      ClockGuard,
      WatchService,
      WatchStore,
      WatchTools,
    ],
    ...JOBS,
  ],
})
export class PublishingWorker {
  /** What this module's workers handle, for the queue's boot check. */
  static readonly definitions = [...PUBLISHING_DEFINITIONS, ...PUBLISHING_EVENTS];
}
