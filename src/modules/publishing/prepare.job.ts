import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../../platform/queue/handler.js';
import { PreparationService } from './preparation.service.js';
import { prepareJob, type PublicationPayload } from './publishing.jobs.js';

@Injectable()
@HandlesJob(prepareJob)
export class PrepareJob implements JobHandler<PublicationPayload> {
  constructor(private readonly preparation: PreparationService) {}

  async run({ contractorId, publicationId }: PublicationPayload): Promise<void> {
    await this.preparation.prepare(contractorId, publicationId);
  }
}
