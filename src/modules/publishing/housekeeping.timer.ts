import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/work.js';
import { RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { BudgetStore } from './budget.store.js';
import { housekeepingTimer } from './publishing.jobs.js';

/** Clears what nobody will ask for again: the budgets of secrets that were replaced. */
@Injectable()
@RunsOnTimer(housekeepingTimer)
export class HousekeepingTimer implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly budgets: BudgetStore,
  ) {}

  async run(): Promise<void> {
    await this.work.acrossTenants('forget unused budgets', (tx) => this.budgets.forgetUnused(tx));
  }
}
