import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { ContractRecords } from './contract-records.service.js';
import type { Stage, StageState } from './stage.js';
import { planStages } from './stage-plan.js';
import { StagePlanning } from './stage-planning.service.js';
import { vatIncluded, vatPercent } from './vat.js';

/** A stage with its money: the rate of VAT is that of the stage's last day. */
export interface StageLine extends Pick<Stage, 'ordinal' | 'title' | 'startsOn' | 'endsOn' | 'amountKopecks'> {
  /** Null while the contract is a draft: so would its stages be. */
  readonly id: string | null;
  readonly state: StageState;
  readonly closesAt: Date | null;
  readonly freezesAt: Date | null;
  /** Whole percent; null: without VAT. */
  readonly vatPercent: number | null;
  /** Within the amount. */
  readonly vatKopecks: bigint;
}

/** The stages of a contract: as they live, or as the plan of a draft would make them. */
@Injectable()
export class StagesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly records: ContractRecords,
    private readonly planning: StagePlanning,
  ) {}

  /** In order. @throws ContractNotFound */
  list(who: Principal, contractId: string): Promise<StageLine[]> {
    const { contractorId } = who;
    return this.work.reading(who.scope, async (tx) => {
      const contract = await this.records.require(tx, { contractorId, id: contractId });
      const { vatMode, stagePlan } = contract.clauses;
      const withVat = <S extends Stage | Omit<StageLine, 'vatPercent' | 'vatKopecks'>>(stage: S): StageLine => {
        const percent = vatPercent(vatMode, stage.endsOn);
        return { ...stage, vatPercent: percent, vatKopecks: vatIncluded(stage.amountKopecks, percent) };
      };
      const stages = await this.planning.list(tx, contractorId, contractId);
      if (contract.versions > 0) return stages.map(withVat);
      const ahead = { id: null, state: 'planned' as const, closesAt: null, freezesAt: null };
      return planStages(contract, stagePlan).map((stage, i) => withVat({ ...ahead, ...stage, ordinal: i + 1 }));
    });
  }
}
