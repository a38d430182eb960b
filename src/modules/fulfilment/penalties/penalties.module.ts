import { Module } from '@nestjs/common';
import { ContractsModule } from '../../contracts/contracts.module.js';
import { AcceptanceModule } from '../acceptance/acceptance.module.js';
import { KeyRateStore } from './key-rate.store.js';
import { KeyRatesController } from './key-rates.controller.js';
import { KeyRatesService } from './key-rates.service.js';
import { KeyRateEntity, PenaltyProposalEntity, PenaltyReviewEntity } from './penalties.entity.js';
import { PENALTIES_DEFINITIONS } from './penalties.jobs.js';
import { PenaltyFactReader } from './penalty-facts.service.js';
import { PenaltyProposalStore } from './penalty-proposal.store.js';
import { PenaltyProposalsController } from './penalty-proposals.controller.js';
import { PenaltyProposalsService } from './penalty-proposals.service.js';
import { PenaltyRecords } from './penalty-records.service.js';
import { PenaltyReviewStore } from './penalty-review.store.js';
import { PenaltyReviews, PenaltyRows } from './penalty-reviews.service.js';
import { ReviewAcceptanceJob, ReviewAmendedJob, ReviewExcuseJob, ReviewMovedJob, ReviewStageJob } from './review.job.js';
import { ReviewTimer } from './review.timer.js';

@Module({
  imports: [AcceptanceModule, ContractsModule],
  providers: [
    ...[PenaltyReviews, PenaltyRows, PenaltyFactReader, PenaltyRecords],
    ...[KeyRateStore, PenaltyReviewStore, PenaltyProposalStore],
  ],
  exports: [PenaltyReviews, PenaltyRecords, KeyRateStore, PenaltyReviewStore, AcceptanceModule, ContractsModule],
})
export class PenaltiesModule {
  /** Its tables, for the composition root. */
  static readonly entities = [KeyRateEntity, PenaltyReviewEntity, PenaltyProposalEntity];
}

@Module({
  imports: [PenaltiesModule],
  controllers: [PenaltyProposalsController, KeyRatesController],
  providers: [PenaltyProposalsService, KeyRatesService],
})
export class PenaltiesApi {}

@Module({
  imports: [PenaltiesModule],
  providers: [ReviewTimer, ReviewMovedJob, ReviewAmendedJob, ReviewStageJob, ReviewAcceptanceJob, ReviewExcuseJob],
})
export class PenaltiesWorker {
  /** What this capability's workers handle, for the queue's boot check. */
  static readonly definitions = PENALTIES_DEFINITIONS;
}
