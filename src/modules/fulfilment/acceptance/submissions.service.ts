import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { Ids } from '../../../platform/ids/ids.js';
import type { ContractVersion } from '../../contracts/contract-version.js';
import { type AcceptanceCase, AcceptanceCases, checkMove, versionFor } from './acceptance-cases.service.js';
import { AcceptanceRefused } from './acceptance.errors.js';
import { AcceptanceRecords } from './acceptance-records.service.js';
import { acceptedIn, type Claim, fixedClaim, type UnitCount, unitClaim } from './claim.js';
import { PeriodFreezing } from './period-freezing.service.js';
import { frozen, type Snapshot } from './snapshot.js';
import { silenceLook } from './silence.js';
import { russianDay } from '../../../platform/text/russian-day.js';

export interface Submission {
  readonly documentNumber: string | null;
  /** Units in all for the stage; of titles that are absent, what plan and fact counted under them. */
  readonly quantities: readonly UnitCount[];
}

/** Hands a stage to the client for acceptance, and again when what was refused is cured. */
@Injectable()
export class SubmissionsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly cases: AcceptanceCases,
    private readonly freezing: PeriodFreezing,
    private readonly records: AcceptanceRecords,
    private readonly ids: Ids,
  ) {}

  /**
   * Freezes plan and fact of the stage's days and claims its price, or what is left of it.
   * @throws AcceptanceNotFound, VersionStale, AcceptanceTransitionRefused, AcceptanceRefused
   */
  submit(who: Principal, id: string, submission: Submission, version?: number): Promise<AcceptanceCase> {
    const { contractorId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      const before = await this.cases.lock(tx, { contractorId, id }, version);
      checkMove(before, 'submitted');
      const number = before.rounds.length + 1;
      const agreed = versionFor(before, number);
      const at = await this.cases.now(tx);
      const snapshot = await this.freezing.take(tx, contractorId, before, { at, contractVersion: agreed.number });
      const claim = claimOf(before, agreed, submission, snapshot);
      await this.checkPrice(tx, contractorId, before, claim);
      const { text, sha256, evidenceIds } = frozen(snapshot);
      const { clientId } = before.acceptance;
      await this.cases.rows.rounds.insert(tx, {
        ...{ contractorId, id: this.ids.next(), clientId, acceptanceId: id, number, contractVersion: agreed.number, ...claim },
        ...{ documentNumber: submission.documentNumber, snapshot: text, snapshotSha256: sha256, cutOffAt: at, evidenceIds },
        submittedBy: who.memberId,
      });
      const { claimedKopecks } = claim;
      await this.cases.rows.acceptances.update(tx, { contractorId, id }, { state: 'submitted', claimedKopecks, stepAt: null });
      const details = { round: number, kopecks: String(claimedKopecks), sha256 };
      await this.records.moved(tx, who, before.acceptance, { state: 'submitted', action: 'acceptance.submitted', details });
      return this.cases.read(tx, { contractorId, id });
    });
  }

  /**
   * The client got the document: its term begins, by the day on the client's wall.
   * @throws AcceptanceNotFound, VersionStale, AcceptanceTransitionRefused unless it waits for a decision, AcceptanceRefused
   */
  receive(who: Principal, id: string, receivedAt: Date, version?: number): Promise<AcceptanceCase> {
    const { contractorId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      const before = await this.cases.lock(tx, { contractorId, id }, version);
      checkMove(before, 'accepted');
      const round = before.rounds.at(-1)!;
      const now = await this.cases.now(tx);
      if (receivedAt > now) refuse('receivedAt', 'It has not been received yet');
      if (receivedAt < earliest(before)) refuse('receivedAt', 'It can’t have been received before there was anything to submit');
      await this.cases.rows.rounds.receive(tx, contractorId, round.id, receivedAt);
      const after = await this.cases.read(tx, { contractorId, id });
      await this.cases.rows.acceptances.update(tx, { contractorId, id }, { stepAt: silenceLook(after, now) });
      const details = { round: round.number, receivedAt: receivedAt.toISOString() };
      await this.records.noted(tx, who, before.acceptance, { action: 'acceptance.received', details });
      return this.cases.read(tx, { contractorId, id });
    });
  }

  /** What was refused is being cured. @throws AcceptanceNotFound, VersionStale, AcceptanceTransitionRefused */
  rework(who: Principal, id: string, version?: number): Promise<AcceptanceCase> {
    const { contractorId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      const before = await this.cases.lock(tx, { contractorId, id }, version);
      checkMove(before, 'rework');
      await this.cases.rows.acceptances.update(tx, { contractorId, id }, { state: 'rework' });
      await this.records.moved(tx, who, before.acceptance, { state: 'rework', action: 'acceptance.reworkBegan' });
      return this.cases.read(tx, { contractorId, id });
    });
  }

  /** Prices of units have a roof: all stages together never cost more than the contract. */
  private async checkPrice(tx: Tx, contractorId: string, { contract }: AcceptanceCase, claim: Claim): Promise<void> {
    const { id: contractId, priceKopecks } = contract;
    const all = await this.cases.rows.acceptances.ofContract(tx, { contractorId, contractId });
    const elsewhere = all.map((one) => one.acceptedKopecks + (one.state === 'submitted' ? one.claimedKopecks : 0n));
    const left = priceKopecks - elsewhere.reduce((sum, kopecks) => sum + kopecks, 0n);
    if (claim.claimedKopecks > left)
      refuse('quantities', `Of the contract’s price ${left} kopecks are left, and this makes ${claim.claimedKopecks}`);
  }
}

/** When the document can have come at the earliest: after the stage, and after what was decided before. */
function earliest({ stage, rounds }: AcceptanceCase): Date {
  return rounds.at(-2)?.decidedAt ?? stage.closesAt;
}

function claimOf(one: AcceptanceCase, agreed: ContractVersion, { quantities }: Submission, snapshot: Snapshot): Claim {
  const { stage, lastDay, rounds } = one;
  const accepted = rounds.flatMap(acceptedIn);
  const { priceType, unitPrices } = agreed.clauses;
  if (priceType === 'fixed') {
    if (quantities.length > 0) refuse('quantities', 'The contract has a fixed price: it counts no units');
    const title = `${agreed.subject}, с ${russianDay(stage.startsOn)} по ${russianDay(lastDay)}`;
    return fixedClaim({ title, amountKopecks: stage.amountKopecks }, accepted);
  }
  const unknown = quantities.findIndex(({ title }) => !unitPrices.some((price) => price.title === title));
  if (unknown >= 0) refuse(`quantities.${unknown}.title`, 'The contract has no unit price of this title');
  const counted = unitPrices.map(({ title }) => quantities.find((given) => given.title === title) ?? doneOf(snapshot, title));
  const claim = unitClaim(unitPrices, counted, accepted);
  if (claim.lines.length === 0)
    refuse('quantities', 'Say how many units were rendered: plan and fact counted none under these titles');
  return claim;
}

/** A requirement that is called like a unit price counts its units. */
function doneOf({ lines }: Snapshot, title: string): UnitCount {
  const mine = lines.filter((line) => line.title === title);
  return { title, quantity: mine.reduce((sum, { done }) => sum + (done ?? 0), 0) };
}

function refuse(field: string, reason: string): never {
  throw new AcceptanceRefused({ fields: [{ field, reason }] });
}
