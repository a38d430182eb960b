import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import { RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { worker } from '../audit/audit.js';
import type { Contract } from './contract.js';
import { ContractRecords } from './contract-records.service.js';
import { type ContractStatus, nextStep } from './contract-status.js';
import type { ContractKey } from './contract.store.js';
import { contractStepsTimer } from './contracts.jobs.js';
import { everyDue } from './every-due.js';
import { TerminationsService } from './terminations.service.js';

/** In words of the audit log. */
const ACTIONS: Partial<Record<ContractStatus, string>> = {
  active: 'contract.activated',
  completing: 'contract.handoverBegun',
  completed: 'contract.completed',
};

/** Does what time does to contracts, soon after the midnight of each one's zone; after a downtime everything that was missed, once. */
@Injectable()
@RunsOnTimer(contractStepsTimer)
export class ContractStepsTimer implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly records: ContractRecords,
    private readonly terminations: TerminationsService,
  ) {}

  run(signal: AbortSignal): Promise<void> {
    return everyDue(
      signal,
      (limit) => this.work.acrossTenants('contracts whose time has come', (tx) => this.records.contracts.pickDue(tx, limit)),
      (key) => this.work.forTenant(wholeContractor(key.contractorId), (tx) => this.stepOn(tx, key)),
    );
  }

  private async stepOn(tx: Tx, key: ContractKey): Promise<void> {
    const now = await this.records.contracts.now(tx);
    let contract: Contract = await this.records.lock(tx, key);
    for (let to = dueStep(contract, now); to; to = dueStep(contract, now)) contract = await this.step(tx, key, contract, to);
  }

  private async step(tx: Tx, key: ContractKey, before: Contract, to: ContractStatus): Promise<Contract> {
    const who = worker(key.contractorId);
    if (to === 'terminated') return this.terminations.end(tx, who, before);
    await this.records.contracts.update(tx, key, { from: [before.status], changes: { status: to } });
    return this.records.moved(tx, who, key.id, { action: ACTIONS[to] ?? `contract.${to}` });
  }
}

function dueStep(contract: Contract, now: Date): ContractStatus | undefined {
  const step = nextStep({ ...contract, handoverDays: contract.clauses.handoverDays });
  return step && step.at <= now ? step.to : undefined;
}
