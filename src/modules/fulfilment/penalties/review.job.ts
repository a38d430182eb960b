import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../../../platform/queue/handler.js';
import type { ContractAmended, ContractMoved, StageMoved } from '../../contracts/contracts.events.js';
import type { AcceptanceMoved } from '../acceptance/acceptance.events.js';
import type { ExcuseChanged } from '../fulfilment.events.js';
import { reviewAcceptanceJob, reviewAmendedJob, reviewExcuseJob, reviewMovedJob, reviewStageJob } from './penalties.jobs.js';
import { PenaltyReviews } from './penalty-reviews.service.js';

@Injectable()
@HandlesJob(reviewMovedJob)
export class ReviewMovedJob implements JobHandler<ContractMoved> {
  constructor(private readonly reviews: PenaltyReviews) {}

  run({ contractorId, clientId, contractId }: ContractMoved): Promise<void> {
    return this.reviews.arm({ contractorId, clientId, contractId });
  }
}

@Injectable()
@HandlesJob(reviewAmendedJob)
export class ReviewAmendedJob implements JobHandler<ContractAmended> {
  constructor(private readonly reviews: PenaltyReviews) {}

  run({ contractorId, clientId, contractId }: ContractAmended): Promise<void> {
    return this.reviews.arm({ contractorId, clientId, contractId });
  }
}

@Injectable()
@HandlesJob(reviewStageJob)
export class ReviewStageJob implements JobHandler<StageMoved> {
  constructor(private readonly reviews: PenaltyReviews) {}

  run({ contractorId, clientId, contractId }: StageMoved): Promise<void> {
    return this.reviews.arm({ contractorId, clientId, contractId });
  }
}

@Injectable()
@HandlesJob(reviewAcceptanceJob)
export class ReviewAcceptanceJob implements JobHandler<AcceptanceMoved> {
  constructor(private readonly reviews: PenaltyReviews) {}

  run({ contractorId, clientId, contractId }: AcceptanceMoved): Promise<void> {
    return this.reviews.arm({ contractorId, clientId, contractId });
  }
}

@Injectable()
@HandlesJob(reviewExcuseJob)
export class ReviewExcuseJob implements JobHandler<ExcuseChanged> {
  constructor(private readonly reviews: PenaltyReviews) {}

  run({ contractorId, clientId, contractId }: ExcuseChanged): Promise<void> {
    return this.reviews.arm({ contractorId, clientId, contractId });
  }
}
