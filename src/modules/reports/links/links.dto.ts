import { IsInt, Max, Min } from 'class-validator';
import { IsOmittable } from '../../../platform/http/omittable.decorator.js';
import type { LinkAddress, ReportLink } from './links.service.js';

export class ReportLinkRequest {
  /** The newest, if absent. @example 1 */
  @IsOmittable() @IsInt() @Min(1) @Max(10_000) version?: number;
  /** How long it opens. @example 14 */
  @IsInt() @Min(1) @Max(90) days: number;
}

export class ReportLinkResponse {
  /** @example 019b76da-a800-7000-8000-000000000054 */
  id: string;
  /** Told this once. @example "https://vestnik.example/v1/report-pages/WyIwMTli.c2lnbmF0dXJl" */
  url: string;
  /** @example 2026-12-15T00:00:00.000Z */
  expiresAt: Date;

  static of({ id, url, expiresAt }: LinkAddress & { readonly id: string }): ReportLinkResponse {
    return { id, url, expiresAt };
  }
}

export class MadeReportLinkResponse {
  /** @example 019b76da-a800-7000-8000-000000000054 */
  id: string;
  /** Of the report. @example 1 */
  version: number;
  /** The member who made it; null of the link of a letter. @example 019b76da-a800-7000-8000-000000000003 */
  madeBy: string | null;
  /** To whom the letter went; null of a link that a member made. @example null */
  recipient: string | null;
  /** @example 2026-12-01T00:00:00.000Z */
  createdAt: Date;
  /** @example 2026-12-15T00:00:00.000Z */
  expiresAt: Date;
  /** How often the page was read through it. @example 3 */
  uses: number;
  /** The last time. @example 2026-12-02T08:30:00.000Z */
  usedAt: Date | null;
  /** Null: it was not taken back. @example null */
  revokedAt: Date | null;
  /** @example null */
  revokedBy: string | null;

  static of(link: ReportLink): MadeReportLinkResponse {
    const { id, number: version, madeBy, recipient, createdAt, expiresAt, uses, usedAt, revokedAt, revokedBy } = link;
    return { id, version, madeBy, recipient, createdAt, expiresAt, uses, usedAt, revokedAt, revokedBy };
  }
}

export class ReportLinkPage {
  data: MadeReportLinkResponse[];
  nextCursor: string | null;
}
