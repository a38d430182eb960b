import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { updateVersioned } from '../../../platform/database/versioned-update.js';
import type { Tx } from '../../../platform/database/work.js';
import type { PageStart } from '../../../platform/http/pagination.js';
import { KOPECKS_IN_JSON } from '../../contracts/kopecks-json.js';
import type { ContractId } from '../requirement-period.store.js';
import { PenaltyProposalEntity } from './penalties.entity.js';
import type { PenaltyDecision, PenaltyProposal, WantedPenalty } from './proposal.js';

@Injectable()
export class PenaltyProposalStore {
  async find(tx: Tx, contractorId: string, id: string): Promise<PenaltyProposal | undefined> {
    return (await tx.findOneBy(PenaltyProposalEntity, { contractorId, id })) ?? undefined;
  }

  /** As `find`; no review changes it until this transaction is over. */
  async lock(tx: Tx, contractorId: string, id: string): Promise<PenaltyProposal | undefined> {
    const where = { contractorId, id };
    return (await tx.findOne(PenaltyProposalEntity, { where, lock: { mode: 'pessimistic_write' } })) ?? undefined;
  }

  list(tx: Tx, contract: ContractId, start: PageStart): Promise<PenaltyProposal[]> {
    const where = { ...contract, id: LessThan(start.beforeId) };
    return tx.find(PenaltyProposalEntity, { where, order: { id: 'DESC' }, take: start.limit + 1 });
  }

  /**
   * One row for each cause: a new one, or the one that is there as far as nobody has decided it; nothing when it says the same.
   * @returns whether it is new
   */
  async propose(tx: Tx, key: ContractId & { clientId: string; id: string }, wanted: WantedPenalty): Promise<boolean> {
    const { cause, kind, against, stageId, requirement, kopecks, reckoning } = wanted;
    const rows = await tx.query<{ id: string }[]>(
      `insert into penalty_proposals as p (contractor_id, id, client_id, contract_id, cause, kind, against, stage_id, requirement,
         kopecks, reckoning)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (contractor_id, contract_id, cause) do update set kopecks = excluded.kopecks, reckoning = excluded.reckoning,
         stage_id = excluded.stage_id, state = 'open', version = p.version + 1, updated_at = app_now()
       where p.state in ('open', 'lapsed') and (p.state, p.kopecks, p.reckoning) is distinct from ('open', excluded.kopecks, excluded.reckoning)
       returning id`,
      [
        ...[key.contractorId, key.id, key.clientId, key.contractId, cause, kind, against, stageId, requirement, kopecks],
        JSON.stringify(KOPECKS_IN_JSON.to(reckoning)),
      ],
    );
    return rows[0]?.id === key.id;
  }

  /** What nobody has decided and what has no cause any more. @returns ids of what has lapsed now */
  async lapse(tx: Tx, { contractorId, contractId }: ContractId, causes: readonly string[]): Promise<string[]> {
    const [rows] = await tx.query<[{ id: string }[], number]>(
      `update penalty_proposals set state = 'lapsed', version = version + 1, updated_at = app_now()
       where contractor_id = $1 and contract_id = $2 and state = 'open' and not cause = any($3) returning id`,
      [contractorId, contractId, causes],
    );
    return rows.map(({ id }) => id);
  }

  /** The caller holds its lock. */
  async decide(
    tx: Tx,
    key: { contractorId: string; id: string },
    decided: { state: PenaltyDecision; decidedBy: string; decidedAt: Date; decisionReason: string },
  ): Promise<void> {
    await updateVersioned(tx, { entity: PenaltyProposalEntity, key }, decided);
  }
}
