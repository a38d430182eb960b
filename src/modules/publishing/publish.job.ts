import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../../platform/queue/handler.js';
import { PreparationService } from './preparation.service.js';
import { type PublicationPayload, publishJob } from './publishing.jobs.js';
import { SendingService } from './sending.service.js';

@Injectable()
@HandlesJob(publishJob)
export class PublishJob implements JobHandler<PublicationPayload> {
  constructor(
    private readonly preparation: PreparationService,
    private readonly sending: SendingService,
  ) {}

  /** A post scheduled for "now" had no time to be prepared; that must happen before the lease begins. */
  async run({ contractorId, publicationId }: PublicationPayload): Promise<void> {
    await this.preparation.prepare(contractorId, publicationId);
    await this.sending.send(contractorId, publicationId);
  }
}
