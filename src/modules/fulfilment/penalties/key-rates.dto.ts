import { IsInt, Max, Min } from 'class-validator';
import { IsDay } from '../../../platform/http/text.decorators.js';
import type { EnteredRate } from './key-rate.store.js';

export class KeyRateDay {
  /** First day of the rate. @example 2026-10-26 */
  @IsDay() from: string;
}

export class KeyRateRequest {
  /** Hundredths of a percent: 1650 is 16.50 %. @example 1650 */
  @IsInt() @Min(0) @Max(100_000) percentHundredths: number;
}

export class KeyRateResponse {
  /** First day on which it holds; until the next one. @example 2026-10-26 */
  from: string;
  /** Hundredths of a percent. @example 1650 */
  percentHundredths: number;
  /** @example 019b76da-a800-7000-8000-000000000004 */
  setBy: string;
  /** @example 2026-11-24T09:00:00.000Z */
  setAt: Date;

  static of({ from, basisPoints, setBy, setAt }: EnteredRate): KeyRateResponse {
    return { from, percentHundredths: basisPoints, setBy, setAt };
  }
}

export class KeyRateList {
  data: KeyRateResponse[];
}
