import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { worker } from '../audit/audit.js';
import { holdReason } from './hold-reasons.js';
import { PastContractStore } from './past-contract.store.js';
import { PublicationRecords } from './publishing-parts.service.js';

/** Shows at once what will not go out because the contract ends before; the claim would refuse it anyway. */
@Injectable()
export class PastContractService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly plan: PastContractStore,
    private readonly records: PublicationRecords,
  ) {}

  /** The days of one of the client's contracts are others than before. */
  async follow(contractorId: string, clientId: string): Promise<void> {
    const reasons = { scheduled: holdReason('past-contract'), byHand: holdReason('past-contract-by-hand') };
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const who = worker(contractorId);
      for (const id of await this.plan.hold(tx, { contractorId, clientId }, reasons))
        await this.records.moved(tx, who, { id, clientId, state: 'held' }, { code: 'past-contract' });
      for (const id of await this.plan.release(tx, { contractorId, clientId }))
        await this.records.moved(tx, who, { id, clientId, state: 'scheduled' }, { code: 'past-contract' });
    });
  }
}
