import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsDateString,
  IsInt,
  IsObject,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsOmittable } from '../../platform/http/omittable.decorator.js';
import { IsDay, IsText } from '../../platform/http/text.decorators.js';
import type { Addendum, AmendedTerms, AsOf } from './addenda.service.js';
import { ClausesRequest } from './clauses.dto.js';
import { ClausesResponse, PlannedStageResponse } from './clauses-response.dto.js';
import type { ContractVersion, PartyRequisites } from './contract-version.js';

/** What is absent stays as it was. */
export class AddendumRequest {
  /** As it stands on the paper. @example 1 */
  @IsText(1, 100) number: string;
  /** The day of the last signature. @example 2026-11-24 */
  @IsDay() agreedOn: string;
  /** From which day on it holds, in the contract's zone; it may reach back. @example 2026-12-01 */
  @IsDay() effectiveOn: string;
  /** Why, with the rule that allows it. @example "Увеличение объёма услуг, статья 95 Закона № 44-ФЗ" */
  @IsText(3, 1000) reason: string;
  /** @example "Ведение официальных страниц в социальных сетях" */
  @IsOmittable() @IsText(3, 1000) subject?: string;
  /** @example 132000000 */
  @IsOmittable() @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) priceKopecks?: number;
  /** Of a contract that has not begun. @example 2026-12-01 */
  @IsOmittable() @IsDay() startsOn?: string;
  /** Last day of the services, included. @example 2027-01-31 */
  @IsOmittable() @IsDay() endsOn?: string;
  /** All pages that it covers from that day on. @example ["019b76da-a800-7000-8000-000000000007"] */
  @IsOmittable()
  @IsUUID(undefined, { each: true })
  @ArrayUnique()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  pageIds?: string[];
  @IsOmittable() @IsObject() @ValidateNested() @Type(() => ClausesRequest) clauses?: ClausesRequest;

  static addendum(request: AddendumRequest): Addendum {
    const { number, agreedOn, effectiveOn, reason } = request;
    return { number, agreedOn, effectiveOn, reason, amend: (terms) => amended(terms, request) };
  }
}

function amended({ clauses, ...before }: AmendedTerms, request: AddendumRequest): AmendedTerms {
  const { subject = before.subject, startsOn = before.startsOn, endsOn = before.endsOn, pageIds = before.pageIds } = request;
  return {
    ...{ subject, startsOn, endsOn, pageIds },
    priceKopecks: request.priceKopecks === undefined ? before.priceKopecks : BigInt(request.priceKopecks),
    clauses: ClausesRequest.clauses(request.clauses ?? {}, clauses),
  };
}

export class TermsQuery {
  /** The day for which it is asked; today in the contract's zone, if absent. @example 2026-12-15 */
  @IsOmittable() @IsDay() on?: string;
  /** As it was known at this instant; now, if absent. @example 2026-12-15T06:00:00Z */
  @IsOmittable()
  @Matches(/(?:Z|[+-]\d{2}:\d{2})$/, { message: '$property must name its offset, such as 2026-12-01T06:00:00Z' })
  @IsDateString({ strict: true })
  knownAt?: string;

  static asOf({ on, knownAt }: TermsQuery): AsOf {
    return { day: on, knownAt: knownAt === undefined ? undefined : new Date(knownAt) };
  }
}

export class PartyRequisitesResponse {
  /** @example "Администрация Елизовского муниципального района" */
  name: string;
  /** @example 7707083893 */
  inn: string;
  /** @example 770701001 */
  kpp: string | null;
  /** @example 1027700132195 */
  ogrn: string;
  /** @example "684000, Камчатский край, г. Елизово, ул. Ленина, 10" */
  address: string | null;

  static of({ name, inn, kpp, ogrn, address }: PartyRequisites): PartyRequisitesResponse {
    return { name, inn, kpp, ogrn, address };
  }
}

export class RequisitesResponse {
  customer: PartyRequisitesResponse;
  contractor: PartyRequisitesResponse;
}

export class ContractVersionResponse {
  /** 1 is the contract as it was signed; each addendum makes the next. @example 2 */
  number: number;
  /** @example 2026-12-01 */
  effectiveOn: string;
  /** @example 2026-11-24 */
  agreedOn: string;
  /** Null of the contract itself. @example 1 */
  addendumNumber: string | null;
  /** @example "Увеличение объёма услуг, статья 95 Закона № 44-ФЗ" */
  reason: string | null;
  /** @example "Ведение официальных страниц в социальных сетях" */
  subject: string;
  /** @example 132000000 */
  priceKopecks: number;
  /** @example 2026-12-01 */
  startsOn: string;
  /** @example 2027-01-31 */
  endsOn: string;
  /** @example ["019b76da-a800-7000-8000-000000000007"] */
  pageIds: string[];
  clauses: ClausesResponse;
  /** The parties as they were registered when it was signed. */
  requisites: RequisitesResponse;
  /** As this version plans them. */
  stages: PlannedStageResponse[];
  /** @example 019b76da-a800-7000-8000-000000000004 */
  recordedBy: string;
  /** @example 2026-11-24T09:00:00.000Z */
  recordedAt: Date;

  static of(version: ContractVersion): ContractVersionResponse {
    const { number, effectiveOn, agreedOn, addendumNumber, reason, subject, startsOn, endsOn, pageIds } = version;
    const { clauses, requisites, stages, recordedBy, recordedAt } = version;
    const { customer, contractor } = requisites;
    return {
      ...{ number, effectiveOn, agreedOn, addendumNumber, reason, subject, startsOn, endsOn, recordedBy, recordedAt },
      ...{ priceKopecks: Number(version.priceKopecks), pageIds: [...pageIds], clauses: ClausesResponse.of(clauses) },
      requisites: { customer: PartyRequisitesResponse.of(customer), contractor: PartyRequisitesResponse.of(contractor) },
      stages: stages.map(PlannedStageResponse.of),
    };
  }
}

export class ContractVersionList {
  data: ContractVersionResponse[];
}
