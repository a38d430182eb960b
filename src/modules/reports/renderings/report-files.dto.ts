import { Type } from 'class-transformer';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { IsOmittable } from '../../../platform/http/omittable.decorator.js';
import { RENDERING_FORMATS, type RenderingFormat } from '../rendering.js';
import type { ReportLink } from './report-files.service.js';

export class ReportFileQuery {
  /** The PDF, if absent. @example xlsx */
  @IsOmittable() @IsIn(RENDERING_FORMATS) format?: RenderingFormat;
  /** The newest, if absent. @example 1 */
  @IsOmittable() @Type(() => Number) @IsInt() @Min(1) @Max(10_000) version?: number;
}

export class ReportLinkRequest {
  /** The newest, if absent. @example 1 */
  @IsOmittable() @IsInt() @Min(1) @Max(10_000) version?: number;
  /** How long it opens. @example 14 */
  @IsInt() @Min(1) @Max(90) days: number;
}

export class ReportLinkResponse {
  /** @example "https://vestnik.example/v1/report-pages/WyIwMTli.c2lnbmF0dXJl" */
  url: string;
  /** @example 2026-12-15T00:00:00.000Z */
  expiresAt: Date;

  static of({ url, expiresAt }: ReportLink): ReportLinkResponse {
    return { url, expiresAt };
  }
}
