import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { HandlesJob, type JobHandler } from '../../platform/queue/handler.js';
import { worker } from '../audit/audit.js';
import type { PostApprovalVoided } from '../content/content.events.js';
import { holdReason } from './hold-reasons.js';
import { holdUnapprovedJob } from './publishing.jobs.js';
import { PublicationRecords } from './publishing-parts.service.js';

/** Shows at once that nothing will go out; the claim would refuse it anyway. */
@Injectable()
@HandlesJob(holdUnapprovedJob)
export class HoldUnapprovedJob implements JobHandler<PostApprovalVoided> {
  constructor(
    private readonly work: UnitOfWork,
    private readonly records: PublicationRecords,
  ) {}

  async run({ contractorId, clientId, postId }: PostApprovalVoided): Promise<void> {
    const reason = holdReason('not-approved');
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const held = await this.records.publications.holdUnapproved(tx, contractorId, postId, reason);
      for (const id of held)
        await this.records.moved(tx, worker(contractorId), { id, clientId, state: 'held' }, { code: reason.code });
    });
  }
}
