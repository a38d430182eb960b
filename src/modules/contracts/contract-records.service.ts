import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { Outbox } from '../../platform/queue/outbox.js';
import type { Actor } from '../audit/audit.js';
import { AuditService } from '../audit/audit.service.js';
import type { Contract } from './contract.js';
import { nextStep } from './contract-status.js';
import { type ContractKey, ContractStore } from './contract.store.js';
import { ContractNotFound } from './contracts.errors.js';
import { contractAmended, contractMoved } from './contracts.events.js';

/** What is written whenever a contract changes: when time changes it next, the audit line, and the event. */
@Injectable()
export class ContractRecords {
  constructor(
    readonly contracts: ContractStore,
    private readonly audit: AuditService,
    private readonly outbox: Outbox,
  ) {}

  /** @throws ContractNotFound */
  async require(tx: Tx, key: ContractKey): Promise<Contract> {
    return found(await this.contracts.find(tx, key));
  }

  /** As `require`; whoever else wants to change it waits. @throws ContractNotFound */
  async lock(tx: Tx, key: ContractKey): Promise<Contract> {
    return found(await this.contracts.lock(tx, key));
  }

  /** A draft was written. @returns the contract as it is now */
  async drafted(tx: Tx, who: Principal, id: string, action: string): Promise<Contract> {
    const contract = await this.require(tx, { contractorId: who.contractorId, id });
    await this.write(tx, who, { contract, action, details: {} });
    return contract;
  }

  /** A contract came into another status. @returns the contract as it is now */
  async moved(tx: Tx, who: Actor | Principal, id: string, what: { action: string; details?: object }): Promise<Contract> {
    const { contractorId } = who;
    const contract = await this.require(tx, { contractorId, id });
    await this.arm(tx, contractorId, contract);
    await this.write(tx, who, { contract, ...what });
    const { clientId, status } = contract;
    await this.outbox.publish(tx, contractMoved, { contractorId, clientId, contractId: id, status });
    return contract;
  }

  /** A signed contract says something else from now on. @returns the contract as it is now */
  async amended(tx: Tx, who: Principal, id: string, what: { action: string; details: object }): Promise<Contract> {
    const { contractorId } = who;
    const contract = await this.require(tx, { contractorId, id });
    await this.arm(tx, contractorId, contract);
    await this.write(tx, who, { contract, ...what });
    await this.outbox.publish(tx, contractAmended, { contractorId, clientId: contract.clientId, contractId: id });
    return contract;
  }

  private arm(tx: Tx, contractorId: string, contract: Contract): Promise<void> {
    const { handoverDays } = contract.clauses;
    return this.contracts.setStep(tx, { contractorId, id: contract.id }, nextStep({ ...contract, handoverDays })?.at ?? null);
  }

  private write(
    tx: Tx,
    who: Actor | Principal,
    { contract, action, details }: { contract: Contract; action: string; details?: object },
  ): Promise<void> {
    const { id: objectId, clientId, number } = contract;
    return this.audit.record(tx, who, {
      ...{ action, objectType: 'contract', objectId, clientId },
      details: { number, ...details },
    });
  }
}

function found(contract: Contract | undefined): Contract {
  if (!contract) throw new ContractNotFound();
  return contract;
}
