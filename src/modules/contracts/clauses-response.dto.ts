import type { Clauses, Party, PRICE_TYPES, SECURITY_FORMS, SECURITY_KINDS, TerminationGround } from './clauses.js';
import type { CountingRulesResponse, RequirementResponse } from './requirements.dto.js';
import type { PlannedStage, STAGE_PLANS, STAGE_SHARES } from './stage-plan.js';
import type { VatMode } from './vat.js';

export class UnitPriceResponse {
  /** @example "Репортаж с выездом" */
  title: string;
  /** @example шт. */
  unit: string;
  /** @example 1900000 */
  priceKopecks: number;
}

export class PlannedStageResponse {
  /** @example "Этап 1" */
  title: string;
  /** @example 2026-12-01 */
  startsOn: string;
  /** @example 2026-12-31 */
  endsOn: string;
  /** @example 120000000 */
  amountKopecks: number;

  static of({ title, startsOn, endsOn, amountKopecks }: PlannedStage): PlannedStageResponse {
    return { title, startsOn, endsOn, amountKopecks: Number(amountKopecks) };
  }
}

export class StagePlanResponse {
  /** @example monthly */
  kind: (typeof STAGE_PLANS)[number];
  /** @example equal */
  shares: (typeof STAGE_SHARES)[number];
  calendar: PlannedStageResponse[];
}

export class SecurityResponse {
  /** @example performance */
  kind: (typeof SECURITY_KINDS)[number];
  /** @example guarantee */
  form: (typeof SECURITY_FORMS)[number];
  /** @example 6000000 */
  amountKopecks: number;
  /** @example 2027-02-01 */
  returnOn: string | null;
}

export class PenaltiesResponse {
  /** @example 300 */
  keyRateDivisor: number | null;
  /** @example null */
  fineKopecks: number | null;
}

export class TerminationTermResponse {
  /** @example unilateralClient */
  ground: TerminationGround;
  /** @example 10 */
  noticeDays: number;
  /** @example 10 */
  cureDays: number;
}

export class SignatoryResponse {
  /** @example "Иванова Мария Петровна" */
  name: string;
  /** @example "Глава администрации" */
  position: string;
  /** @example Устав */
  basis: string;
}

export class BankDetailsResponse {
  /** @example "049805746" */
  bik: string;
  /** @example "Отделение банка" */
  bankName: string;
  /** @example "40602810700000000025" */
  account: string;
  /** @example null */
  correspondentAccount: string | null;
}

export class PartyResponse {
  signatory: SignatoryResponse | null;
  bank: BankDetailsResponse | null;

  static of({ signatory, bank }: Party): PartyResponse {
    return { signatory: signatory && { ...signatory }, bank: bank && { ...bank } };
  }
}

export class ClausesResponse {
  /** ИКЗ. @example "263770708389377070100100010017021244" */
  procurementCode: string | null;
  /** ИГК. @example null */
  stateContractId: string | null;
  /** @example null */
  registryNumber: string | null;
  /** @example fixed */
  priceType: (typeof PRICE_TYPES)[number];
  unitPrices: UnitPriceResponse[];
  /** @example standard */
  vatMode: VatMode;
  /** @example 2027-03-31 */
  validUntil: string | null;
  /** @example 5 */
  submissionDays: number;
  /** @example 20 */
  acceptanceDays: number;
  /** @example 7 */
  paymentDays: number;
  /** @example false */
  silenceAccepts: boolean;
  stagePlan: StagePlanResponse;
  securities: SecurityResponse[];
  penalties: PenaltiesResponse;
  requirements: RequirementResponse[];
  counting: CountingRulesResponse;
  terminationTerms: TerminationTermResponse[];
  /** @example 30 */
  handoverDays: number;
  customer: PartyResponse;
  contractor: PartyResponse;

  static of(clauses: Clauses): ClausesResponse {
    const { unitPrices, stagePlan, securities, penalties, terminationTerms, requirements, counting, ...rest } = clauses;
    const { customer, contractor, ...plain } = rest;
    const { kind, shares, calendar } = stagePlan;
    const { keyRateDivisor, fineKopecks } = penalties;
    return {
      ...plain,
      unitPrices: unitPrices.map((one) => ({ ...one, priceKopecks: Number(one.priceKopecks) })),
      stagePlan: { kind, shares, calendar: calendar.map(PlannedStageResponse.of) },
      securities: securities.map((one) => ({ ...one, amountKopecks: Number(one.amountKopecks) })),
      penalties: { keyRateDivisor, fineKopecks: fineKopecks === null ? null : Number(fineKopecks) },
      requirements: requirements.map((one) => ({ ...one })),
      counting: { ...counting },
      terminationTerms: terminationTerms.map((one) => ({ ...one })),
      ...{ customer: PartyResponse.of(customer), contractor: PartyResponse.of(contractor) },
    };
  }
}
