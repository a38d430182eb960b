import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { COLLECTION_NAMES } from './collections/collections.js';

export class ExportName {
  /** Which list. @example contracts */
  @IsIn(COLLECTION_NAMES) collection: string;
}

export class ExportQuery {
  /** `X-Next-Cursor` of the part before; absent: from the beginning. It stays good: go on with it tomorrow. */
  @IsOptional() @IsString() @MaxLength(200) cursor?: string;
  /** How many rows at most. @example 1000 */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(5000) limit?: number = 1000;
  /** @example jsonl */
  @IsOptional() @IsIn(['jsonl', 'csv']) format?: 'jsonl' | 'csv' = 'jsonl';
  /** Of sums in CSV. @example comma */
  @IsOptional() @IsIn(['point', 'comma']) decimal?: 'point' | 'comma' = 'point';
  /** Of CSV. @example utf-8 */
  @IsOptional() @IsIn(['utf-8', 'windows-1251']) encoding?: 'utf-8' | 'windows-1251' = 'utf-8';
}
