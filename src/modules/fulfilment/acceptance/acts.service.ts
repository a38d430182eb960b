import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { AcceptanceCases } from './acceptance-cases.service.js';
import { ActNotFound } from './acceptance.errors.js';
import { AcceptanceRecords } from './acceptance-records.service.js';
import { ActIssuing } from './act-issuing.service.js';
import type { Act } from './act.store.js';

/** Acts: all of their versions stay readable. */
@Injectable()
export class ActsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly cases: AcceptanceCases,
    private readonly issuing: ActIssuing,
    private readonly records: AcceptanceRecords,
  ) {}

  /** @param version the newest, if absent @throws AcceptanceNotFound, ActNotFound */
  get(who: Principal, acceptanceId: string, version?: number): Promise<Act> {
    const { contractorId } = who;
    return this.work.reading(who.scope, async (tx) => {
      await this.cases.read(tx, { contractorId, id: acceptanceId });
      const act = await this.issuing.acts.find(tx, contractorId, acceptanceId, version);
      if (!act) throw new ActNotFound();
      return act;
    });
  }

  /** Writes it anew from what is known now: an addendum may have corrected requisites or signatories. @throws AcceptanceNotFound, ActNotFound */
  correct(who: Principal, acceptanceId: string, reason: string): Promise<Act> {
    const { contractorId, memberId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      const one = await this.cases.lock(tx, { contractorId, id: acceptanceId });
      if (!(await this.issuing.acts.find(tx, contractorId, acceptanceId))) throw new ActNotFound();
      const act = await this.issuing.issue(tx, one, { contractorId, memberId, reason });
      const details = { number: act.number, year: act.year, version: act.version };
      await this.records.noted(tx, who, one.acceptance, { action: 'act.corrected', details });
      return act;
    });
  }
}
