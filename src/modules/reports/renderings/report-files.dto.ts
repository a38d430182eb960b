import { Type } from 'class-transformer';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { IsOmittable } from '../../../platform/http/omittable.decorator.js';
import { RENDERING_FORMATS, type RenderingFormat } from '../rendering.js';

export class ReportFileQuery {
  /** The PDF, if absent. @example xlsx */
  @IsOmittable() @IsIn(RENDERING_FORMATS) format?: RenderingFormat;
  /** The newest, if absent. @example 1 */
  @IsOmittable() @Type(() => Number) @IsInt() @Min(1) @Max(10_000) version?: number;
}
