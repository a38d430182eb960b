import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../../platform/queue/handler.js';
import { type PublicationPayload, publishJob } from './publishing.jobs.js';
import { SendingService } from './sending.service.js';

@Injectable()
@HandlesJob(publishJob)
export class PublishJob implements JobHandler<PublicationPayload> {
  constructor(private readonly sending: SendingService) {}

  run({ contractorId, publicationId }: PublicationPayload): Promise<void> {
    return this.sending.send(contractorId, publicationId);
  }
}
