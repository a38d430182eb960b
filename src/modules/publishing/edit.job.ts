import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/work.js';
import { HandlesJob, type JobHandler, RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { Queues } from '../../platform/queue/queues.js';
import { EditStore } from './edit.store.js';
import { EditingService } from './editing.service.js';
import { editJob, type EditPayload, editTimer } from './publishing.jobs.js';

@Injectable()
@HandlesJob(editJob)
export class EditJob implements JobHandler<EditPayload> {
  constructor(private readonly editing: EditingService) {}

  run({ contractorId, editId }: EditPayload): Promise<void> {
    return this.editing.edit(contractorId, editId);
  }
}

const MOST_AT_ONCE = 200;

@Injectable()
@RunsOnTimer(editTimer)
export class EditTimer implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly edits: EditStore,
    private readonly queues: Queues,
  ) {}

  async run(): Promise<void> {
    const due = await this.work.acrossTenants('make due edits', (tx) => this.edits.pickDue(tx, MOST_AT_ONCE));
    const rings = due.map(({ contractorId, editId, ring }) => ({
      payload: { contractorId, editId },
      jobId: `edit.${editId}.${ring}`,
    }));
    await this.queues.ring(editJob, rings);
  }
}
