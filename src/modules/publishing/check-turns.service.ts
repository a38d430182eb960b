import { Injectable } from '@nestjs/common';
import type { CheckingCall, Credentials, NetworkName } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { CallTurns } from '../pages/call-turns.js';
import { type Spending, spendingOf } from './budget.js';
import { BudgetStore } from './budget.store.js';

const CALLS: readonly CheckingCall[] = ['checkReadingToken', 'checkCredentials'];

/** Turns to check credentials: they draw on the same budgets as posts, and come after them. */
@Injectable()
export class CheckTurns extends CallTurns {
  constructor(
    private readonly work: UnitOfWork,
    private readonly budgets: BudgetStore,
    private readonly networks: Networks,
  ) {
    super();
  }

  async toCheck(contractorId: string, network: NetworkName, credentials: Credentials): Promise<number> {
    const spendings = this.spendings(contractorId, network, credentials);
    if (spendings.length === 0) return 0;
    return this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      for (const spending of spendings) {
        const wait = await this.budgets.take(tx, contractorId, spending, 'background');
        if (wait > 0) return wait;
      }
      return 0;
    });
  }

  async checked(contractorId: string, network: NetworkName, credentials: Credentials): Promise<void> {
    const spendings = this.spendings(contractorId, network, credentials);
    if (spendings.length === 0) return;
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      for (const spending of spendings) await this.budgets.used(tx, contractorId, spending);
    });
  }

  private spendings(contractorId: string, network: NetworkName, credentials: Credentials): Spending[] {
    return CALLS.flatMap((call) => spendingOf(this.networks.get(network), call, { contractorId, credentials }) ?? []);
  }
}
