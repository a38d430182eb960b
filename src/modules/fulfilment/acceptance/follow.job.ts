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

  async run({ contractorId, contractId, state }: StageMoved): Promise<void> {
    if (state === 'reportReady') await this.news.stageReady({ contractorId, contractId });
  }
}

/** Somebody deleted it on the network. */
@Injectable()
@HandlesJob(watchDriftJob)
export class WatchDriftJob implements JobHandler<PublicationDrifted> {
  constructor(private readonly news: AcceptanceNews) {}

  async run({ contractorId, clientId, publicationId, drift }: PublicationDrifted): Promise<void> {
    if (drift === 'deleted') await this.news.deleted({ contractorId, clientId }, publicationId);
  }
}

/** We deleted it. */
@Injectable()
@HandlesJob(watchDeletionJob)
export class WatchDeletionJob implements JobHandler<PublicationMoved> {
  constructor(private readonly news: AcceptanceNews) {}

  async run({ contractorId, clientId, publicationId, state }: PublicationMoved): Promise<void> {
    if (state === 'deleted') await this.news.deleted({ contractorId, clientId }, publicationId);
  }
}
