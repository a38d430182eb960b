import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import { worker } from '../../audit/audit.js';
import type { ContractId } from '../requirement-period.store.js';
import { AcceptanceOpening } from './acceptance-opening.service.js';
import { AcceptanceRecords } from './acceptance-records.service.js';
import { AcceptanceStore } from './acceptance.store.js';

/** Follows what happens below: stages become ready, and posts that counted are deleted. */
@Injectable()
export class AcceptanceNews {
  constructor(
    private readonly work: UnitOfWork,
    private readonly opening: AcceptanceOpening,
    private readonly acceptances: AcceptanceStore,
    private readonly records: AcceptanceRecords,
  ) {}

  stageReady(key: ContractId): Promise<void> {
    return this.work.forTenant(wholeContractor(key.contractorId), (tx) => this.opening.openReady(tx, key));
  }

  /** What was accepted stays accepted; people are told, once. */
  deleted(key: { contractorId: string; clientId: string }, publicationId: string): Promise<void> {
    return this.work.forTenant(wholeContractor(key.contractorId), async (tx) => {
      for (const acceptance of await this.acceptances.loseEvidence(tx, key, publicationId))
        await this.records.evidenceLost(tx, worker(key.contractorId), acceptance, publicationId);
    });
  }
}
