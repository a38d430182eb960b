import { Module } from '@nestjs/common';
import { PagesModule } from '../../pages/pages.module.js';
import { PublishingBudgets, PublishingModule } from '../../publishing/publishing.module.js';
import { TenancyModule } from '../../tenancy/tenancy.module.js';
import { AuditingModule } from '../auditing/auditing.module.js';
import { CollectJob, CollectTimer, EnrolConnectedJob } from './collect.job.js';
import { CollectingService } from './collecting.service.js';
import { COLLECTING_DEFINITIONS } from './collecting.jobs.js';
import { CollectionRows, CollectionWriter } from './collection-writer.service.js';
import { CollectionStore } from './collection.store.js';
import { CollectionsController } from './collections.controller.js';
import { CollectionsService } from './collections.service.js';
import { PageCollecting } from './page-collecting.service.js';
import { PostCollecting } from './post-collecting.service.js';
import { RollupStore } from './rollup.store.js';
import { RoundCalls } from './round-calls.service.js';
import { RoundReader, RoundSources } from './round-reader.service.js';
import { SnapshotStore } from './snapshot.store.js';
import { WeekStore } from './week.store.js';

@Module({
  imports: [PagesModule],
  controllers: [CollectionsController],
  providers: [CollectionsService, CollectionStore],
})
export class CollectingApi {}

@Module({
  imports: [TenancyModule, PagesModule, PublishingModule, PublishingBudgets, AuditingModule],
  providers: [
    ...[CollectionStore, SnapshotStore, RollupStore, WeekStore, CollectionRows],
    ...[RoundReader, RoundSources, RoundCalls, CollectionWriter, PostCollecting, PageCollecting, CollectingService],
    ...[CollectJob, EnrolConnectedJob, CollectTimer],
  ],
})
export class CollectingWorker {
  /** What this capability's workers handle, for the queue's boot check. */
  static readonly definitions = COLLECTING_DEFINITIONS;
}
