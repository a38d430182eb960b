import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { FieldProblem } from '../../platform/errors/domain-error.js';
import type { ContractKey } from './contract.store.js';

/** What is not settled yet of a contract, each with a reason. */
export type ArchiveCondition = (tx: Tx, key: ContractKey) => Promise<FieldProblem[]>;

/** What must be settled before a contract is put away. Modules above add theirs when they start: this one does not know them. */
@Injectable()
export class ArchiveConditions {
  private readonly conditions: ArchiveCondition[] = [];

  add(condition: ArchiveCondition): void {
    this.conditions.push(condition);
  }

  /** In the caller's transaction, which holds the contract's lock. */
  async unmet(tx: Tx, key: ContractKey): Promise<FieldProblem[]> {
    const problems: FieldProblem[] = [];
    for (const condition of this.conditions) problems.push(...(await condition(tx, key)));
    return problems;
  }
}
