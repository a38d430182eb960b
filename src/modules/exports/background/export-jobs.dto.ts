import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsOmittable } from '../../../platform/http/omittable.decorator.js';
import { COLLECTION_NAMES } from '../collections/collections.js';
import {
  EXPORT_FORMATS,
  type ExportFailure,
  type ExportFormat,
  type ExportJob,
  type ExportJobState,
  type ExportOrder,
  percentOf,
} from './export-job.js';
import type { ExportLink } from './export-files.service.js';

export class ExportedCollectionRequest {
  /** @example contracts */
  @IsIn(COLLECTION_NAMES) name: string;
  /** Where it went on after the export or the part before; absent: from the beginning. @example null */
  @IsOptional() @IsString() @MaxLength(200) cursor?: string | null;
}

export class ExportJobRequest {
  /** Each once. JSON Lines and CSV hold one; a workbook has a sheet for each. @example [{"name": "contracts"}] */
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ExportedCollectionRequest)
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  collections: ExportedCollectionRequest[];
  /** @example xlsx */
  @IsIn(EXPORT_FORMATS) format: ExportFormat;
  /** Of CSV; `utf-8`, if absent. @example utf-8 */
  @IsOmittable() @IsIn(['utf-8', 'windows-1251']) encoding?: 'utf-8' | 'windows-1251';
  /** Of sums in CSV; `point`, if absent. @example comma */
  @IsOmittable() @IsIn(['point', 'comma']) decimal?: 'point' | 'comma';

  static order({ collections, format, encoding = 'utf-8', decimal = 'point' }: ExportJobRequest): ExportOrder {
    const names = collections.map(({ name }) => name);
    return { collections: names, cursors: collections.map(({ cursor }) => cursor ?? null), format, encoding, decimal };
  }
}

export class ExportedCollectionResponse {
  /** @example contracts */
  name: string;
  /** Where it began; null: at the beginning. @example null */
  cursor: string | null;
  /** Where to go on, with another export or with `GET /v1/exports/{collection}`; null until the file is there. @example null */
  nextCursor: string | null;
}

export class ExportJobResponse {
  /** @example 019b76da-a800-7000-8000-000000000071 */
  id: string;
  collections: ExportedCollectionResponse[];
  /** @example xlsx */
  format: ExportFormat;
  /** @example utf-8 */
  encoding: 'utf-8' | 'windows-1251';
  /** @example point */
  decimal: 'point' | 'comma';
  /** `queued`: waits for its turn · `running` · `ready`: fetch it · `failed` · `cancelled` · `expired`: its file is gone. @example ready */
  state: ExportJobState;
  /** Of the work. @example 100 */
  percent: number;
  /** Rows that are in the file so far. @example 120 */
  rowsWritten: number;
  /** How many there will be, as far as could be told at the beginning; null: not begun. @example 120 */
  rowsEstimated: number | null;
  /** @example 98304 */
  bytes: number | null;
  /** Of the file. @example 60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752 */
  sha256: string | null;
  /** Why there is no file: who ordered it may not read it any more, or no try worked. @example null */
  failure: ExportFailure | null;
  /** @example 2026-11-24T09:00:00.000Z */
  createdAt: Date;
  /** @example 2026-11-24T09:00:01.000Z */
  startedAt: Date | null;
  /** @example 2026-11-24T09:00:05.000Z */
  endedAt: Date | null;
  /** When its file is removed. @example 2026-12-01T09:00:05.000Z */
  expiresAt: Date | null;

  static of(job: ExportJob): ExportJobResponse {
    const { id, format, encoding, decimal, state, rowsWritten, rowsEstimated, bytes, sha256, failure } = job;
    const { createdAt, startedAt, endedAt, expiresAt } = job;
    const collections = job.collections.map((name, i) => ({
      ...{ name, cursor: job.cursors[i] ?? null, nextCursor: job.nextCursors?.[i] ?? null },
    }));
    return {
      ...{ id, collections, format, encoding, decimal, state, percent: percentOf(job), rowsWritten, rowsEstimated },
      ...{ bytes, sha256, failure, createdAt, startedAt, endedAt, expiresAt },
    };
  }
}

export class ExportJobPage {
  data: ExportJobResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}

export class ExportLinkRequest {
  /** How long it opens, unless the file is removed before. @example 24 */
  @IsInt() @Min(1) @Max(168) hours: number;
}

export class ExportLinkResponse {
  /** @example "https://vestnik.example/v1/export-files/WyIwMTli.c2lnbmF0dXJl" */
  url: string;
  /** @example 2026-11-25T09:00:00.000Z */
  expiresAt: Date;

  static of({ url, expiresAt }: ExportLink): ExportLinkResponse {
    return { url, expiresAt };
  }
}
