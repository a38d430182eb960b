import { PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsBoolean,
  IsDateString,
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsOmittable } from '../../platform/http/omittable.decorator.js';
import { IsText, IsTimeZone } from '../../platform/http/text.decorators.js';
import { IsInn, IsKpp, IsOgrnOrOgrnip } from '../tenancy/requisites.js';
import { ROLES, type Role } from '../tenancy/roles.js';
import type { ApiKeyRequest as NewKey } from './api-keys.service.js';
import type { Member } from './member.js';
import type { TokenPair } from './sessions.service.js';

export class OwnerRequest {
  /** @example "Ирина Петрова" */
  @IsText(2, 200) name: string;
  /** The login. @example irina@agency.example */
  @IsEmail() @MaxLength(254) email: string;
  /** 10 to 128 characters, any. @example "correct horse battery" */
  @IsString() @Length(10, 128) password: string;
}

export class SignUpContractor {
  /** Full legal name. @example "ООО «Открытый город»" */
  @IsText(2, 300) name: string;
  /** ИНН, 10 digits (organisation) or 12 (entrepreneur). @example 7707083893 */
  @IsInn() inn: string;
  /** КПП; entrepreneurs have none. @example 770701001 */
  @IsOptional() @IsKpp() kpp?: string | null;
  /** ОГРН, 13 digits, or ОГРНИП, 15 digits. @example 1027700132195 */
  @IsOgrnOrOgrnip() ogrn: string;
  /** IANA zone of the office. @example Europe/Moscow */
  @IsTimeZone() timeZone: string;
}

export class SignUpRequest {
  // ValidateNested alone takes a list for one object.
  @IsObject() @ValidateNested() @Type(() => SignUpContractor) contractor: SignUpContractor;
  @IsObject() @ValidateNested() @Type(() => OwnerRequest) owner: OwnerRequest;
}

export class MemberResponse {
  /** @example 019b76da-a800-7000-8000-000000000004 */
  id: string;
  /** @example irina@agency.example */
  email: string;
  /** @example "Ирина Петрова" */
  name: string;
  /** @example owner */
  role: Role;
  /** True: sees every client, also future ones. @example true */
  allClients: boolean;
  /** The clients seen when `allClients` is false. @example [] */
  clientIds: string[];
  /** @example active */
  status: 'active' | 'disabled';
  /** IANA zone in which he is reminded; null: his contractor's, or for people of a client the client's. @example Asia/Kamchatka */
  timeZone: string | null;
  /** @example 1 */
  version: number;
  /** @example 2026-11-24T09:00:00.000Z */
  createdAt: Date;
  /** @example 2026-11-24T09:00:00.000Z */
  updatedAt: Date;

  static of(member: Member): MemberResponse {
    const { id, email, name, role, allClients, clientIds, status, timeZone, version, createdAt, updatedAt } = member;
    return { id, email, name, role, allClients, clientIds: [...clientIds], status, timeZone, version, createdAt, updatedAt };
  }
}

/** A person who became a member, by sign-up or by invitation. */
export class NewMemberResponse {
  /** Send it when logging in with an e-mail that works for several contractors. @example 019b76da-a800-7000-8000-000000000001 */
  contractorId: string;
  member: MemberResponse;

  static of({ contractorId, member }: { contractorId: string; member: Member }): NewMemberResponse {
    return { contractorId, member: MemberResponse.of(member) };
  }
}

export class LogInRequest {
  /** @example irina@agency.example */
  @IsEmail() @MaxLength(254) email: string;
  /** @example "correct horse battery" */
  @IsString() @Length(1, 128) password: string;
  /** Needed only when the e-mail works for several contractors. @example 019b76da-a800-7000-8000-000000000001 */
  @IsOmittable() @IsUUID() contractorId?: string;
}

export class RefreshRequest {
  /** @example 019b76daa80070008000000000000001.Zm9v */
  @IsString() @Length(10, 200) refreshToken: string;
}

export class TokenPairResponse {
  /** Send it as `Authorization: Bearer …`. @example eyJhbGciOiJIUzI1NiJ9.e30.c2ln */
  accessToken: string;
  /** @example 600 */
  expiresInSeconds: number;
  /** Gets the next pair, once. @example 019b76daa80070008000000000000001.Zm9v */
  refreshToken: string;
  /** @example 019b76da-a800-7000-8000-000000000001 */
  contractorId: string;
  /** @example 019b76da-a800-7000-8000-000000000004 */
  memberId: string;

  static of(pair: TokenPair): TokenPairResponse {
    const { accessToken, expiresInSeconds, refreshToken, contractorId, memberId } = pair;
    return { accessToken, expiresInSeconds, refreshToken, contractorId, memberId };
  }
}

export class MeResponse extends MemberResponse {
  /** @example 019b76da-a800-7000-8000-000000000001 */
  contractorId: string;
  /** What the caller may do. @example ["clients.read"] */
  permissions: string[];
}

export class TimeZoneRequest {
  /** IANA zone; null: that of the contractor, or of the client. @example Asia/Kamchatka */
  @ValidateIf((_, value) => value !== null) @IsTimeZone() timeZone: string | null;
}

export class ChangePasswordRequest {
  /** @example "correct horse battery" */
  @IsString() @Length(1, 128) currentPassword: string;
  /** @example "another horse battery" */
  @IsString() @Length(10, 128) newPassword: string;
}

class ReachRequest {
  /** Give a role. @example editor */
  @IsIn(ROLES) role: Role;
  /** True for every client, also future ones; people of a client have false. @example false */
  @IsBoolean() allClients: boolean;
  /** The clients to see when `allClients` is false; exactly one for people of a client. @example ["019b76da-a800-7000-8000-000000000002"] */
  @IsUUID(undefined, { each: true }) @ArrayUnique() @ArrayMaxSize(1000) clientIds: string[];
}

export class InvitationRequest extends ReachRequest {
  /** @example oleg@agency.example */
  @IsEmail() @MaxLength(254) email: string;
}

export class ChangeMemberRequest extends PartialType(PickType(ReachRequest, ['role', 'allClients', 'clientIds'] as const), {
  skipNullProperties: false,
}) {
  /** @example "Олег Смирнов" */
  @IsOmittable() @IsText(2, 200) name?: string;
  /** A disabled member can't log in; what he did stays. @example active */
  @IsOmittable() @IsIn(['active', 'disabled']) status?: 'active' | 'disabled';
  /** IANA zone in which he is reminded; null: his contractor's or client's. @example Asia/Kamchatka */
  @IsOptional() @IsTimeZone() timeZone?: string | null;
}

export class InvitationResponse {
  /** @example 019b76da-a800-7000-8000-000000000005 */
  id: string;
  /** @example oleg@agency.example */
  email: string;
  /** @example editor */
  role: Role;
  /** @example false */
  allClients: boolean;
  /** @example ["019b76da-a800-7000-8000-000000000002"] */
  clientIds: string[];
  /** @example 2026-12-08T09:00:00.000Z */
  expiresAt: Date;
  /** @example null */
  acceptedAt: Date | null;
  /** @example null */
  revokedAt: Date | null;
  /** @example 2026-11-24T09:00:00.000Z */
  createdAt: Date;
}

export class NewInvitationResponse extends InvitationResponse {
  /** Give it to the invited person; it is shown this once. @example 019b76daa80070008000000000000001.Zm9v */
  token: string;
}

export class InvitationPage {
  data: InvitationResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}

export class AcceptInvitationRequest {
  /** @example 019b76daa80070008000000000000001.Zm9v */
  @IsString() @Length(10, 200) token: string;
  /** @example "Олег Смирнов" */
  @IsText(2, 200) name: string;
  /** 10 to 128 characters, any. @example "correct horse battery" */
  @IsString() @Length(10, 128) password: string;
}

export class MemberPage {
  data: MemberResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}

export class ApiKeyRequest {
  /** What it is for. @example "1С: Бухгалтерия" */
  @IsText(1, 100) name: string;
  /** Permissions of the key; yours at most. @example ["clients.read"] */
  @IsString({ each: true }) @ArrayMinSize(1) @ArrayMaxSize(100) @ArrayUnique() scopes: string[];
  /** @example true */
  @IsBoolean() allClients: boolean;
  /** The clients to see when `allClients` is false. @example [] */
  @IsUUID(undefined, { each: true }) @ArrayUnique() @ArrayMaxSize(1000) clientIds: string[];
  /** How many requests it may make in a minute; the headers `RateLimit-*` of each answer say what is left. @example 600 */
  @IsOmittable() @IsInt() @Min(1) @Max(6000) requestsPerMinute?: number = 600;
  /** When the key stops by itself, UTC. @example 2027-11-24T00:00:00.000Z */
  @IsOptional() @IsDateString({ strict: true }) expiresAt?: string | null;

  static details({ requestsPerMinute = 600, expiresAt, ...request }: ApiKeyRequest): NewKey {
    return { ...request, requestsPerMinute, expiresAt: expiresAt ? new Date(expiresAt) : null };
  }
}

export class ApiKeyResponse {
  /** @example 019b76da-a800-7000-8000-000000000006 */
  id: string;
  /** @example "1С: Бухгалтерия" */
  name: string;
  /** The key's first characters. @example vst_live_019b76daa80070008000000000000001_Zm9vYm */
  prefix: string;
  /** @example ["clients.read"] */
  scopes: string[];
  /** @example true */
  allClients: boolean;
  /** @example [] */
  clientIds: string[];
  /** @example 600 */
  requestsPerMinute: number;
  /** @example 2026-11-24T09:00:00.000Z */
  createdAt: Date;
  /** @example null */
  expiresAt: Date | null;
  /** @example null */
  lastUsedAt: Date | null;
  /** @example null */
  revokedAt: Date | null;
  /** While the secret is exchanged: until then the one before opens as well. @example null */
  previousUntil: Date | null;
}

export class ApiKeyRotationRequest {
  /** For how many hours the present secret goes on beside the new one; 0: it stops at once, for one that leaked. @example 24 */
  @IsInt() @Min(0) @Max(720) oldValidForHours: number;
}

export class NewApiKeyResponse extends ApiKeyResponse {
  /** The key itself; it is shown this once. @example vst_live_019b76daa80070008000000000000001_Zm9v_00000000 */
  key: string;
}

export class ApiKeyPage {
  data: ApiKeyResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}
