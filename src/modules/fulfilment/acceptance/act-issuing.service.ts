import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import { Ids } from '../../../platform/ids/ids.js';
import { type ContractVersion, versionAt } from '../../contracts/contract-version.js';
import type { Round } from './acceptance.js';
import { type AcceptanceCase, dayIn } from './acceptance-cases.service.js';
import { type AcceptanceCourse, type ActBasis, actOf } from './act.js';
import { type Act, ActStore } from './act.store.js';
import { acceptedIn, joinedLines } from './claim.js';

/** Who issues a version, and why there is another one. */
export interface Issue {
  readonly contractorId: string;
  /** Null: a worker. */
  readonly memberId: string | null;
  /** Null of the first version. */
  readonly reason: string | null;
}

/** Writes acts: the first with the next number of the year, each further version under the same. */
@Injectable()
export class ActIssuing {
  constructor(
    readonly acts: ActStore,
    private readonly ids: Ids,
  ) {}

  /** In the transaction of the acceptance, which holds its lock. @param one as it is after the decision */
  async issue(tx: Tx, one: AcceptanceCase, { contractorId, memberId, reason }: Issue): Promise<Act> {
    const { id: acceptanceId, clientId } = one.acceptance;
    const before = await this.acts.find(tx, contractorId, acceptanceId);
    const date = before?.content.date ?? dayIn(one.contract, lastAccepted(one.rounds).decidedAt!);
    const year = Number(date.slice(0, 4));
    const number = before?.number ?? (await this.acts.nextNumber(tx, contractorId, year));
    const content = actOf(basisOf(one, number, date));
    const version = (before?.version ?? 0) + 1;
    await this.acts.insert(tx, {
      ...{ contractorId, id: this.ids.next(), clientId, acceptanceId, year, number, version, content },
      ...{ reason, issuedBy: memberId },
    });
    return (await this.acts.find(tx, contractorId, acceptanceId, version))!;
  }
}

function basisOf(one: AcceptanceCase, number: number, date: string): ActBasis {
  const { contract, stage, lastDay, rounds } = one;
  return {
    ...{ number, date, contract: { number: contract.number, concludedOn: contract.concludedOn } },
    version: inForce(one, date),
    stage: { ordinal: stage.ordinal, title: stage.title, startsOn: stage.startsOn, endsOn: lastDay },
    ...{ lines: joinedLines(rounds.map(acceptedIn)), course: courseOf(one) },
  };
}

/** As it is known now: an addendum that reaches back corrects what the next version of the act says. */
function inForce({ versions }: AcceptanceCase, date: string): ContractVersion {
  return versionAt(versions, date, versions.at(-1)!.recordedAt) ?? versions[0]!;
}

function courseOf({ acceptance, rounds, duties }: AcceptanceCase): AcceptanceCourse {
  const last = lastAccepted(rounds);
  const isLate = duties.some(({ kind, metOn, dueOn }) => kind === 'submission' && metOn !== null && metOn > dueOn);
  const { verdicts, remarks } = rounds.at(-1)!;
  return {
    isWhole: last.decision === 'accepted',
    bySilence: last.decidedBy === null,
    isSmooth: rounds.length === 1 && !isLate && acceptance.lostEvidence.length === 0,
    remarks: [...verdicts, ...remarks].map(({ reason }) => reason),
  };
}

function lastAccepted(rounds: readonly Round[]): Round {
  return rounds.findLast(({ decision }) => decision === 'accepted' || decision === 'partiallyAccepted')!;
}
