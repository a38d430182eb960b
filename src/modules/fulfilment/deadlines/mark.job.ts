import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../../../platform/queue/handler.js';
import type { ContractAmended, ContractMoved, ProductionCalendarLoaded, StageMoved } from '../../contracts/contracts.events.js';
import type { PageConnected, PageCredentialsExpiring, PageStopped } from '../../pages/pages.events.js';
import type { AcceptanceMoved } from '../acceptance/acceptance.events.js';
import type { HandingsJudged } from '../fulfilment.events.js';
import { DeadlineMarks } from './deadline-marks.service.js';
import {
  markAcceptanceJob,
  markAmendedJob,
  markConnectedJob,
  markExpiringJob,
  markHandedJob,
  markMovedJob,
  markStageJob,
  markStoppedJob,
  markYearJob,
} from './deadlines.jobs.js';

@Injectable()
@HandlesJob(markMovedJob)
export class MarkMovedJob implements JobHandler<ContractMoved> {
  constructor(private readonly marks: DeadlineMarks) {}

  run(event: ContractMoved): Promise<void> {
    return this.marks.contractChanged(event);
  }
}

@Injectable()
@HandlesJob(markAmendedJob)
export class MarkAmendedJob implements JobHandler<ContractAmended> {
  constructor(private readonly marks: DeadlineMarks) {}

  run(event: ContractAmended): Promise<void> {
    return this.marks.contractChanged(event);
  }
}

@Injectable()
@HandlesJob(markStageJob)
export class MarkStageJob implements JobHandler<StageMoved> {
  constructor(private readonly marks: DeadlineMarks) {}

  run(event: StageMoved): Promise<void> {
    return this.marks.contractChanged(event);
  }
}

@Injectable()
@HandlesJob(markAcceptanceJob)
export class MarkAcceptanceJob implements JobHandler<AcceptanceMoved> {
  constructor(private readonly marks: DeadlineMarks) {}

  run(event: AcceptanceMoved): Promise<void> {
    return this.marks.contractChanged(event);
  }
}

@Injectable()
@HandlesJob(markHandedJob)
export class MarkHandedJob implements JobHandler<HandingsJudged> {
  constructor(private readonly marks: DeadlineMarks) {}

  run(event: HandingsJudged): Promise<void> {
    return this.marks.contractChanged(event);
  }
}

@Injectable()
@HandlesJob(markConnectedJob)
export class MarkConnectedJob implements JobHandler<PageConnected> {
  constructor(private readonly marks: DeadlineMarks) {}

  run(event: PageConnected): Promise<void> {
    return this.marks.pageChanged(event);
  }
}

@Injectable()
@HandlesJob(markStoppedJob)
export class MarkStoppedJob implements JobHandler<PageStopped> {
  constructor(private readonly marks: DeadlineMarks) {}

  run(event: PageStopped): Promise<void> {
    return this.marks.pageChanged(event);
  }
}

@Injectable()
@HandlesJob(markExpiringJob)
export class MarkExpiringJob implements JobHandler<PageCredentialsExpiring> {
  constructor(private readonly marks: DeadlineMarks) {}

  run(event: PageCredentialsExpiring): Promise<void> {
    return this.marks.pageChanged(event);
  }
}

@Injectable()
@HandlesJob(markYearJob)
export class MarkYearJob implements JobHandler<ProductionCalendarLoaded> {
  constructor(private readonly marks: DeadlineMarks) {}

  run({ contractorId, year }: ProductionCalendarLoaded): Promise<void> {
    return this.marks.yearLoaded(contractorId, year);
  }
}
