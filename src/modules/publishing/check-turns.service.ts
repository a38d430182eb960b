import { Injectable } from '@nestjs/common';
import type { CheckingCall, Credentials, NetworkName } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { CallTurns } from '../pages/call-turns.js';
import { type Spending, spendingOf, type Urgency } from './budget.js';
import { BudgetStore } from './budget.store.js';

const CALLS: readonly CheckingCall[] = ['checkReadingToken', 'checkCredentials'];

class NotYet extends Error {
  constructor(readonly waitMs: number) {
    super('A secret has no turn yet');
  }
}

/** Turns to check credentials: they draw on the same budgets as posts, and come after them unless a person waits. */
@Injectable()
export class CheckTurns extends CallTurns {
  constructor(
    private readonly work: UnitOfWork,
    private readonly budgets: BudgetStore,
    private readonly networks: Networks,
  ) {
    super();
  }

  toCheck(contractorId: string, network: NetworkName, credentials: Credentials): Promise<number> {
    return this.takeEach(contractorId, this.spendings(contractorId, network, credentials), 'background');
  }

  toProve(contractorId: string, network: NetworkName, credentials: Credentials): Promise<number> {
    return this.takeEach(contractorId, this.spendings(contractorId, network, credentials), 'publishing');
  }

  async checked(contractorId: string, network: NetworkName, credentials: Credentials): Promise<void> {
    const spendings = this.spendings(contractorId, network, credentials);
    if (spendings.length === 0) return;
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      for (const spending of spendings) await this.budgets.used(tx, contractorId, spending);
    });
  }

  private async takeEach(contractorId: string, spendings: readonly Spending[], urgency: Urgency): Promise<number> {
    if (spendings.length === 0) return 0;
    try {
      await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
        for (const spending of spendings) {
          const waitMs = await this.budgets.take(tx, contractorId, spending, urgency);
          // Rolled back with what the other secrets gave: whoever has a turn of one alone would only keep it from others.
          if (waitMs > 0) throw new NotYet(waitMs);
        }
      });
      return 0;
    } catch (error) {
      if (error instanceof NotYet) return error.waitMs;
      throw error;
    }
  }

  private spendings(contractorId: string, network: NetworkName, credentials: Credentials): Spending[] {
    return CALLS.flatMap((call) => spendingOf(this.networks.get(network), call, { contractorId, credentials }) ?? []);
  }
}
