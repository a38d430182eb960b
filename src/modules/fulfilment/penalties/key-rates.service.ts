import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { AuditService } from '../../audit/audit.service.js';
import { type EnteredRate, KeyRateStore } from './key-rate.store.js';
import { KeyRateNotFound } from './penalties.errors.js';
import { PenaltyReviewStore } from './penalty-review.store.js';

/** The Bank of Russia's key rate by days, as people enter it: no rate comes with the program. */
@Injectable()
export class KeyRatesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rates: KeyRateStore,
    private readonly reviews: PenaltyReviewStore,
    private readonly audit: AuditService,
  ) {}

  /** Newest first. */
  list(who: Principal): Promise<EnteredRate[]> {
    return this.work.reading(who.scope, (tx) => this.rates.list(tx, who.contractorId));
  }

  /** From this day on, until the next one that is entered. @param basisPoints hundredths of a percent */
  set(who: Principal, from: string, basisPoints: number): Promise<EnteredRate> {
    const { contractorId, memberId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      const before = await this.rates.find(tx, contractorId, from);
      await this.rates.set(tx, contractorId, { from, basisPoints, setBy: memberId });
      await this.reviews.armAll(tx, contractorId);
      const details = { from, basisPoints, before: before?.basisPoints ?? null };
      await this.audit.record(tx, who, { action: 'keyRate.set', objectType: 'keyRate', objectId: contractorId, details });
      return (await this.rates.find(tx, contractorId, from))!;
    });
  }

  /** @throws KeyRateNotFound */
  async remove(who: Principal, from: string): Promise<void> {
    const { contractorId } = who;
    await this.work.forTenant(who.scope, async (tx) => {
      if (!(await this.rates.remove(tx, contractorId, from))) throw new KeyRateNotFound();
      await this.reviews.armAll(tx, contractorId);
      const fact = { action: 'keyRate.removed', objectType: 'keyRate', objectId: contractorId, details: { from } };
      await this.audit.record(tx, who, fact);
    });
  }
}
