import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import type { Actor } from '../../audit/audit.js';
import { stateAfter } from './acceptance.js';
import { type AcceptanceCase, AcceptanceCases, checkMove, dayIn } from './acceptance-cases.service.js';
import { AcceptancePersonNeeded, AcceptanceRefused } from './acceptance.errors.js';
import { AcceptanceRecords } from './acceptance-records.service.js';
import type { DecidedRound } from './acceptance-round.store.js';
import { ActIssuing } from './act-issuing.service.js';
import { type DecisionDraft, judge } from './decision.js';
import { thawed } from './snapshot.js';

/** The client accepts, accepts in part, or refuses: himself, or recorded by the agency with the number of his document. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly cases: AcceptanceCases,
    private readonly acts: ActIssuing,
    private readonly records: AcceptanceRecords,
  ) {}

  /** @throws AcceptancePersonNeeded, AcceptanceNotFound, VersionStale, AcceptanceTransitionRefused, AcceptanceRefused */
  decide(who: Principal, id: string, draft: DecisionDraft, version?: number): Promise<AcceptanceCase> {
    if (who.kind !== 'member') throw new AcceptancePersonNeeded();
    const { contractorId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      const before = await this.cases.lock(tx, { contractorId, id }, version);
      checkMove(before, draft.decision);
      const now = await this.cases.now(tx);
      const decidedAt = draft.decidedAt ?? now;
      checkSide(who, before, draft, now);
      const round = before.rounds.at(-1)!;
      const frozen = thawed((await this.cases.rows.rounds.find(tx, contractorId, round.id))!.snapshot);
      const codes = frozen.lines.map(({ requirement }) => requirement);
      const { verdicts, acceptedKopecks, problems } = judge(draft, round, codes, dayIn(before.contract, decidedAt));
      if (problems.length > 0) throw new AcceptanceRefused({ fields: problems });
      const { decision, remarks, cureOn } = draft;
      return this.settle(tx, who, before, {
        ...{ decision, decidedAt, decidedBy: who.memberId, decisionDocument: draft.documentNumber, verdicts, remarks, cureOn },
        // Who decides has it.
        ...{ receivedAt: round.receivedAt ?? decidedAt, acceptedKopecks },
      });
    });
  }

  /** In the caller's transaction, which holds the lock. @param decided of the last round */
  async settle(tx: Tx, who: Principal | Actor, before: AcceptanceCase, decided: DecidedRound): Promise<AcceptanceCase> {
    const { contractorId } = who;
    const { id, acceptedKopecks } = before.acceptance;
    const round = before.rounds.at(-1)!;
    const state = stateAfter(decided.decision!, acceptedKopecks);
    await this.cases.rows.rounds.decide(tx, contractorId, round.id, decided);
    await this.cases.rows.acceptances.update(
      tx,
      { contractorId, id },
      { state, acceptedKopecks: acceptedKopecks + decided.acceptedKopecks, claimedKopecks: 0n, stepAt: null },
    );
    const after = await this.cases.read(tx, { contractorId, id });
    if (decided.decision !== 'refused') {
      const memberId = decided.decidedBy;
      await this.acts.issue(tx, after, {
        contractorId,
        memberId,
        reason: round.number > 1 && acceptedKopecks > 0n ? REST : null,
      });
    }
    const { decision, decidedBy, decisionDocument } = decided;
    const details = { round: round.number, decision, bySilence: decidedBy === null, document: decisionDocument };
    const kopecks = String(decided.acceptedKopecks);
    await this.records.moved(tx, who, after.acceptance, {
      state,
      action: 'acceptance.decided',
      details: { ...details, kopecks },
    });
    return after;
  }
}

const REST = 'Принято то, что было принято не полностью';

function checkSide(
  who: Principal,
  { rounds, stage }: AcceptanceCase,
  { decidedAt, documentNumber }: DecisionDraft,
  now: Date,
): void {
  const refuse = (field: string, reason: string): never => {
    throw new AcceptanceRefused({ fields: [{ field, reason }] });
  };
  if (who.side === 'client') {
    if (decidedAt) refuse('decidedAt', 'You decide now; only what was decided elsewhere is recorded with its time');
    return;
  }
  if (documentNumber === null) refuse('documentNumber', 'Recorded for the client, a decision names his document');
  if (decidedAt && decidedAt > now) refuse('decidedAt', 'It has not been decided yet');
  const since = rounds.at(-1)!.receivedAt ?? rounds.at(-2)?.decidedAt ?? stage.closesAt;
  if (decidedAt && decidedAt < since) refuse('decidedAt', 'It can’t have been decided before it was received');
}
