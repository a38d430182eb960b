import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { Outbox } from '../../../platform/queue/outbox.js';
import { type Actor, worker } from '../../audit/audit.js';
import { AuditService } from '../../audit/audit.service.js';
import type { ContractId } from '../requirement-period.store.js';
import { penaltyProposed } from './penalties.events.js';
import type { WantedPenalty } from './proposal.js';

/** The audit lines of proposals, and the event. */
@Injectable()
export class PenaltyRecords {
  constructor(
    private readonly audit: AuditService,
    private readonly outbox: Outbox,
  ) {}

  async proposed(
    tx: Tx,
    key: ContractId & { clientId: string; id: string },
    { cause, kind, kopecks }: WantedPenalty,
  ): Promise<void> {
    const { contractorId, contractId, clientId, id: proposalId } = key;
    const details = { contractId, cause, kopecks: kopecks === null ? null : String(kopecks) };
    await this.noted(tx, worker(contractorId), key, { action: 'penalty.proposed', details });
    await this.outbox.publish(tx, penaltyProposed, { contractorId, clientId, contractId, proposalId, kind });
  }

  async noted(
    tx: Tx,
    who: Actor | Principal,
    { id: objectId, clientId }: { id: string; clientId: string },
    { action, details }: { action: string; details: object },
  ): Promise<void> {
    await this.audit.record(tx, who, { action, objectType: 'penaltyProposal', objectId, clientId, details: { ...details } });
  }
}
