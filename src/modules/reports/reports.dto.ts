import { Type } from 'class-transformer';
import { IsIn, IsInt, IsUUID, Max, Min } from 'class-validator';
import { IsOmittable } from '../../platform/http/omittable.decorator.js';
import { PageQuery } from '../../platform/http/pagination.js';
import { IsDay, IsText } from '../../platform/http/text.decorators.js';
import type { Rendering, RenderingFormat, RenderingState } from './rendering.js';
import { type Letters, REPORT_STATES, type ReportKind, type ReportState } from './report.js';
import type { ReportWithProgress, VersionWithFiles } from './reports.service.js';

export class ReportRequest {
  /** @example 019b76da-a800-7000-8000-000000000008 */
  @IsUUID() contractId: string;
  /** First day of the period, in the client's zone. @example 2026-11-01 */
  @IsDay() startsOn: string;
  /** Last day, which must be over. @example 2026-11-30 */
  @IsDay() endsOn: string;
}

export class ReportsQuery extends PageQuery {
  /** Of one client. @example 019b76da-a800-7000-8000-000000000002 */
  @IsOmittable() @IsUUID() clientId?: string;
  /** Of one contract. @example 019b76da-a800-7000-8000-000000000008 */
  @IsOmittable() @IsUUID() contractId?: string;
  /** How far they are. @example failed */
  @IsOmittable() @IsIn(REPORT_STATES) state?: ReportState;
  /** Whose period ends on this day or later. @example 2026-11-01 */
  @IsOmittable() @IsDay() from?: string;
  /** Whose period begins on this day or earlier. @example 2026-11-30 */
  @IsOmittable() @IsDay() until?: string;
}

export class ReportVersionQuery {
  /** The newest, if absent. @example 1 */
  @IsOmittable() @Type(() => Number) @IsInt() @Min(1) @Max(10_000) version?: number;
}

export class ReportCorrectionRequest {
  /** Why there is to be another version. @example "Указан автор публикации, размещённой вручную" */
  @IsText(3, 1000) reason: string;
}

export class ReportLettersResponse implements Letters {
  /** Queued, or on their way. @example 0 */
  waiting: number;
  /** Taken by the recipient's server. @example 1 */
  sent: number;
  /** Not taken: `GET …/deliveries` says why. @example 0 */
  refused: number;
  /** Handed over without an answer; never sent again by themselves. @example 0 */
  unclear: number;
}

export class ReportResponse {
  /** @example 019b76da-a800-7000-8000-000000000051 */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000002 */
  clientId: string;
  /** @example 019b76da-a800-7000-8000-000000000008 */
  contractId: string;
  /** Who wanted it: a person, or a schedule. @example monthly */
  kind: ReportKind;
  /** @example 2026-11-01 */
  startsOn: string;
  /** @example 2026-11-30 */
  endsOn: string;
  /** @example ready */
  state: ReportState;
  /** How many versions are frozen; they stay readable. @example 1 */
  versions: number;
  /** The version that is being made, or was made last. @example 1 */
  wanted: number;
  /** Why that version is wanted; null of the first. @example null */
  wantedReason: string | null;
  /** How much of that version is done, files included, in percent. @example 100 */
  progress: number;
  /** The letters with the newest version. */
  letters: ReportLettersResponse;
  /** Why it could not be made. @example null */
  failure: string | null;
  /** @example 2026-12-01T00:00:00.000Z */
  createdAt: Date;
  /** @example 2026-12-01T00:00:05.000Z */
  updatedAt: Date;

  static of(report: ReportWithProgress): ReportResponse {
    const { id, clientId, contractId, kind, startsOn, endsOn, state, versions, wanted, wantedReason, failure } = report;
    const { progress, letters, createdAt, updatedAt } = report;
    return {
      ...{ id, clientId, contractId, kind, startsOn, endsOn, state, versions, wanted, wantedReason, failure },
      ...{ progress, letters, createdAt, updatedAt },
    };
  }
}

export class ReportPageResponse {
  data: ReportResponse[];
  nextCursor: string | null;
}

export class ReportFileResponse {
  /** @example pdf */
  format: RenderingFormat;
  /** @example ready */
  state: RenderingState;
  /** @example 98304 */
  bytes: number | null;
  /** Of the file. @example 60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752 */
  sha256: string | null;

  static of({ format, state, bytes, sha256 }: Rendering): ReportFileResponse {
    return { format, state, bytes, sha256 };
  }
}

export class ReportVersionResponse {
  /** @example 1 */
  number: number;
  /** Why there is this version; null of the first. @example null */
  reason: string | null;
  /** Of the document's bytes. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  sha256: string;
  /** What made it. @example "vestnik-reports/1" */
  generator: string;
  /** What became known later is not in it. @example 2026-12-01T00:00:04.000Z */
  cutOffAt: Date;
  /** @example 2026-12-01T00:00:05.000Z */
  frozenAt: Date;
  /** Made of the document alone. */
  files: ReportFileResponse[];

  static of({ number, reason, sha256, generator, cutOffAt, frozenAt, files }: VersionWithFiles): ReportVersionResponse {
    return { number, reason, sha256, generator, cutOffAt, frozenAt, files: files.map(ReportFileResponse.of) };
  }
}

export class ReportVersionList {
  /** Newest first. */
  data: ReportVersionResponse[];
}
