import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { startOfDay } from '../../platform/clock/zones.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import type { Actor } from '../audit/audit.js';
import type { TerminationGround } from './clauses.js';
import type { Contract } from './contract.js';
import { ContractRecords } from './contract-records.service.js';
import { statusesBefore, transitionsFrom } from './contract-status.js';
import { ContractTransitionRefused, NoNotice, NoticeTooShort } from './contracts.errors.js';
import { StagePlanning } from './stage-planning.service.js';

export interface Termination {
  readonly ground: TerminationGround;
  /** As the contract or the law names it. */
  readonly reason: string;
  /** The day on which the other party got the notice. */
  readonly noticeOn: string | null;
  /** The first day on which the contract does not hold any more; null: now. */
  readonly effectiveOn: string | null;
}

/** The end before the end: at once, or with a notice that takes effect later and may be withdrawn until then. */
@Injectable()
export class TerminationsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly records: ContractRecords,
    private readonly planning: StagePlanning,
  ) {}

  /**
   * Nothing goes out under it from that day on; what is scheduled later is held soon after, and comes back when the notice is withdrawn.
   * @throws ContractTransitionRefused, NoticeTooShort when the contract or the law gives the other party more time
   */
  terminate(who: Principal, id: string, termination: Termination): Promise<Contract> {
    return this.work.forTenant(who.scope, async (tx) => {
      const { contractorId } = who;
      const before = await this.records.lock(tx, { contractorId, id });
      checkNotice(before, termination);
      const { ground, reason, noticeOn, effectiveOn } = termination;
      const terminatesAt = effectiveOn === null ? null : startOfDay(effectiveOn, before.timeZone);
      const changes = { terminationGround: ground, terminationReason: reason, noticeOn, terminatesAt };
      if (!(await this.records.contracts.update(tx, { contractorId, id }, { from: statusesBefore('terminated'), changes })))
        throw refused(before);
      const isLater = terminatesAt !== null && terminatesAt > (await this.records.contracts.now(tx));
      if (!isLater) return this.end(tx, who, before);
      return this.records.moved(tx, who, id, { action: 'contract.terminationNotified', details: { ground, effectiveOn } });
    });
  }

  /** The breach was cured, or the parties thought better of it (44-FZ, art. 95 part 14). @throws NoNotice, also when it took effect */
  withdraw(who: Principal, id: string): Promise<Contract> {
    return this.work.forTenant(who.scope, async (tx) => {
      const { contractorId } = who;
      const before = await this.records.lock(tx, { contractorId, id });
      // From that instant on the contract is not in force, also while no worker has noted it.
      if (before.terminatesAt === null || before.terminatesAt <= (await this.records.contracts.now(tx))) throw new NoNotice();
      const changes = { terminationGround: null, terminationReason: null, noticeOn: null, terminatesAt: null };
      await this.records.contracts.update(tx, { contractorId, id }, { from: statusesBefore('terminated'), changes });
      return this.records.moved(tx, who, id, { action: 'contract.terminationWithdrawn' });
    });
  }

  /** It is over: in the caller's transaction, which holds the lock. @throws ContractTransitionRefused */
  async end(tx: Tx, who: Actor | Principal, before: Contract): Promise<Contract> {
    const { contractorId } = who;
    const key = { contractorId, id: before.id };
    if (!(await this.records.contracts.terminate(tx, key, statusesBefore('terminated')))) throw refused(before);
    const after = await this.records.require(tx, key);
    await this.planning.cut(tx, contractorId, before.id, after.terminatedAt!);
    return this.records.moved(tx, who, before.id, {
      action: 'contract.terminated',
      details: { ground: after.terminationGround },
    });
  }
}

function refused({ status }: Contract): Error {
  return new ContractTransitionRefused({ allowedTransitions: transitionsFrom(status) });
}

/** The contract's own terms, by default those of its law; terms of a ground that it does not name are none. */
function checkNotice({ clauses }: Contract, { ground, noticeOn, effectiveOn }: Termination): void {
  const days = clauses.terminationTerms.find((term) => term.ground === ground)?.noticeDays ?? 0;
  if (days === 0) return;
  const refuse = (field: string, reason: string): never => {
    throw new NoticeTooShort({ fields: [{ field, reason }] });
  };
  if (noticeOn === null) return refuse('noticeOn', 'Say on which day the other party got the notice');
  const first = Temporal.PlainDate.from(noticeOn).add({ days }).toString();
  if (effectiveOn === null || effectiveOn < first)
    refuse('effectiveOn', `With ${days} days of notice it ends on ${first} at the earliest`);
}
