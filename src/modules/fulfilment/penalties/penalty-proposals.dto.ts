import { IsIn } from 'class-validator';
import { IsText } from '../../../platform/http/text.decorators.js';
import {
  decisionsFrom,
  PENALTY_DECISIONS,
  type PenaltyDecision,
  type PenaltyKind,
  type PenaltyProposal,
  type PenaltyState,
} from './proposal.js';
import type { PartReckoning, RateDays } from './reckoning.js';

export class PenaltyDecisionRequest {
  /** @example waived */
  @IsIn(PENALTY_DECISIONS) decision: PenaltyDecision;
  /** @example "Заказчик просил перенести срок" */
  @IsText(3, 2000, { multiline: true }) reason: string;
}

export class PenaltyPartResponse {
  /** What was late. @example 10000000 */
  kopecks: number;
  /** The last day on which it would have been in time. @example 2027-01-20 */
  dueOn: string;
  /** Null: still late. @example 2027-01-25 */
  performedOn: string | null;
  /** @example 5 */
  days: number;
  /** The day whose rate is taken. @example 2027-01-25 */
  rateOn: string;
  /** Of that rate; null: nobody has entered it. @example 1650 */
  percentHundredths: number | null;
  /** @example 27500 */
  interestKopecks: number | null;

  static of({ kopecks, dueOn, performedOn, days, rateOn, basisPoints, interestKopecks }: PartReckoning): PenaltyPartResponse {
    return {
      ...{ kopecks: Number(kopecks), dueOn, performedOn, days, rateOn, percentHundredths: basisPoints },
      interestKopecks: interestKopecks === null ? null : Number(interestKopecks),
    };
  }
}

export class PenaltyRateDaysResponse {
  /** @example 2027-01-21 */
  from: string;
  /** Included. @example 2027-01-25 */
  until: string;
  /** Null: nobody has entered it. @example 1650 */
  percentHundredths: number | null;

  static of({ from, until, basisPoints }: RateDays): PenaltyRateDaysResponse {
    return { from, until, percentHundredths: basisPoints };
  }
}

export class PenaltyProposalResponse {
  /** @example 019b76da-a800-7000-8000-000000000045 */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000008 */
  contractId: string;
  /** Names what it is for; there is one proposal for each. @example "lateSubmission:019b76da-a800-7000-8000-00000000001d:1" */
  cause: string;
  /** @example lateSubmission */
  kind: PenaltyKind;
  /** Who would pay. @example contractor */
  against: 'contractor' | 'client';
  /** @example 019b76da-a800-7000-8000-00000000001d */
  stageId: string | null;
  /** The code of a missed requirement. @example null */
  requirement: string | null;
  /** @example open */
  state: PenaltyState;
  /** @example ["charged","waived","contested"] */
  allowedTransitions: PenaltyDecision[];
  /** Null: a key rate is missing; see `doubts`. @example 27500 */
  kopecks: number | null;
  /** What happened. @example "Этап 1: документ о приёмке нужно было передать до 20.01.2027, передан 25.01.2027." */
  words: string;
  /** @example "П = Σ С × Д × К ÷ 100 ÷ 300" */
  formula: string;
  /** With numbers. @example "100 000,00 × 5 дн. × 16,50 % ÷ 300 = 275,00 руб." */
  calculation: string;
  parts: PenaltyPartResponse[];
  /** The rates of the days of the delay. */
  rates: PenaltyRateDaysResponse[];
  /** What the decider should weigh. @example ["Просрочка продолжается: сумма растёт с каждым днём."] */
  doubts: string[];
  /** @example null */
  decidedBy: string | null;
  /** @example null */
  decidedAt: Date | null;
  /** @example null */
  decisionReason: string | null;
  /** @example 1 */
  version: number;
  /** @example 2027-01-21T13:00:00.000Z */
  createdAt: Date;
  /** @example 2027-01-25T13:00:00.000Z */
  updatedAt: Date;

  static of(proposal: PenaltyProposal): PenaltyProposalResponse {
    const { id, contractId, cause, kind, against, stageId, requirement, state, kopecks, reckoning } = proposal;
    const { decidedBy, decidedAt, decisionReason, version, createdAt, updatedAt } = proposal;
    const { words, formula, calculation, parts, rates, doubts } = reckoning;
    return {
      ...{ id, contractId, cause, kind, against, stageId, requirement, state, allowedTransitions: [...decisionsFrom(state)] },
      ...{ kopecks: kopecks === null ? null : Number(kopecks), words, formula, calculation, doubts: [...doubts] },
      ...{ parts: parts.map(PenaltyPartResponse.of), rates: rates.map(PenaltyRateDaysResponse.of) },
      ...{ decidedBy, decidedAt, decisionReason, version, createdAt, updatedAt },
    };
  }
}

export class PenaltyProposalPage {
  data: PenaltyProposalResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}
