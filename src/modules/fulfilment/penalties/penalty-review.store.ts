import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { ContractId } from '../requirement-period.store.js';
import { PenaltyReviewEntity } from './penalties.entity.js';

@Injectable()
export class PenaltyReviewStore {
  /** Something of the contract is different: its proposals are computed anew soon. */
  async arm(tx: Tx, { contractorId, contractId, clientId }: ContractId & { clientId: string }): Promise<void> {
    await tx.query(
      `insert into penalty_reviews (contractor_id, contract_id, client_id, review_at) values ($1, $2, $3, app_now())
       on conflict (contractor_id, contract_id) do update set review_at = excluded.review_at`,
      [contractorId, contractId, clientId],
    );
  }

  /** The rates are others: all contracts of the contractor. */
  async armAll(tx: Tx, contractorId: string): Promise<void> {
    await tx.query(`update penalty_reviews set review_at = app_now() where contractor_id = $1`, [contractorId]);
  }

  /** Reviews of a contract come one after the other; what changes it meanwhile waits, and has it reviewed again. */
  async lock(tx: Tx, { contractorId, contractId }: ContractId): Promise<void> {
    const where = { contractorId, contractId };
    await tx.findOne(PenaltyReviewEntity, { where, lock: { mode: 'pessimistic_write' } });
  }

  async setNext(tx: Tx, { contractorId, contractId }: ContractId, at: Date | null): Promise<void> {
    await tx.update(PenaltyReviewEntity, { contractorId, contractId }, { reviewAt: at });
  }

  /** Across tenants: whose proposals are due. */
  pickDue(tx: Tx, limit: number): Promise<ContractId[]> {
    return tx.query(
      `select contractor_id as "contractorId", contract_id as "contractId" from penalty_reviews
       where review_at <= app_now() order by review_at, contract_id limit $1`,
      [limit],
    );
  }
}
