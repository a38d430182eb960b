import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import { worker } from '../../audit/audit.js';
import { AcceptanceCases } from './acceptance-cases.service.js';
import { type AcceptanceKey, AcceptanceStore } from './acceptance.store.js';
import { DecisionsService } from './decisions.service.js';
import { silenceAcceptsAt, silenceLook } from './silence.js';

/** Where the contract says so, silence until the end of the term accepts; nowhere else. */
@Injectable()
export class SilenceService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly cases: AcceptanceCases,
    private readonly acceptances: AcceptanceStore,
    private readonly decisions: DecisionsService,
  ) {}

  /** Across tenants: where the term may be over. */
  due(limit: number): Promise<AcceptanceKey[]> {
    return this.work.acrossTenants('acceptances whose term is over', (tx: Tx) => this.acceptances.pickDue(tx, limit));
  }

  /** Accepts once, as of the instant at which the term ended, however late this round comes; or says when to look again. */
  async look(key: AcceptanceKey): Promise<void> {
    await this.work.forTenant(wholeContractor(key.contractorId), async (tx) => {
      const before = await this.cases.lock(tx, key);
      const now = await this.cases.now(tx);
      const decidedAt = silenceAcceptsAt(before);
      if (!decidedAt || decidedAt > now) return this.acceptances.setStep(tx, key, silenceLook(before, now));
      const round = before.rounds.at(-1)!;
      await this.decisions.settle(tx, worker(key.contractorId), before, {
        ...{ decision: 'accepted', decidedAt, decidedBy: null, decisionDocument: null, verdicts: [], remarks: [], cureOn: null },
        ...{ receivedAt: round.receivedAt, acceptedKopecks: round.claimedKopecks },
      });
    });
  }
}
