import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../../platform/queue/handler.js';
import type { PageCapabilitiesChanged, PageConnected, PageStopped } from '../pages/pages.events.js';
import { PageStandingService } from './page-standing.service.js';
import { fitCapabilitiesJob, holdStoppedJob, rearmConnectedJob } from './publishing.jobs.js';

@Injectable()
@HandlesJob(holdStoppedJob)
export class HoldStoppedJob implements JobHandler<PageStopped> {
  constructor(private readonly standing: PageStandingService) {}

  run({ contractorId, pageId }: PageStopped): Promise<void> {
    return this.standing.stopped(contractorId, pageId);
  }
}

@Injectable()
@HandlesJob(rearmConnectedJob)
export class RearmConnectedJob implements JobHandler<PageConnected> {
  constructor(private readonly standing: PageStandingService) {}

  run({ contractorId, pageId }: PageConnected): Promise<void> {
    return this.standing.connected(contractorId, pageId);
  }
}

@Injectable()
@HandlesJob(fitCapabilitiesJob)
export class FitCapabilitiesJob implements JobHandler<PageCapabilitiesChanged> {
  constructor(private readonly standing: PageStandingService) {}

  run({ contractorId, pageId }: PageCapabilitiesChanged): Promise<void> {
    return this.standing.capabilitiesChanged(contractorId, pageId);
  }
}
