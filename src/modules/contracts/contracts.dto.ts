import { OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsIn, IsInt, IsObject, IsOptional, IsUUID, Max, Min, ValidateNested } from 'class-validator';
import { IsOmittable } from '../../platform/http/omittable.decorator.js';
import { PageQuery } from '../../platform/http/pagination.js';
import { IsDay, IsText } from '../../platform/http/text.decorators.js';
import { type TerminationGround, usualClauses } from './clauses.js';
import { ClausesRequest } from './clauses.dto.js';
import { ClausesResponse } from './clauses-response.dto.js';
import type { Contract, ContractTerms } from './contract.js';
import { CONTRACT_KINDS, type ContractKind } from './contract-kind.js';
import { type ContractStatus, transitionsFrom } from './contract-status.js';

export class ContractRequest {
  /** @example 019b76da-a800-7000-8000-000000000002 */
  @IsUUID() clientId: string;
  /** As it stands on the paper. @example 12-ГК/2026 */
  @IsText(1, 100) number: string;
  /** The day on which it was concluded. @example 2026-11-20 */
  @IsDay() concludedOn: string;
  /** @example municipal44Fz */
  @IsIn(CONTRACT_KINDS) kind: ContractKind;
  /** @example "Ведение официальных страниц в социальных сетях" */
  @IsText(3, 1000) subject: string;
  /** Price in kopecks. @example 120000000 */
  @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) priceKopecks: number;
  /** First day, in the client's zone. @example 2026-12-01 */
  @IsDay() startsOn: string;
  /** Last day, included. @example 2026-12-31 */
  @IsDay() endsOn: string;
  /** The client's pages that it covers. @example ["019b76da-a800-7000-8000-000000000007"] */
  @IsUUID(undefined, { each: true }) @ArrayUnique() @ArrayMaxSize(500) pageIds: string[];
  /** What else the paper says; without it, what is usual for the kind. */
  @IsOmittable() @IsObject() @ValidateNested() @Type(() => ClausesRequest) clauses?: ClausesRequest;

  static draft(request: ChangeContractRequest): ContractTerms {
    const { number, concludedOn, kind, subject, priceKopecks, startsOn, endsOn, pageIds } = request;
    const clauses = ClausesRequest.clauses(request.clauses ?? {}, usualClauses(kind));
    return { number, concludedOn, kind, subject, priceKopecks: BigInt(priceKopecks), startsOn, endsOn, pageIds, clauses };
  }
}

export class ChangeContractRequest extends OmitType(ContractRequest, ['clientId'] as const) {}

export class ContractsQuery extends PageQuery {
  /** Only contracts with this client. @example 019b76da-a800-7000-8000-000000000002 */
  @IsOptional() @IsUUID() clientId?: string;
}

export class ContractResponse {
  /** @example 019b76da-a800-7000-8000-000000000008 */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000002 */
  clientId: string;
  /** @example 12-ГК/2026 */
  number: string;
  /** @example 2026-11-20 */
  concludedOn: string;
  /** @example municipal44Fz */
  kind: ContractKind;
  /** @example "Ведение официальных страниц в социальных сетях" */
  subject: string;
  /** Price in kopecks. @example 120000000 */
  priceKopecks: number;
  /** @example 2026-12-01 */
  startsOn: string;
  /** @example 2026-12-31 */
  endsOn: string;
  /** The zone in which its days are meant. @example Asia/Kamchatka */
  timeZone: string;
  /** In force from this instant … @example 2026-11-30T12:00:00.000Z */
  startsAt: Date;
  /** … until just before this one. @example 2026-12-31T12:00:00.000Z */
  endsAt: Date;
  /** @example active */
  status: ContractStatus;
  /** Where it can go from here. @example ["terminated"] */
  allowedTransitions: ContractStatus[];
  /** @example 2026-11-24 */
  signedOn: string | null;
  /** How many versions were agreed: 1 with the signature, one more with each addendum. @example 1 */
  versions: number;
  /** When a notice of termination takes effect. @example null */
  terminatesAt: Date | null;
  /** @example null */
  terminatedAt: Date | null;
  /** @example null */
  terminationGround: TerminationGround | null;
  /** @example null */
  terminationReason: string | null;
  /** The day on which the other party got the notice. @example null */
  noticeOn: string | null;
  /** @example ["019b76da-a800-7000-8000-000000000007"] */
  pageIds: string[];
  clauses: ClausesResponse;
  /** @example 1 */
  version: number;
  /** @example 2026-11-24T09:00:00.000Z */
  createdAt: Date;
  /** @example 2026-11-24T09:00:00.000Z */
  updatedAt: Date;

  static of(contract: Contract): ContractResponse {
    const { id, clientId, number, concludedOn, kind, subject, startsOn, endsOn, timeZone, startsAt, endsAt, status } = contract;
    const { signedOn, versions, terminatesAt, terminatedAt, terminationGround, terminationReason, noticeOn } = contract;
    const { pageIds, clauses, version, createdAt, updatedAt } = contract;
    return {
      ...{ id, clientId, number, concludedOn, kind, subject, priceKopecks: Number(contract.priceKopecks) },
      ...{ startsOn, endsOn, timeZone, startsAt, endsAt, status, allowedTransitions: [...transitionsFrom(status)] },
      ...{ signedOn, versions, terminatesAt, terminatedAt, terminationGround, terminationReason, noticeOn },
      ...{ pageIds: [...pageIds], clauses: ClausesResponse.of(clauses), version, createdAt, updatedAt },
    };
  }
}

export class ContractPage {
  data: ContractResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}
