import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { updateVersioned } from '../../platform/database/versioned-update.js';
import type { Tx } from '../../platform/database/work.js';
import { StageEntity } from './contract.entity.js';
import { afterGrace, nextStageStep, type Stage, type StageState } from './stage.js';

export interface StageKey {
  readonly contractorId: string;
  readonly id: string;
}

export type NewStage = Omit<Stage, 'version'> & { readonly contractorId: string };

@Injectable()
export class StageStore {
  /** All of a contract, in order. */
  list(tx: Tx, contractorId: string, contractId: string): Promise<Stage[]> {
    return tx.find(StageEntity, { where: { contractorId, contractId }, order: { ordinal: 'ASC' } });
  }

  /** Of many contracts, in the order of each. */
  listOf(tx: Tx, contractorId: string, contractIds: readonly string[]): Promise<Stage[]> {
    return tx.find(StageEntity, {
      where: { contractorId, contractId: In([...contractIds]) },
      order: { contractId: 'ASC', ordinal: 'ASC' },
    });
  }

  /** As `list`; no worker moves one of them until this transaction is over. */
  lockAll(tx: Tx, contractorId: string, contractId: string): Promise<Stage[]> {
    const where = { contractorId, contractId };
    return tx.find(StageEntity, { where, order: { ordinal: 'ASC' }, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: Tx, stages: readonly NewStage[]): Promise<void> {
    if (stages.length === 0) return;
    await tx.insert(
      StageEntity,
      stages.map((stage) => ({ ...stage, stepAt: nextStageStep(stage)?.at ?? null })),
    );
  }

  /** Days and sum of a stage that is not over, as an addendum has them. */
  async replan(tx: Tx, { contractorId, id, ...stage }: NewStage): Promise<void> {
    const { title, startsOn, endsOn, amountKopecks, opensAt, closesAt, freezesAt } = stage;
    const stepAt = nextStageStep(stage)?.at ?? null;
    const changes = { title, startsOn, endsOn, amountKopecks, opensAt, closesAt, freezesAt, stepAt };
    await updateVersioned(tx, { entity: StageEntity, key: { contractorId, id, state: In(['planned', 'open']) } }, changes);
  }

  /** What was planned beyond the last stage of an addendum. */
  async removeAfter(tx: Tx, contractorId: string, contractId: string, ordinal: number): Promise<void> {
    await tx.delete(StageEntity, { contractorId, contractId, ordinal: MoreThan(ordinal), state: 'planned' });
  }

  /** The contract ended at this instant: what runs then closes with it, also when no worker has opened it yet; what was ahead is dropped. */
  async cut(tx: Tx, contractorId: string, contractId: string, at: Date): Promise<void> {
    await tx.query(
      `update contract_stages set closes_at = $3, freezes_at = $4, step_at = case state when 'open' then $3 else step_at end,
         version = version + 1, updated_at = app_now()
       where contractor_id = $1 and contract_id = $2 and state in ('planned', 'open') and opens_at < $3 and $3 < closes_at`,
      [contractorId, contractId, at, afterGrace(at)],
    );
    await tx.query(
      `update contract_stages set state = 'dropped', step_at = null, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and contract_id = $2 and state = 'planned' and opens_at >= $3`,
      [contractorId, contractId, at],
    );
  }

  async lock(tx: Tx, { contractorId, id }: StageKey): Promise<Stage | undefined> {
    const where = { contractorId, id };
    return (await tx.findOne(StageEntity, { where, lock: { mode: 'pessimistic_write' } })) ?? undefined;
  }

  /** @returns false when it has left the state meanwhile */
  move(
    tx: Tx,
    { contractorId, id }: StageKey,
    from: StageState,
    to: { state: StageState; stepAt: Date | null },
  ): Promise<boolean> {
    return updateVersioned(tx, { entity: StageEntity, key: { contractorId, id, state: from } }, to);
  }

  /** Across tenants: whose time has come. */
  pickDue(tx: Tx, limit: number): Promise<StageKey[]> {
    return tx.query(
      `select contractor_id as "contractorId", id from contract_stages where step_at <= app_now() order by step_at limit $1`,
      [limit],
    );
  }
}
