import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../../platform/queue/handler.js';
import { DeletionService } from './deletion.service.js';
import { deleteJob, type PublicationPayload } from './publishing.jobs.js';

@Injectable()
@HandlesJob(deleteJob)
export class DeleteJob implements JobHandler<PublicationPayload> {
  constructor(private readonly deletion: DeletionService) {}

  run({ contractorId, publicationId }: PublicationPayload): Promise<void> {
    return this.deletion.delete(contractorId, publicationId);
  }
}
