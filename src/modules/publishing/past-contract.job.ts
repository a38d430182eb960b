import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../../platform/queue/handler.js';
import type { ContractAmended, ContractMoved } from '../contracts/contracts.events.js';
import { PastContractService } from './past-contract.service.js';
import { followAmendedJob, followMovedJob } from './publishing.jobs.js';

@Injectable()
@HandlesJob(followMovedJob)
export class FollowMovedJob implements JobHandler<ContractMoved> {
  constructor(private readonly past: PastContractService) {}

  run({ contractorId, clientId }: ContractMoved): Promise<void> {
    return this.past.follow(contractorId, clientId);
  }
}

@Injectable()
@HandlesJob(followAmendedJob)
export class FollowAmendedJob implements JobHandler<ContractAmended> {
  constructor(private readonly past: PastContractService) {}

  run({ contractorId, clientId }: ContractAmended): Promise<void> {
    return this.past.follow(contractorId, clientId);
  }
}
