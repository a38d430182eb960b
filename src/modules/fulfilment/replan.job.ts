import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../../platform/queue/handler.js';
import type { ContractAmended, ContractMoved, ProductionCalendarLoaded } from '../contracts/contracts.events.js';
import { recalendarJob, replanAmendedJob, replanMovedJob } from './fulfilment.jobs.js';
import { News } from './news.service.js';
import { Recomputing } from './recomputing.service.js';

/** A signature makes periods, an end cuts them. */
@Injectable()
@HandlesJob(replanMovedJob)
export class ReplanMovedJob implements JobHandler<ContractMoved> {
  constructor(private readonly recomputing: Recomputing) {}

  run({ contractorId, contractId }: ContractMoved): Promise<void> {
    return this.recomputing.replan({ contractorId, contractId });
  }
}

@Injectable()
@HandlesJob(replanAmendedJob)
export class ReplanAmendedJob implements JobHandler<ContractAmended> {
  constructor(private readonly recomputing: Recomputing) {}

  run({ contractorId, contractId }: ContractAmended): Promise<void> {
    return this.recomputing.replan({ contractorId, contractId });
  }
}

/** Terms in working days may move, and are provisional no more. */
@Injectable()
@HandlesJob(recalendarJob)
export class RecalendarJob implements JobHandler<ProductionCalendarLoaded> {
  constructor(private readonly news: News) {}

  run({ contractorId, year }: ProductionCalendarLoaded): Promise<void> {
    return this.news.calendar(contractorId, year);
  }
}
