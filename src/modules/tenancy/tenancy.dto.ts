import { PartialType } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsEmail, IsIn, IsOptional, IsUrl, IsUUID, Matches, MaxLength } from 'class-validator';
import { IsText, IsTimeZone } from '../../platform/http/text.decorators.js';
import {
  CLIENT_KINDS,
  type Client,
  type ClientDetails,
  type ClientKind,
  type Contractor,
  type ContractorDetails,
} from './client.js';
import { REGION_CODES, type RegionCode, regionName } from './regions.js';
import { IsInn, IsKpp, IsOgrn, IsOgrnOrOgrnip, IsOrganisationInn } from './requisites.js';

export class ContractorRequest {
  /** Full legal name. @example "ООО «Открытый город»" */
  @IsText(2, 300) name: string;
  /** @example Открытый город */
  @IsOptional() @IsText(1, 100) shortName?: string | null;
  /** ИНН, 10 digits (organisation) or 12 (entrepreneur). @example 7707083893 */
  @IsInn() inn: string;
  /** КПП; entrepreneurs have none. @example 770701001 */
  @IsOptional() @IsKpp() kpp?: string | null;
  /** ОГРН, 13 digits, or ОГРНИП, 15 digits. @example 1027700132195 */
  @IsOgrnOrOgrnip() ogrn: string;
  /** IANA zone of the office. @example Europe/Moscow */
  @IsTimeZone() timeZone: string;

  static details(request: ContractorRequest): ContractorDetails {
    const { name, inn, ogrn, timeZone } = request;
    return { name, inn, ogrn, timeZone, shortName: request.shortName ?? null, kpp: request.kpp ?? null };
  }
}

export class ChangeContractorRequest extends PartialType(ContractorRequest, { skipNullProperties: false }) {}

export class ContractorResponse {
  /** @example 019b76da-a800-7000-8000-000000000001 */
  id: string;
  /** @example "ООО «Открытый город»" */
  name: string;
  /** @example Открытый город */
  shortName: string | null;
  /** @example 7707083893 */
  inn: string;
  /** @example 770701001 */
  kpp: string | null;
  /** @example 1027700132195 */
  ogrn: string;
  /** @example Europe/Moscow */
  timeZone: string;
  /** A suspended contractor can't log in and nothing of it is published. @example active */
  status: 'active' | 'suspended';
  /** @example 1 */
  version: number;
  /** @example 2026-11-24T09:00:00.000Z */
  createdAt: Date;
  /** @example 2026-11-24T09:00:00.000Z */
  updatedAt: Date;

  static of(contractor: Contractor): ContractorResponse {
    const { id, name, shortName, inn, kpp, ogrn, timeZone, status, version, createdAt, updatedAt } = contractor;
    return { id, name, shortName, inn, kpp, ogrn, timeZone, status, version, createdAt, updatedAt };
  }
}

export class ClientRequest {
  /** What kind of public body it is. @example municipalBody */
  @IsIn(CLIENT_KINDS) kind: ClientKind;
  /** Full official name. @example "Администрация Елизовского муниципального района" */
  @IsText(2, 500) name: string;
  /** @example Администрация Елизовского района */
  @IsOptional() @IsText(1, 200) shortName?: string | null;
  /** ИНН, 10 digits. @example 7707083893 */
  @IsOrganisationInn() inn: string;
  /** @example 770701001 */
  @IsKpp() kpp: string;
  /** ОГРН, 13 digits. @example 1027700132195 */
  @IsOgrn() ogrn: string;
  /** Postal address, as the page must show it. @example "684000, Камчатский край, г. Елизово, ул. Ленина, 10" */
  @IsText(5, 500) address: string;
  /** @example press@elizovo.example */
  @IsEmail() @MaxLength(254) email: string;
  /** With area code. @example ["+7 415 310-00-00"] */
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @Matches(/^\+?[\d ()-]{5,25}$/, {
    each: true,
    message: 'each phone must be digits, spaces, brackets and hyphens, such as +7 415 310-00-00',
  })
  phones: string[];
  /** @example https://elizovo.example */
  @IsOptional() @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false }) @MaxLength(500) site?:
    string | null;
  /** IANA zone in which its times are meant. @example Asia/Kamchatka */
  @IsTimeZone() timeZone: string;
  /** The subject of the federation, by the tax service's two digits: for quiet periods of a region. @example 41 */
  @IsOptional() @IsIn(REGION_CODES) regionCode?: RegionCode | null;
  /** The client above a subordinate organisation. @example 019b76da-a800-7000-8000-000000000009 */
  @IsOptional() @IsUUID() founderId?: string | null;

  static details(request: ClientRequest): ClientDetails {
    const { shortName = null, site = null, regionCode = null, founderId = null, ...required } = request;
    return { ...required, shortName, site, regionCode, founderId };
  }
}

export class ChangeClientRequest extends PartialType(ClientRequest, { skipNullProperties: false }) {}

export class ClientResponse {
  /** @example 019b76da-a800-7000-8000-000000000002 */
  id: string;
  /** @example municipalBody */
  kind: ClientKind;
  /** @example "Администрация Елизовского муниципального района" */
  name: string;
  /** @example Администрация Елизовского района */
  shortName: string | null;
  /** @example 7707083893 */
  inn: string;
  /** @example 770701001 */
  kpp: string;
  /** @example 1027700132195 */
  ogrn: string;
  /** @example "684000, Камчатский край, г. Елизово, ул. Ленина, 10" */
  address: string;
  /** @example press@elizovo.example */
  email: string;
  /** @example ["+7 415 310-00-00"] */
  phones: string[];
  /** @example https://elizovo.example */
  site: string | null;
  /** @example Asia/Kamchatka */
  timeZone: string;
  /** @example 41 */
  regionCode: RegionCode | null;
  /** @example Камчатский край */
  regionName: string | null;
  /** @example null */
  founderId: string | null;
  /** @example 1 */
  version: number;
  /** @example 2026-11-24T09:00:00.000Z */
  createdAt: Date;
  /** @example 2026-11-24T09:00:00.000Z */
  updatedAt: Date;

  static of(client: Client): ClientResponse {
    const { id, kind, name, shortName, inn, kpp, ogrn, address, email, phones, site, timeZone, regionCode, founderId } = client;
    const { version, createdAt, updatedAt } = client;
    return {
      id,
      kind,
      name,
      shortName,
      inn,
      kpp,
      ogrn,
      address,
      email,
      phones,
      site,
      timeZone,
      regionCode,
      regionName: regionCode && regionName(regionCode),
      founderId,
      version,
      createdAt,
      updatedAt,
    };
  }
}

export class ClientPage {
  data: ClientResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}
