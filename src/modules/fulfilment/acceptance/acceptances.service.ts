import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { type AcceptanceCase, AcceptanceCases, dayIn } from './acceptance-cases.service.js';
import { AcceptanceRoundNotFound } from './acceptance.errors.js';
import { AcceptanceOpening } from './acceptance-opening.service.js';
import type { WholeRound } from './acceptance-round.store.js';
import { type OverdueFlags, overdueOf } from './duties.js';

/** An acceptance, and who is late. */
export interface ShownAcceptance {
  readonly one: AcceptanceCase;
  readonly overdue: OverdueFlags;
}

/** Reads acceptances. */
@Injectable()
export class AcceptancesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly cases: AcceptanceCases,
    private readonly opening: AcceptanceOpening,
  ) {}

  /** Of the stages that are ready, in order. @throws ContractNotFound */
  list(who: Principal, contractId: string): Promise<ShownAcceptance[]> {
    const key = { contractorId: who.contractorId, contractId };
    return this.work.forTenant(who.scope, async (tx) => {
      // Whoever asks first need not wait for the event.
      await this.opening.openReady(tx, key);
      const now = await this.cases.now(tx);
      const all = await this.cases.ofContract(tx, key);
      return all.flatMap((one) => (one.acceptance ? [shown({ ...one, acceptance: one.acceptance }, now)] : []));
    });
  }

  /** @throws AcceptanceNotFound */
  get(who: Principal, id: string): Promise<ShownAcceptance> {
    return this.work.reading(who.scope, async (tx) =>
      shown(await this.cases.read(tx, { contractorId: who.contractorId, id }), await this.cases.now(tx)),
    );
  }

  /** As it is after a change. @throws AcceptanceNotFound */
  async after(who: Principal, change: Promise<AcceptanceCase>): Promise<ShownAcceptance> {
    return this.get(who, (await change).acceptance.id);
  }

  /** With what was frozen. @throws AcceptanceRoundNotFound */
  round(who: Principal, id: string): Promise<WholeRound> {
    return this.work.reading(who.scope, async (tx) => {
      const round = await this.cases.rows.rounds.find(tx, who.contractorId, id);
      if (!round) throw new AcceptanceRoundNotFound();
      return round;
    });
  }
}

function shown(one: AcceptanceCase, now: Date): ShownAcceptance {
  return { one, overdue: overdueOf(one.duties, dayIn(one.contract, now)) };
}
