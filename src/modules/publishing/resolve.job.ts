import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../../platform/queue/handler.js';
import { type PublicationPayload, resolveJob } from './publishing.jobs.js';
import { ResolutionService } from './resolution.service.js';

@Injectable()
@HandlesJob(resolveJob)
export class ResolveJob implements JobHandler<PublicationPayload> {
  constructor(private readonly resolution: ResolutionService) {}

  run({ contractorId, publicationId }: PublicationPayload): Promise<void> {
    return this.resolution.resolve(contractorId, publicationId);
  }
}
