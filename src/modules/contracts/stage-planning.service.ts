import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import { Ids } from '../../platform/ids/ids.js';
import { isOver, type Stage, stageTimes } from './stage.js';
import type { PlannedStage } from './stage-plan.js';
import { StageStore } from './stage.store.js';

/** Lays the stages of a version out as rows that live: those that are over stay, those ahead follow the plan. */
@Injectable()
export class StagePlanning {
  constructor(
    private readonly stages: StageStore,
    private readonly ids: Ids,
  ) {}

  list(tx: Tx, contractorId: string, contractId: string): Promise<Stage[]> {
    return this.stages.list(tx, contractorId, contractId);
  }

  /** Of many contracts, in the order of each. */
  listOf(tx: Tx, contractorId: string, contractIds: readonly string[]): Promise<Stage[]> {
    return this.stages.listOf(tx, contractorId, contractIds);
  }

  /** Those that are over, which a new plan keeps; none of the others closes until this transaction has planned them anew. */
  async keep(tx: Tx, contractorId: string, contractId: string): Promise<Stage[]> {
    return (await this.stages.lockAll(tx, contractorId, contractId)).filter(({ state }) => isOver(state));
  }

  /** @param contract its zone is the stages' @param planned all stages, also those that are over */
  async plan(
    tx: Tx,
    contractorId: string,
    contract: { id: string; clientId: string; timeZone: string },
    planned: readonly PlannedStage[],
  ): Promise<void> {
    const before = await this.stages.list(tx, contractorId, contract.id);
    const key = { contractorId, contractId: contract.id, clientId: contract.clientId };
    const all = planned.map((stage, i) => {
      const row = before[i];
      const times = stageTimes(stage, contract.timeZone);
      return {
        ...key,
        ...stage,
        id: row?.id ?? this.ids.next(),
        ordinal: i + 1,
        state: row?.state ?? ('planned' as const),
        ...times,
      };
    });
    await this.stages.removeAfter(tx, contractorId, contract.id, planned.length);
    for (const stage of all.slice(0, before.length)) if (!isOver(stage.state)) await this.stages.replan(tx, stage);
    await this.stages.insert(tx, all.slice(before.length));
  }

  /** The contract ended. */
  cut(tx: Tx, contractorId: string, contractId: string, at: Date): Promise<void> {
    return this.stages.cut(tx, contractorId, contractId, at);
  }
}
