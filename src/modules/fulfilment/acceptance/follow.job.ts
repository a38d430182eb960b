import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../../../platform/queue/handler.js';
import type { StageMoved } from '../../contracts/contracts.events.js';
import type { PublicationDrifted, PublicationMoved } from '../../publishing/publishing.events.js';
import { openAcceptanceJob, watchDeletionJob, watchDriftJob } from './acceptance.jobs.js';
import { AcceptanceNews } from './acceptance-news.service.js';

@Injectable()
@HandlesJob(openAcceptanceJob)
export class OpenAcceptanceJob implements JobHandler<StageMoved> {
  constructor(private readonly news: AcceptanceNews) {}

  run({ contractorId, contractId }: StageMoved): Promise<void> {
    return this.news.stageReady({ contractorId, contractId });
  }
}

@Injectable()
@HandlesJob(watchDriftJob)
export class WatchDriftJob implements JobHandler<PublicationDrifted> {
  constructor(private readonly news: AcceptanceNews) {}

  run({ contractorId, clientId, publicationId }: PublicationDrifted): Promise<void> {
    return this.news.deleted({ contractorId, clientId }, publicationId);
  }
}

@Injectable()
@HandlesJob(watchDeletionJob)
export class WatchDeletionJob implements JobHandler<PublicationMoved> {
  constructor(private readonly news: AcceptanceNews) {}

  run({ contractorId, clientId, publicationId }: PublicationMoved): Promise<void> {
    return this.news.deleted({ contractorId, clientId }, publicationId);
  }
}
