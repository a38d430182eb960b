import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { ArchiveConditions } from './archive-conditions.service.js';
import type { Contract } from './contract.js';
import { ContractRecords } from './contract-records.service.js';
import { type ContractStatus, statusesBefore, transitionsFrom } from './contract-status.js';
import { ContractNotSettled, ContractTransitionRefused } from './contracts.errors.js';

interface Move {
  readonly action: string;
  readonly to: ContractStatus;
  readonly from?: ContractStatus[];
  readonly details?: object;
  /** Throws when something speaks against it; then nothing has changed. */
  readonly check?: (tx: Tx) => Promise<void>;
}

/** What people do with a contract as a whole, but for signing and terminating it. All @throws ContractNotFound, ContractTransitionRefused. */
@Injectable()
export class ContractMovesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly records: ContractRecords,
    private readonly conditions: ArchiveConditions,
  ) {}

  /** A draft is to be read by another: nobody edits it meanwhile. */
  submit(who: Principal, id: string): Promise<Contract> {
    return this.move(who, id, { action: 'contract.submitted', to: 'underReview' });
  }

  /** The reader wants changes. */
  return(who: Principal, id: string): Promise<Contract> {
    return this.move(who, id, { action: 'contract.returned', to: 'draft' });
  }

  /** From now on it lets publications out, within its days. By itself it does so at its start. */
  activate(who: Principal, id: string): Promise<Contract> {
    return this.move(who, id, { action: 'contract.activated', to: 'active', from: ['signed'] });
  }

  /** Nothing goes out under it until it is resumed. */
  suspend(who: Principal, id: string, reason: string): Promise<Contract> {
    return this.move(who, id, { action: 'contract.suspended', to: 'suspended', details: { reason } });
  }

  resume(who: Principal, id: string): Promise<Contract> {
    return this.move(who, id, { action: 'contract.resumed', to: 'active', from: ['suspended'] });
  }

  /** It never came about. */
  cancel(who: Principal, id: string, reason: string): Promise<Contract> {
    return this.move(who, id, { action: 'contract.cancelled', to: 'cancelled', details: { reason } });
  }

  /** Everything about it is settled. @throws ContractNotSettled naming what is not */
  archive(who: Principal, id: string): Promise<Contract> {
    return this.move(who, id, {
      ...{ action: 'contract.archived', to: 'archived' },
      check: async (tx) => {
        const fields = await this.conditions.unmet(tx, { contractorId: who.contractorId, id });
        if (fields.length > 0) throw new ContractNotSettled({ fields });
      },
    });
  }

  private move(who: Principal, id: string, { to, from = statusesBefore(to), check, ...fact }: Move): Promise<Contract> {
    const key = { contractorId: who.contractorId, id };
    return this.work.forTenant(who.scope, async (tx) => {
      const before = await this.records.lock(tx, key);
      if (!(await this.records.contracts.update(tx, key, { from, changes: { status: to } })))
        throw new ContractTransitionRefused({ allowedTransitions: transitionsFrom(before.status) });
      await check?.(tx);
      return this.records.moved(tx, who, id, fact);
    });
  }
}
