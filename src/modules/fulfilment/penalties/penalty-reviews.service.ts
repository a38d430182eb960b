import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import { Ids } from '../../../platform/ids/ids.js';
import { worker } from '../../audit/audit.js';
import type { ContractId } from '../requirement-period.store.js';
import { nextReview } from './next-review.js';
import { PenaltyFactReader, type ReadFacts } from './penalty-facts.service.js';
import { PenaltyRecords } from './penalty-records.service.js';
import { PenaltyProposalStore } from './penalty-proposal.store.js';
import { PenaltyReviewStore } from './penalty-review.store.js';
import { wantedPenalties } from './wanted.js';

/** The rows of penalties. */
@Injectable()
export class PenaltyRows {
  constructor(
    readonly proposals: PenaltyProposalStore,
    readonly reviews: PenaltyReviewStore,
  ) {}
}

/** Plan and fact is computed in seconds. */
const SOON_MS = 60_000;

/**
 * Keeps proposals true: each follows from the facts of its cause, and replaces what was there while nobody has decided it. So neither
 * the order nor the number of reviews makes a difference.
 */
@Injectable()
export class PenaltyReviews {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: PenaltyFactReader,
    readonly rows: PenaltyRows,
    private readonly records: PenaltyRecords,
    private readonly ids: Ids,
  ) {}

  /** Something happened that proposals may follow from. */
  arm(key: ContractId & { clientId: string }): Promise<void> {
    return this.work.forTenant(wholeContractor(key.contractorId), (tx) => this.rows.reviews.arm(tx, key));
  }

  /** Across tenants: whose proposals are due. */
  due(limit: number): Promise<ContractId[]> {
    return this.work.acrossTenants('penalties to be computed anew', (tx: Tx) => this.rows.reviews.pickDue(tx, limit));
  }

  /** What is due of a contract. */
  async review(key: ContractId): Promise<void> {
    await this.work.forTenant(wholeContractor(key.contractorId), async (tx) => {
      await this.rows.reviews.lock(tx, key);
      const read = await this.reader.read(tx, key);
      // What is missed now may be excused in a moment.
      if (read.isUnsettled) return this.rows.reviews.setNext(tx, key, new Date(read.now.getTime() + SOON_MS));
      await this.write(tx, key, read);
      const { stages, facts, contract } = read;
      await this.rows.reviews.setNext(tx, key, nextReview({ stages, timeZone: contract.timeZone, today: facts.today }));
    });
  }

  /** In the caller's transaction: now. @throws ContractNotFound */
  async reviewNow(tx: Tx, key: ContractId): Promise<void> {
    await this.rows.reviews.lock(tx, key);
    await this.write(tx, key, await this.reader.read(tx, key));
  }

  private async write(tx: Tx, key: ContractId, { contract, facts }: ReadFacts): Promise<void> {
    const wanted = facts.versions.length > 0 ? wantedPenalties(facts) : [];
    const { clientId } = contract;
    for (const one of wanted) {
      const id = this.ids.next();
      if (await this.rows.proposals.propose(tx, { ...key, clientId, id }, one))
        await this.records.proposed(tx, { ...key, clientId, id }, one);
    }
    const causes = wanted.map(({ cause }) => cause);
    for (const id of await this.rows.proposals.lapse(tx, key, causes)) {
      const fact = { action: 'penalty.lapsed', details: { contractId: key.contractId } };
      await this.records.noted(tx, worker(key.contractorId), { id, clientId }, fact);
    }
  }
}
