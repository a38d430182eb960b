import { IsDateString, IsIn, IsObject, IsOptional, IsUUID, Matches } from 'class-validator';
import { NETWORK_NAMES, type NetworkName } from '../../networks/network.js';
import { PageQuery } from '../../platform/http/pagination.js';
import type { Connection, PageStatus } from './page.js';
import type { ConnectionRequest } from './connections.service.js';
import type { PageReport } from './page-reports.service.js';

const OFFSET = /(?:Z|[+-]\d{2}:\d{2})$/;

export class PageRequest {
  /** @example 019b76da-a800-7000-8000-000000000002 */
  @IsUUID() clientId: string;
  /** @example vk */
  @IsIn(NETWORK_NAMES) network: NetworkName;
  /** VK: the community's number without a minus. OK: the group's number. @example 220000001 */
  @Matches(/^[1-9]\d{0,18}$/, { message: '$property must be the number of the community or group, digits only' })
  externalId: string;
}

export class PagesQuery extends PageQuery {
  /** Only pages of this client. @example 019b76da-a800-7000-8000-000000000002 */
  @IsOptional() @IsUUID() clientId?: string;
}

export class ReasonResponse {
  /** @example token-revoked */
  code: string;
  /** In plain words, Russian. @example "Ключ доступа отозван: подключите страницу заново" */
  message: string;
  /** The network's own code. @example 5 */
  networkCode?: string;
  /** The network's own words. @example "User authorization failed" */
  networkMessage?: string;
}

export class CapabilityResponse {
  /** @example true */
  allowed: boolean;
  /** Why not, Russian. @example "Нужен ключ доступа редактора" */
  reason?: string;
}

export class AttentionResponse {
  /** @example credentials-expiring */
  code: string;
  /** What it is and what to do, Russian. @example "Ключи доступа действуют ещё 6 дн. Получите новые и подключите страницу заново" */
  message: string;
}

export class PageResponse {
  /** @example 019b76da-a800-7000-8000-000000000007 */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000002 */
  clientId: string;
  /** @example vk */
  network: NetworkName;
  /** @example 220000001 */
  externalId: string;
  /** As the network shows it; null until connected. @example Администрация Елизовского района */
  name: string | null;
  /** @example https://vk.com/club220000001 */
  url: string | null;
  /** `broken`: the network refused the stored credentials; reconnect the page. @example connected */
  status: PageStatus;
  statusReason: ReasonResponse | null;
  /** What the credentials allow, by name of the capability. @example {"publishText":{"allowed":true}} */
  capabilities: Record<string, CapabilityResponse> | null;
  /** When the network last said that the credentials are good. @example 2026-11-24T09:00:00.000Z */
  checkedAt: Date | null;
  /** When the credentials end unless a person acts; null when they don't end, renew themselves, or nobody knows. @example null */
  credentialsExpireAt: Date | null;
  /** What a person should look at: broken or expiring credentials, renewals and checks that fail. Empty when all is well. */
  attention: AttentionResponse[];
  /** @example 2 */
  version: number;
  /** @example 2026-11-24T09:00:00.000Z */
  createdAt: Date;
  /** @example 2026-11-24T09:00:00.000Z */
  updatedAt: Date;

  static of({ page, credentialsExpireAt, attention }: PageReport): PageResponse {
    const { id, clientId, network, externalId, name, url, status, statusReason, capabilities, checkedAt } = page;
    const { version, createdAt, updatedAt } = page;
    return {
      id,
      clientId,
      network,
      externalId,
      name,
      url,
      status,
      statusReason,
      capabilities,
      checkedAt,
      credentialsExpireAt,
      attention: attention.map(({ code, message }) => ({ code, message })),
      version,
      createdAt,
      updatedAt,
    };
  }
}

export class PagePage {
  data: PageResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}

export class ConnectRequest {
  /**
   * The secrets by name. VK: `communityToken` (needed), `serviceToken`, `userToken`. OK: `applicationKey`,
   * `applicationSecretKey`, `accessToken` (all needed). To renew a token that ends: VK `userRefreshToken`, `userDeviceId`,
   * `userClientId`; OK `refreshToken`, `applicationId`. A secret that is left out keeps its stored value.
   * @example {"communityToken":"vk1.a.token"}
   */
  @IsObject() credentials: Record<string, string>;
  /** When the first of them ends, UTC, if the network said so when it gave them. @example 2027-03-01T00:00:00Z */
  @IsOptional() @Matches(OFFSET, { message: '$property must name its offset' }) @IsDateString({ strict: true }) expiresAt?:
    string | null;

  static request({ credentials, expiresAt }: ConnectRequest): ConnectionRequest {
    return { credentials, expiresAt: expiresAt ? new Date(expiresAt) : undefined };
  }
}

export class ConnectionResponse {
  /** @example 019b76da-a800-7000-8000-00000000000a */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000007 */
  pageId: string;
  /** What each given secret turned out to be, Russian; never the secrets. @example {"communityToken":"ключ сообщества, права: стена"} */
  findings: Record<string, string>;
  /** The member who connected it. @example 019b76da-a800-7000-8000-000000000004 */
  connectedBy: string;
  /** @example 2026-11-24T09:00:00.000Z */
  connectedAt: Date;
  /** When the first of the credentials ends by itself, if anybody knows. @example null */
  expiresAt: Date | null;
  /** When the network last gave new secrets for it without a person. @example null */
  renewedAt: Date | null;
  /** @example null */
  endedAt: Date | null;
  /** @example null */
  endReason: 'replaced' | 'disconnected' | null;

  static of(connection: Connection): ConnectionResponse {
    const { id, pageId, findings, connectedBy, connectedAt, expiresAt, renewedAt, endedAt, endReason } = connection;
    return { id, pageId, findings: { ...findings }, connectedBy, connectedAt, expiresAt, renewedAt, endedAt, endReason };
  }
}

export class ConnectionPage {
  data: ConnectionResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}
