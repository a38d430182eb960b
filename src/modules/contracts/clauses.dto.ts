import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsOmittable } from '../../platform/http/omittable.decorator.js';
import { IsDay, IsText } from '../../platform/http/text.decorators.js';
import {
  type Clauses,
  MOST_STAGES,
  type Party,
  type Penalties,
  PRICE_TYPES,
  type Security,
  SECURITY_FORMS,
  SECURITY_KINDS,
  TERMINATION_GROUNDS,
  type TerminationGround,
} from './clauses.js';
import { REGISTRY_NUMBER, STATE_CONTRACT_ID } from './procurement-codes.js';
import { CountingRulesRequest, RequirementRequest } from './requirements.dto.js';
import { STAGE_PLANS, STAGE_SHARES, type StagePlan } from './stage-plan.js';
import { VAT_MODES, type VatMode } from './vat.js';

const MOST_KOPECKS = Number.MAX_SAFE_INTEGER;

export class UnitPriceRequest {
  /** @example "Репортаж с выездом" */
  @IsText(1, 300) title: string;
  /** As acts print it. @example шт. */
  @IsText(1, 30) unit: string;
  /** VAT included. @example 1900000 */
  @IsInt() @Min(0) @Max(MOST_KOPECKS) priceKopecks: number;
}

export class PlannedStageRequest {
  /** @example "Этап 1" */
  @IsText(1, 200) title: string;
  /** @example 2026-12-01 */
  @IsDay() startsOn: string;
  /** @example 2026-12-31 */
  @IsDay() endsOn: string;
  /** @example 120000000 */
  @IsInt() @Min(0) @Max(MOST_KOPECKS) amountKopecks: number;
}

export class StagePlanRequest {
  /** `monthly` and `quarterly` follow the calendar; `calendar` lists the stages. @example monthly */
  @IsIn(STAGE_PLANS) kind: (typeof STAGE_PLANS)[number];
  /** How the price is shared between generated stages. `equal` if absent. @example equal */
  @IsOmittable() @IsIn(STAGE_SHARES) shares?: (typeof STAGE_SHARES)[number];
  /** The stages of a plan `calendar`; their sums make the price. */
  @IsOmittable()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PlannedStageRequest)
  @ArrayMaxSize(MOST_STAGES)
  calendar?: PlannedStageRequest[];

  static plan({ kind, shares = 'equal', calendar = [] }: StagePlanRequest): StagePlan {
    const stages = calendar.map(({ title, startsOn, endsOn, amountKopecks }) => ({
      ...{ title, startsOn, endsOn, amountKopecks: BigInt(amountKopecks) },
    }));
    return { kind, shares, calendar: stages };
  }
}

export class SecurityRequest {
  /** @example performance */
  @IsIn(SECURITY_KINDS) kind: (typeof SECURITY_KINDS)[number];
  /** @example guarantee */
  @IsIn(SECURITY_FORMS) form: (typeof SECURITY_FORMS)[number];
  /** @example 6000000 */
  @IsInt() @Min(0) @Max(MOST_KOPECKS) amountKopecks: number;
  /** The day by which it is returned. @example 2027-02-01 */
  @IsOptional() @IsDay() returnOn?: string | null;

  static security({ kind, form, amountKopecks, returnOn }: SecurityRequest): Security {
    return { kind, form, amountKopecks: BigInt(amountKopecks), returnOn: returnOn ?? null };
  }
}

export class PenaltiesRequest {
  /** Late interest per day is the key rate divided by this; null: none. @example 300 */
  @IsOptional() @IsInt() @Min(1) @Max(100_000) keyRateDivisor?: number | null;
  /** A fixed fine for a breach; null: as the law has it. @example null */
  @IsOptional() @IsInt() @Min(0) @Max(MOST_KOPECKS) fineKopecks?: number | null;

  static penalties({ keyRateDivisor, fineKopecks }: PenaltiesRequest): Penalties {
    const fine = fineKopecks ?? null;
    return { keyRateDivisor: keyRateDivisor ?? null, fineKopecks: fine === null ? null : BigInt(fine) };
  }
}

export class TerminationTermRequest {
  /** @example unilateralClient */
  @IsIn(TERMINATION_GROUNDS) ground: TerminationGround;
  /** It ends so many days after the notice, at the earliest. @example 10 */
  @IsInt() @Min(0) @Max(365) noticeDays: number;
  /** Not if the breach is cured within so many. @example 10 */
  @IsInt() @Min(0) @Max(365) cureDays: number;
}

export class SignatoryRequest {
  /** @example "Иванова Мария Петровна" */
  @IsText(2, 200) name: string;
  /** @example "Глава администрации" */
  @IsText(2, 200) position: string;
  /** Charter, or power of attorney with number and date. @example Устав */
  @IsText(2, 300) basis: string;
}

export class BankDetailsRequest {
  /** @example "049805746" */
  @Matches(/^\d{9}$/, { message: '$property must be a БИК of 9 digits' }) bik: string;
  /** @example "Отделение банка" */
  @IsText(2, 300) bankName: string;
  /** Settlement account, or treasury account 03…. @example "40602810700000000025" */
  @Matches(/^\d{20}$/, { message: '$property must be an account of 20 digits' }) account: string;
  /** Correspondent account, or single treasury account 40102…. @example null */
  @IsOptional() @Matches(/^\d{20}$/, { message: '$property must be an account of 20 digits' }) correspondentAccount?:
    string | null;
}

export class PartyRequest {
  @IsOptional() @IsObject() @ValidateNested() @Type(() => SignatoryRequest) signatory?: SignatoryRequest | null;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => BankDetailsRequest) bank?: BankDetailsRequest | null;

  static party({ signatory, bank }: PartyRequest): Party {
    const accounts = bank && { ...bank, correspondentAccount: bank.correspondentAccount ?? null };
    return { signatory: signatory ? { ...signatory } : null, bank: accounts ?? null };
  }
}

/** What is absent holds as is usual for the kind of contract; in an addendum, as before. */
export class ClausesRequest {
  /** ИКЗ, 36 digits: with the client's ИНН and КПП inside. Needed to sign under 44-FZ. @example "263770708389377070100100010017021244" */
  @IsOptional() @Matches(/^\d{36}$/, { message: '$property must be an ИКЗ of 36 digits' }) procurementCode?: string | null;
  /** ИГК: 20 digits, 25 for a defence order. @example "12345678901234567890" */
  @IsOptional() @Matches(STATE_CONTRACT_ID, { message: '$property must be an ИГК of 20 or 25 digits' }) stateContractId?:
    string | null;
  /** Number in the register of ЕИС. @example "3770708389326000001" */
  @IsOptional() @Matches(REGISTRY_NUMBER, { message: '$property must be a number of 19 digits' }) registryNumber?: string | null;
  /** With `unitPrices` the contract's price is the most that may be paid. @example fixed */
  @IsOmittable() @IsIn(PRICE_TYPES) priceType?: (typeof PRICE_TYPES)[number];
  @IsOmittable()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => UnitPriceRequest)
  @ArrayMaxSize(200)
  unitPrices?: UnitPriceRequest[];
  /** The rate follows from the day of each service. @example standard */
  @IsOmittable() @IsIn(VAT_MODES) vatMode?: VatMode;
  /** Until when the contract itself is valid; null: until its duties are fulfilled. @example 2027-03-31 */
  @IsOptional() @IsDay() validUntil?: string | null;
  /** Working days after a stage for its document of acceptance; the first two days are for late numbers. @example 5 */
  @IsOmittable() @IsInt() @Min(3) @Max(250) submissionDays?: number;
  /** Working days for acceptance. @example 20 */
  @IsOmittable() @IsInt() @Min(1) @Max(250) acceptanceDays?: number;
  /** Working days for payment after acceptance. @example 7 */
  @IsOmittable() @IsInt() @Min(1) @Max(250) paymentDays?: number;
  /** Whether silence accepts. By law it does not. @example false */
  @IsOmittable() @IsBoolean() silenceAccepts?: boolean;
  @IsOmittable() @IsObject() @ValidateNested() @Type(() => StagePlanRequest) stagePlan?: StagePlanRequest;
  @IsOmittable()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SecurityRequest)
  @ArrayMaxSize(20)
  securities?: SecurityRequest[];
  @IsOmittable() @IsObject() @ValidateNested() @Type(() => PenaltiesRequest) penalties?: PenaltiesRequest;
  /** The technical specification, as far as it can be measured. @example [] */
  @IsOmittable()
  @IsArray()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RequirementRequest)
  @ArrayMaxSize(100)
  requirements?: RequirementRequest[];
  /** What counts. What is absent holds as before. */
  @IsOmittable() @IsObject() @ValidateNested() @Type(() => CountingRulesRequest) counting?: CountingRulesRequest;
  /** How a party may end it alone. @example [] */
  @IsOmittable()
  @IsArray()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TerminationTermRequest)
  @ArrayMaxSize(10)
  terminationTerms?: TerminationTermRequest[];
  /** So many days before the end the handover begins. @example 30 */
  @IsOmittable() @IsInt() @Min(0) @Max(365) handoverDays?: number;
  /** The client's signatory and bank. */
  @IsOmittable() @IsObject() @ValidateNested() @Type(() => PartyRequest) customer?: PartyRequest;
  /** Ours. */
  @IsOmittable() @IsObject() @ValidateNested() @Type(() => PartyRequest) contractor?: PartyRequest;

  /** @param before what holds where the request says nothing */
  static clauses(request: ClausesRequest, before: Clauses): Clauses {
    const { unitPrices, stagePlan, securities, penalties, terminationTerms, requirements, counting, ...rest } = request;
    const { customer, contractor, ...plain } = rest;
    const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)) as Partial<Clauses>;
    return {
      ...{ ...before, ...given },
      ...(unitPrices && { unitPrices: unitPrices.map((one) => ({ ...one, priceKopecks: BigInt(one.priceKopecks) })) }),
      ...(stagePlan && { stagePlan: StagePlanRequest.plan(stagePlan) }),
      ...(securities && { securities: securities.map(SecurityRequest.security) }),
      ...(penalties && { penalties: PenaltiesRequest.penalties(penalties) }),
      ...(requirements && { requirements: requirements.map(RequirementRequest.requirement) }),
      ...(counting && { counting: CountingRulesRequest.rules(counting, before.counting) }),
      ...(terminationTerms && { terminationTerms: terminationTerms.map((one) => ({ ...one })) }),
      ...(customer && { customer: PartyRequest.party(customer) }),
      ...(contractor && { contractor: PartyRequest.party(contractor) }),
    };
  }
}
