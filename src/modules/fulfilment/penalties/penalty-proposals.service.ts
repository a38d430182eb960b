import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { VersionStale } from '../../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../../platform/http/pagination.js';
import { AgreedTerms } from '../../contracts/agreed-terms.service.js';
import {
  PenaltyNotReckoned,
  PenaltyPersonNeeded,
  PenaltyProposalNotFound,
  PenaltyTransitionRefused,
} from './penalties.errors.js';
import { PenaltyRecords } from './penalty-records.service.js';
import { PenaltyReviews } from './penalty-reviews.service.js';
import { decisionsFrom, type PenaltyDecision, type PenaltyProposal } from './proposal.js';

/** Proposals of penalties: read, computed on request, and decided by people. */
@Injectable()
export class PenaltyProposalsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly terms: AgreedTerms,
    private readonly reviews: PenaltyReviews,
    private readonly records: PenaltyRecords,
  ) {}

  /** Newest first. @throws ContractNotFound */
  list(who: Principal, contractId: string, query: PageQuery): Promise<Page<PenaltyProposal>> {
    return this.work.reading(who.scope, (tx) => this.page(tx, who, contractId, query));
  }

  /** Computes them from what is known now. @throws ContractNotFound */
  review(who: Principal, contractId: string): Promise<Page<PenaltyProposal>> {
    return this.work.forTenant(who.scope, async (tx) => {
      await this.reviews.reviewNow(tx, { contractorId: who.contractorId, contractId });
      return this.page(tx, who, contractId, {});
    });
  }

  /** @throws PenaltyProposalNotFound */
  get(who: Principal, id: string): Promise<PenaltyProposal> {
    return this.work.reading(who.scope, async (tx) => found(await this.reviews.rows.proposals.find(tx, who.contractorId, id)));
  }

  /**
   * From then on it stays as it was reckoned. What is contested may be decided once more.
   * @throws PenaltyPersonNeeded, PenaltyProposalNotFound, VersionStale, PenaltyTransitionRefused, PenaltyNotReckoned
   */
  decide(
    who: Principal,
    id: string,
    { decision, reason }: { decision: PenaltyDecision; reason: string },
    version?: number,
  ): Promise<PenaltyProposal> {
    if (who.kind !== 'member') throw new PenaltyPersonNeeded();
    const { contractorId, memberId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      const { proposals } = this.reviews.rows;
      const before = found(await proposals.lock(tx, contractorId, id));
      if (version !== undefined && version !== before.version) throw new VersionStale();
      const allowed = decisionsFrom(before.state);
      if (!allowed.includes(decision)) throw new PenaltyTransitionRefused({ allowedTransitions: allowed });
      if (decision === 'charged' && before.kopecks === null) throw new PenaltyNotReckoned();
      const decidedAt = await this.terms.now(tx);
      await proposals.decide(
        tx,
        { contractorId, id },
        { state: decision, decidedBy: memberId, decidedAt, decisionReason: reason },
      );
      const kopecks = before.kopecks === null ? null : String(before.kopecks);
      const details = { contractId: before.contractId, cause: before.cause, decision, kopecks };
      await this.records.noted(tx, who, before, { action: 'penalty.decided', details });
      return found(await proposals.find(tx, contractorId, id));
    });
  }

  private async page(tx: Tx, { contractorId }: Principal, contractId: string, query: PageQuery): Promise<Page<PenaltyProposal>> {
    const start = pageStart(query);
    await this.terms.read(tx, { contractorId, id: contractId });
    const rows = await this.reviews.rows.proposals.list(tx, { contractorId, contractId }, start);
    return toPage(rows, start, (row) => row);
  }
}

function found(proposal: PenaltyProposal | undefined): PenaltyProposal {
  if (!proposal) throw new PenaltyProposalNotFound();
  return proposal;
}
