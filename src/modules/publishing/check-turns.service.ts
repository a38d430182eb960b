import { Injectable } from '@nestjs/common';
import type { Credentials, NetworkName } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { CallTurns } from '../pages/call-turns.js';
import { spendingOf } from './budget.js';
import { BudgetStore } from './budget.store.js';

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
    const spending = spendingOf(this.networks.get(network), 'checkCredentials', { contractorId, credentials });
    if (!spending) return 0;
    return this.work.forTenant(wholeContractor(contractorId), (tx) =>
      this.budgets.take(tx, contractorId, spending, { urgency: 'background' }),
    );
  }
}
