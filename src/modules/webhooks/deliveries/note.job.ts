import { Injectable, type Type } from '@nestjs/common';
import { HandlesJob, type JobHandler, type JobRun } from '../../../platform/queue/handler.js';
import type { JobPayload } from '../../../platform/queue/job.js';
import { NOTE_DEFINITIONS } from './deliveries.jobs.js';
import { NotingService } from './noting.service.js';

/** One handler for each kind of fact: they differ in nothing but what rings. */
export const NOTE_JOBS: Type[] = NOTE_DEFINITIONS.map((definition) => {
  @Injectable()
  @HandlesJob(definition)
  class NoteJob implements JobHandler {
    constructor(private readonly noting: NotingService) {}

    run({ contractorId }: JobPayload, { id }: JobRun): Promise<void> {
      // A subscriber's job bears the id of the outbox row, and the job's name after a dot.
      return this.noting.note(contractorId, id.split('.')[0]!);
    }
  }
  return NoteJob;
});
