import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class KeyUsageQuery {
  /** How many days back, today included. @example 30 */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(366) days?: number = 30;
}

export class KeyDayResponse {
  /** UTC. @example 2026-11-24 */
  day: string;
  /** @example 1440 */
  requests: number;
  /** Of them, those that were beyond the key's limit and got 429. @example 12 */
  refused: number;
}

export class KeyUsageList {
  /** Newest first; a day without a request is absent. */
  data: KeyDayResponse[];
}
