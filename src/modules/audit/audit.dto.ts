import { IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '../../platform/http/pagination.js';
import type { AuditEntry } from './audit.js';

export class AuditQuery extends PageQuery {
  /** Only entries about this object. @example 019b76da-a800-7000-8000-000000000001 */
  @IsOptional() @IsUUID() objectId?: string;
  /** Only entries about this client. @example 019b76da-a800-7000-8000-000000000002 */
  @IsOptional() @IsUUID() clientId?: string;
}

export class AuditEntryResponse {
  /** @example 019b76da-a800-7000-8000-000000000003 */
  id: string;
  /** When, UTC. @example 2026-12-01T06:00:00.000Z */
  at: Date;
  /** @example member */
  actorKind: 'member' | 'apiKey' | 'worker';
  /** The member or API key; null for the worker. @example 019b76da-a800-7000-8000-000000000004 */
  actorId: string | null;
  /** What happened. @example contract.signed */
  action: string;
  /** @example contract */
  objectType: string;
  /** @example 019b76da-a800-7000-8000-000000000001 */
  objectId: string;
  /** @example 019b76da-a800-7000-8000-000000000002 */
  clientId: string | null;
  /** What else is worth knowing; no secrets, no personal data. @example {"number":"12-ГК/2026"} */
  details: Record<string, unknown>;
  /** @example 4f5d2c1e-req */
  requestId: string | null;

  static of(entry: AuditEntry): AuditEntryResponse {
    const { id, at, actorKind, actorId, action, objectType, objectId, details, requestId } = entry;
    return {
      id,
      at,
      actorKind,
      actorId,
      action,
      objectType,
      objectId,
      clientId: entry.clientId ?? null,
      details: details ?? {},
      requestId,
    };
  }
}

export class AuditPage {
  data: AuditEntryResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}
