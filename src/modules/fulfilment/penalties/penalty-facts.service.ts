import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { Contract } from '../../contracts/contract.js';
import { AcceptanceCases, dayIn, type StageCase } from '../acceptance/acceptance-cases.service.js';
import { ExcuseStore } from '../excuse.store.js';
import { type ContractId, RequirementPeriodStore } from '../requirement-period.store.js';
import { KeyRateStore } from './key-rate.store.js';
import type { PenaltyFacts } from './wanted.js';

/** What a review reads. */
export interface ReadFacts {
  readonly contract: Contract;
  readonly stages: readonly StageCase[];
  readonly facts: PenaltyFacts;
  readonly now: Date;
  /** Plan and fact is about to be computed anew. */
  readonly isUnsettled: boolean;
}

/** Reads everything from which proposals follow. */
@Injectable()
export class PenaltyFactReader {
  constructor(
    private readonly cases: AcceptanceCases,
    private readonly periods: RequirementPeriodStore,
    private readonly excuses: ExcuseStore,
    private readonly rates: KeyRateStore,
  ) {}

  /** @throws ContractNotFound */
  async read(tx: Tx, key: ContractId): Promise<ReadFacts> {
    const { contractorId, contractId } = key;
    const { contract, versions } = await this.cases.terms.read(tx, { contractorId, id: contractId });
    const stages = versions.length > 0 ? await this.cases.ofContract(tx, key) : [];
    const periods = await this.periods.list(tx, key);
    const excuses = await this.excuses.standing(tx, contractorId, contractId);
    const rates = await this.rates.list(tx, contractorId);
    const now = await this.cases.now(tx);
    return {
      ...{ contract, stages, now },
      facts: { contract, versions, stages, periods, excuses, rates, today: dayIn(contract, now) },
      isUnsettled: periods.some(({ recomputeAt }) => recomputeAt !== null && recomputeAt <= now),
    };
  }
}
