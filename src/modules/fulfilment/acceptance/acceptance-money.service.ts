import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import { AcceptanceStore, type MoneyByState } from './acceptance.store.js';

export type { MoneyByState } from './acceptance.store.js';

const NONE: MoneyByState = { submittedKopecks: 0n, acceptedKopecks: 0n, invoicedKopecks: 0n, paidKopecks: 0n };

/** How far the money of contracts is, for whoever adds it up. */
@Injectable()
export class AcceptanceMoney {
  constructor(private readonly acceptances: AcceptanceStore) {}

  /** One question for all of them. Each kopeck stands in one state alone; a contract without acceptances has zeros. */
  async ofContracts(tx: Tx, contractorId: string, contractIds: readonly string[]): Promise<Map<string, MoneyByState>> {
    const rows = contractIds.length > 0 ? await this.acceptances.money(tx, contractorId, contractIds) : [];
    const known = new Map(rows.map(({ contractId, ...money }) => [contractId, money]));
    return new Map(contractIds.map((id) => [id, known.get(id) ?? NONE]));
  }

  /** The stages that were accepted as a whole: nothing of them is open any more. */
  async acceptedStages(tx: Tx, contractorId: string, contractIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(contractIds.length > 0 ? await this.acceptances.acceptedStages(tx, contractorId, contractIds) : []);
  }
}
