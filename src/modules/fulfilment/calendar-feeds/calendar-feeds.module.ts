import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { ContractsModule } from '../../contracts/contracts.module.js';
import { IdentityModule } from '../../identity/identity.module.js';
import { PagesModule } from '../../pages/pages.module.js';
import { TenancyModule } from '../../tenancy/tenancy.module.js';
import { DeadlinesModule } from '../deadlines/deadlines.module.js';
import { CalendarFeedEntity } from './calendar-feed.entity.js';
import { CalendarFeedStore } from './calendar-feed.store.js';
import { CalendarFeedsController } from './calendar-feeds.controller.js';
import { CalendarFeedsService } from './calendar-feeds.service.js';
import { FeedLimits } from './feed-limits.service.js';
import { FeedReadingController } from './feed-reading.controller.js';
import { FeedReadingService, FeedRows } from './feed-reading.service.js';
import { FeedSources } from './feed-sources.service.js';

@Module({
  imports: [DeadlinesModule, AuditModule, ContractsModule, IdentityModule, PagesModule, TenancyModule],
  controllers: [CalendarFeedsController, FeedReadingController],
  providers: [CalendarFeedsService, CalendarFeedStore, FeedLimits, FeedReadingService, FeedRows, FeedSources],
})
export class CalendarFeedsApi {
  /** Its tables, for the composition root. */
  static readonly entities = [CalendarFeedEntity];
}
