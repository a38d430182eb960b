import type { AcceptanceState, Decision, Payment, Round } from './acceptance.js';
import { transitionsFrom } from './acceptance.js';
import type { WholeRound } from './acceptance-round.store.js';
import type { ShownAcceptance } from './acceptances.service.js';
import type { ClaimLine, Remark, Verdict } from './claim.js';
import type { Duty, DutyKind } from './duties.js';
import type { LineState } from '../measuring/line.js';
import type { RequirementKind } from '../../contracts/requirement.js';
import { EvidenceResponse, NotCountedResponse } from '../plan-fact.dto.js';
import { type FrozenLine, thawed } from './snapshot.js';

export class ClaimLineResponse {
  /** Names the line in decisions as `line-1`. @example 1 */
  number: number;
  /** @example "Ведение официальных страниц, с 01.12.2026 по 31.12.2026" */
  title: string;
  /** @example "усл." */
  unit: string;
  /** @example 1 */
  quantity: number;
  /** @example 10000000 */
  priceKopecks: number;
  /** @example 10000000 */
  amountKopecks: number;
  /** Its quantity may be accepted in part; otherwise its sum may. @example false */
  byUnits: boolean;

  static of(line: ClaimLine): ClaimLineResponse {
    return { ...line, priceKopecks: Number(line.priceKopecks), amountKopecks: Number(line.amountKopecks) };
  }
}

export class VerdictResponse {
  /** @example 1 */
  line: number;
  /** @example 8000000 */
  acceptedKopecks: number;
  /** Of a line that is priced by units. @example null */
  acceptedQuantity: number | null;
  /** @example "Две публикации вышли позже срока" */
  reason: string;

  static of({ line, acceptedKopecks, acceptedQuantity, reason }: Verdict): VerdictResponse {
    return { line, acceptedKopecks: Number(acceptedKopecks), acceptedQuantity, reason };
  }
}

export class RemarkResponse {
  /** The code of a requirement, or a line. @example posts-vk */
  deliverable: string;
  /** @example "Не представлены ссылки на две публикации" */
  reason: string;

  static of({ deliverable, reason }: Remark): RemarkResponse {
    return { deliverable, reason };
  }
}

export class RoundResponse {
  /** @example 019b76da-a800-7000-8000-000000000042 */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000041 */
  acceptanceId: string;
  /** @example 1 */
  number: number;
  /** The version of the contract whose terms hold for it. @example 1 */
  contractVersion: number;
  lines: ClaimLineResponse[];
  /** @example 10000000 */
  claimedKopecks: number;
  /** @example "12" */
  documentNumber: string | null;
  /** Of the frozen plan and fact, to the letter. @example "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" */
  snapshotSha256: string;
  /** @example 2027-01-11T06:00:00.000Z */
  cutOffAt: Date;
  /** @example 019b76da-a800-7000-8000-000000000004 */
  submittedBy: string;
  /** @example 2027-01-11T06:00:00.000Z */
  submittedAt: Date;
  /** @example 2027-01-11T22:00:00.000Z */
  receivedAt: Date | null;
  /** Null: not yet. @example null */
  decision: Decision | null;
  /** @example null */
  decidedAt: Date | null;
  /** Null with a decision: silence accepted. @example null */
  decidedBy: string | null;
  /** @example null */
  decisionDocument: string | null;
  /** Lines of which less was accepted. */
  verdicts: VerdictResponse[];
  remarks: RemarkResponse[];
  /** @example null */
  cureOn: string | null;
  /** @example 0 */
  acceptedKopecks: number;

  static of(round: Round): RoundResponse {
    const { id, acceptanceId, number, contractVersion, documentNumber, snapshotSha256, cutOffAt, submittedBy } = round;
    const { submittedAt, receivedAt, decision, decidedAt, decidedBy, decisionDocument, cureOn } = round;
    return {
      ...{ id, acceptanceId, number, contractVersion, documentNumber, snapshotSha256, cutOffAt, submittedBy },
      ...{ submittedAt, receivedAt, decision, decidedAt, decidedBy, decisionDocument, cureOn },
      ...{ lines: round.lines.map(ClaimLineResponse.of), claimedKopecks: Number(round.claimedKopecks) },
      ...{ verdicts: round.verdicts.map(VerdictResponse.of), remarks: round.remarks.map(RemarkResponse.of) },
      acceptedKopecks: Number(round.acceptedKopecks),
    };
  }
}

export class FrozenLineResponse {
  /** @example posts-vk */
  requirement: string;
  /** @example "Не менее 3 публикаций в неделю ВКонтакте" */
  title: string;
  /** @example posts */
  kind: RequirementKind;
  /** @example "Не меньше 3 публикаций в неделю: ВКонтакте" */
  rule: string;
  /** @example 2026-12-14 */
  startsOn: string;
  /** @example 2026-12-20 */
  endsOn: string;
  /** @example 2026-12-20 */
  dueOn: string;
  /** @example done */
  state: LineState;
  /** @example 3 */
  planned: number | null;
  /** @example 3 */
  done: number | null;
  /** @example 0 */
  missed: number;
  /** @example 0 */
  excused: number;
  /** @example null */
  measured: number | null;
  counted: EvidenceResponse[];
  notCounted: NotCountedResponse[];

  static of(line: FrozenLine): FrozenLineResponse {
    const { counted, notCounted, ...rest } = line;
    return { ...rest, counted: counted.map(EvidenceResponse.of), notCounted: notCounted.map(NotCountedResponse.of) };
  }
}

export class WholeRoundResponse extends RoundResponse {
  /** First and last day of what was frozen, in the client's zone. @example 2026-12-01 */
  startsOn: string;
  /** @example 2026-12-31 */
  endsOn: string;
  /** Plan and fact as they were known at the cut-off. */
  frozen: FrozenLineResponse[];
  /** What the hash is of. @example "{\"format\":1}" */
  snapshot: string;

  static whole({ snapshot, ...round }: WholeRound): WholeRoundResponse {
    const { startsOn, endsOn, lines } = thawed(snapshot);
    return { ...RoundResponse.of(round), startsOn, endsOn, frozen: lines.map(FrozenLineResponse.of), snapshot };
  }
}

export class PaymentResponse {
  /** @example 019b76da-a800-7000-8000-000000000043 */
  id: string;
  /** @example 2027-02-15 */
  paidOn: string;
  /** @example 8000000 */
  kopecks: number;
  /** @example "Платёжное поручение 118" */
  document: string | null;
  /** @example 019b76da-a800-7000-8000-000000000004 */
  recordedBy: string;
  /** @example 2027-02-16T06:00:00.000Z */
  recordedAt: Date;

  static of({ id, paidOn, kopecks, document, recordedBy, recordedAt }: Payment): PaymentResponse {
    return { id, paidOn, kopecks: Number(kopecks), document, recordedBy, recordedAt };
  }
}

export class DutyResponse {
  /** @example acceptance */
  kind: DutyKind;
  /** @example 1 */
  round: number;
  /** The last day on which it is in time, in the client's zone. @example 2027-02-08 */
  dueOn: string;
  /** The production calendar of its term is not official yet. @example true */
  provisional: boolean;
  /** Null: not yet. @example null */
  metOn: string | null;

  static of({ kind, round, dueOn, provisional, metOn }: Duty): DutyResponse {
    return { kind, round, dueOn, provisional, metOn };
  }
}

export class AcceptanceResponse {
  /** @example 019b76da-a800-7000-8000-000000000041 */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000008 */
  contractId: string;
  /** @example 019b76da-a800-7000-8000-00000000001d */
  stageId: string;
  /** Of the stage. @example 1 */
  ordinal: number;
  /** @example "Этап 1" */
  title: string;
  /** First and last day of the services, in the client's zone. @example 2026-12-01 */
  startsOn: string;
  /** @example 2026-12-31 */
  endsOn: string;
  /** As planned, VAT included. @example 10000000 */
  stageKopecks: number;
  /** @example submitted */
  state: AcceptanceState;
  /** @example ["accepted","partiallyAccepted","refused"] */
  allowedTransitions: AcceptanceState[];
  /** Waits for a decision. @example 10000000 */
  claimedKopecks: number;
  /** Of all rounds together. @example 0 */
  acceptedKopecks: number;
  /** @example 0 */
  paidKopecks: number;
  /** @example null */
  invoiceNumber: string | null;
  /** @example null */
  invoicedOn: string | null;
  /** Also what was to be cured and submitted again. @example false */
  submitOverdue: boolean;
  /** @example false */
  acceptOverdue: boolean;
  /** @example false */
  paymentOverdue: boolean;
  /** Publications that counted in what was submitted and were deleted since; it changes nothing by itself. @example [] */
  lostEvidence: string[];
  duties: DutyResponse[];
  rounds: RoundResponse[];
  payments: PaymentResponse[];
  /** @example 2 */
  version: number;
  /** @example 2027-01-02T12:00:05.000Z */
  createdAt: Date;
  /** @example 2027-01-11T06:00:00.000Z */
  updatedAt: Date;

  static of({ one, overdue }: ShownAcceptance): AcceptanceResponse {
    const { acceptance, stage, lastDay, duties, rounds, payments } = one;
    const { id, contractId, stageId, state, invoiceNumber, invoicedOn, lostEvidence, version, createdAt, updatedAt } = acceptance;
    const { ordinal, title, startsOn } = stage;
    return {
      ...{ id, contractId, stageId, ordinal, title, startsOn, endsOn: lastDay, stageKopecks: Number(stage.amountKopecks) },
      ...{ state, allowedTransitions: [...transitionsFrom(state)], claimedKopecks: Number(acceptance.claimedKopecks) },
      ...{ acceptedKopecks: Number(acceptance.acceptedKopecks), paidKopecks: Number(acceptance.paidKopecks) },
      ...{ invoiceNumber, invoicedOn, ...overdue, lostEvidence: [...lostEvidence], version, createdAt, updatedAt },
      ...{
        duties: duties.map(DutyResponse.of),
        rounds: rounds.map(RoundResponse.of),
        payments: payments.map(PaymentResponse.of),
      },
    };
  }
}

export class AcceptanceList {
  data: AcceptanceResponse[];
}
