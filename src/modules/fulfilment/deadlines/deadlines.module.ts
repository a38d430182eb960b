import { Module } from '@nestjs/common';
import { ContractsModule } from '../../contracts/contracts.module.js';
import { PagesModule } from '../../pages/pages.module.js';
import { TenancyModule } from '../../tenancy/tenancy.module.js';
import { AcceptanceModule } from '../acceptance/acceptance.module.js';
import { FulfilmentModule } from '../fulfilment.module.js';
import { DatesReader, DateSources } from './dates-reader.service.js';
import { DeadlineMarks } from './deadline-marks.service.js';
import { DeadlineRecomputing, DeadlineRecords } from './deadline-recomputing.service.js';
import { DeadlineSourceStore } from './deadline-source.store.js';
import { DeadlineEntity } from './deadline.entity.js';
import { DeadlineStore } from './deadline.store.js';
import { DeadlinesController } from './deadlines.controller.js';
import { DEADLINES_DEFINITIONS } from './deadlines.jobs.js';
import { DeadlinesService } from './deadlines.service.js';
import { DeadlinesTimer } from './deadlines.timer.js';
import {
  MarkAcceptanceJob,
  MarkAmendedJob,
  MarkConnectedJob,
  MarkExpiringJob,
  MarkHandedJob,
  MarkMovedJob,
  MarkStageJob,
  MarkStoppedJob,
  MarkYearJob,
} from './mark.job.js';

@Module({
  providers: [DeadlineStore, DeadlineSourceStore, DeadlineMarks],
  exports: [DeadlineStore, DeadlineMarks, DeadlineSourceStore],
})
export class DeadlinesModule {
  /** Its tables, for the composition root. */
  static readonly entities = [DeadlineEntity];
}

@Module({ imports: [DeadlinesModule], controllers: [DeadlinesController], providers: [DeadlinesService] })
export class DeadlinesApi {}

const MARKS = [MarkMovedJob, MarkAmendedJob, MarkStageJob, MarkAcceptanceJob, MarkHandedJob, MarkYearJob];
const PAGE_MARKS = [MarkConnectedJob, MarkStoppedJob, MarkExpiringJob];

@Module({
  imports: [DeadlinesModule, FulfilmentModule, AcceptanceModule, ContractsModule, PagesModule, TenancyModule],
  providers: [DatesReader, DateSources, DeadlineRecomputing, DeadlineRecords, DeadlinesTimer, ...MARKS, ...PAGE_MARKS],
})
export class DeadlinesWorker {
  /** What this module's workers handle, for the queue's boot check. */
  static readonly definitions = DEADLINES_DEFINITIONS;
}
