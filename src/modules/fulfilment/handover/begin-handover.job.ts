import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import { HandlesJob, type JobHandler } from '../../../platform/queue/handler.js';
import type { ContractMoved } from '../../contracts/contracts.events.js';
import { beginHandoverJob } from '../fulfilment.jobs.js';
import { HandoverLists } from './handover-lists.service.js';

/** The list is there as soon as the end is near, or has come. */
@Injectable()
@HandlesJob(beginHandoverJob)
export class BeginHandoverJob implements JobHandler<ContractMoved> {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lists: HandoverLists,
  ) {}

  async run({ contractorId, contractId }: ContractMoved): Promise<void> {
    await this.work.forTenant(wholeContractor(contractorId), (tx) => this.lists.begin(tx, { contractorId, contractId }));
  }
}
