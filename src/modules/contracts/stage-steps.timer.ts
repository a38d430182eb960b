import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import { RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { worker } from '../audit/audit.js';
import { AuditService } from '../audit/audit.service.js';
import { ContractStore } from './contract.store.js';
import { stageMoved } from './contracts.events.js';
import { stageStepsTimer } from './contracts.jobs.js';
import { everyDue } from './every-due.js';
import { nextStageStep, type Stage, type StageState } from './stage.js';
import { type StageKey, StageStore } from './stage.store.js';

/** What a stage needs to be moved. */
@Injectable()
export class StageParts {
  constructor(
    readonly stages: StageStore,
    readonly contracts: ContractStore,
  ) {}
}

/** Opens, closes and freezes stages, soon after the midnight of each one's zone; after a downtime everything that was missed, once. */
@Injectable()
@RunsOnTimer(stageStepsTimer)
export class StageStepsTimer implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: StageParts,
    private readonly audit: AuditService,
    private readonly outbox: Outbox,
  ) {}

  run(signal: AbortSignal): Promise<void> {
    return everyDue(
      signal,
      (limit) => this.work.acrossTenants('stages whose time has come', (tx) => this.parts.stages.pickDue(tx, limit)),
      (key) => this.work.forTenant(wholeContractor(key.contractorId), (tx) => this.stepOn(tx, key)),
    );
  }

  private async stepOn(tx: Tx, key: StageKey): Promise<void> {
    const now = await this.parts.contracts.now(tx);
    let stage = await this.parts.stages.lock(tx, key);
    if (stage && (await this.hasEnded(tx, key.contractorId, stage.contractId, now)))
      stage = await this.parts.stages.lock(tx, key);
    while (stage) {
      const step = nextStageStep(stage);
      if (!step || step.at > now) return;
      stage = await this.step(tx, key, stage, step.to);
    }
  }

  /** After a downtime this round may come before the contract's own: its notice took effect all the same, and nothing opens after it. */
  private async hasEnded(tx: Tx, contractorId: string, contractId: string, now: Date): Promise<boolean> {
    const { terminatesAt = null } = (await this.parts.contracts.find(tx, { contractorId, id: contractId })) ?? {};
    if (terminatesAt === null || terminatesAt > now) return false;
    await this.parts.stages.cut(tx, contractorId, contractId, terminatesAt);
    return true;
  }

  private async step(tx: Tx, key: StageKey, before: Stage, state: StageState): Promise<Stage> {
    const after = { ...before, state };
    await this.parts.stages.move(tx, key, before.state, { state, stepAt: nextStageStep(after)?.at ?? null });
    const { contractorId } = key;
    const { id: stageId, clientId, contractId, ordinal } = before;
    const fact = { action: 'contractStage.moved', objectType: 'contractStage', objectId: stageId, clientId };
    await this.audit.record(tx, worker(contractorId), { ...fact, details: { contractId, ordinal, state } });
    await this.outbox.publish(tx, stageMoved, { contractorId, clientId, contractId, stageId, state });
    return after;
  }
}
