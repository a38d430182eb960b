import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { RequestInvalid, VersionStale } from '../../../platform/http/http.errors.js';
import { AuditService } from '../../audit/audit.service.js';
import type { ScoringModel } from './scoring-model.js';
import { type NewModel, ScoringModelStore } from './scoring-model.store.js';

/** How a contractor scores pages. */
@Injectable()
export class ScoringModelsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly models: ScoringModelStore,
    private readonly trail: AuditService,
  ) {}

  /** Every version, newest first. */
  list(who: Principal): Promise<ScoringModel[]> {
    return this.work.reading(who.scope, (tx) => this.models.list(tx, who.contractorId));
  }

  /**
   * Makes the next version, by which pages are scored from their next look on; scores that stand keep theirs.
   * @param after the version that the caller has read. @throws VersionStale, RequestInvalid
   */
  add(who: Principal, model: NewModel, after?: number): Promise<ScoringModel> {
    const { contractorId, memberId } = who;
    const subjects = model.items.map(({ subject }) => subject);
    if (new Set(subjects).size < subjects.length)
      throw new RequestInvalid({ fields: [{ field: 'items', reason: 'items must name each subject at most once' }] });
    return this.work.forTenant(who.scope, async (tx) => {
      const { version } = await this.models.current(tx, contractorId);
      if (after !== undefined && after !== version) throw new VersionStale();
      const next = version + 1;
      if (!(await this.models.insert(tx, contractorId, { ...model, version: next }, memberId))) throw new VersionStale();
      const fact = { action: 'scoringModel.added', objectType: 'contractor', objectId: contractorId, details: { version: next } };
      await this.trail.record(tx, who, fact);
      return this.models.current(tx, contractorId);
    });
  }
}
