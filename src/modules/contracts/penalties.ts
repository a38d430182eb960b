import { Temporal } from 'temporal-polyfill';
import { roundedQuotient } from './vat.js';

/** What an unfulfilled duty costs under 44-FZ (art. 34) and decree 1042 of 30.08.2017. Proposals: a person decides. */

/** The Bank of Russia's key rate from a day on. */
export interface KeyRate {
  /** `YYYY-MM-DD`. */
  readonly from: string;
  /** Hundredths of a percent: 1650 is 16.50 %. */
  readonly basisPoints: number;
}

/** The rate in force on a day, or undefined when nobody has told the rates of that time. */
export function keyRateOn(rates: readonly KeyRate[], day: string): KeyRate | undefined {
  return rates.reduce<KeyRate | undefined>(
    (best, rate) => (rate.from <= day && (!best || rate.from >= best.from) ? rate : best),
    undefined,
  );
}

export interface Lateness {
  /** The part that was not performed in time, in kopecks. */
  readonly unperformedKopecks: bigint;
  /** The last day on which it would have been in time, `YYYY-MM-DD`. */
  readonly dueOn: string;
  /** The day of performance, which counts as late itself. */
  readonly performedOn: string;
  /** The rate on the day on which the interest is paid (44-FZ, art. 34 parts 5 and 7), not on the days of the delay. */
  readonly keyRate: KeyRate;
  /** The part of the rate for a day; 300 if absent, as 44-FZ has it. A contract under another law may name its own. */
  readonly divisor?: number;
}

/** With everything that it was computed from, so that a person can check it on paper. */
export interface LateInterest extends Lateness {
  readonly days: number;
  readonly kopecks: bigint;
}

/** 1/300, or another part, of the key rate of what is unperformed, for each day of the delay; rounded half up once, at the end. */
export function lateInterest(lateness: Lateness): LateInterest {
  const { dueOn, performedOn, unperformedKopecks, keyRate, divisor = 300 } = lateness;
  const days = Math.max(0, Temporal.PlainDate.from(dueOn).until(performedOn).days);
  const dividend = unperformedKopecks * BigInt(days) * BigInt(keyRate.basisPoints);
  return { ...lateness, days, kopecks: roundedQuotient(dividend, 10_000n * BigInt(divisor)) };
}

/**
 * `nonMonetary`: a duty without a value in money (decree 1042, p. 6). `monetary`: one with a value (p. 3).
 * `smallBusiness`: one with a value, in a purchase from small business (p. 4).
 */
export const DUTIES = ['nonMonetary', 'monetary', 'smallBusiness'] as const;
export type Duty = (typeof DUTIES)[number];

const MILLION = 100_000_000n;

/** Up to and including so many kopecks of price, kopecks of fine. */
const NON_MONETARY: readonly (readonly [bigint, bigint])[] = [
  [3n * MILLION, 100_000n],
  [50n * MILLION, 500_000n],
  [100n * MILLION, 1_000_000n],
];
const NON_MONETARY_ABOVE = 10_000_000n;

/** Up to and including so many kopecks of price, hundredths of a percent of it. */
const MONETARY: readonly (readonly [bigint, bigint])[] = [
  [3n * MILLION, 1_000n],
  [50n * MILLION, 500n],
  [100n * MILLION, 100n],
  [500n * MILLION, 50n],
  [1_000n * MILLION, 40n],
  [2_000n * MILLION, 30n],
  [5_000n * MILLION, 25n],
  [10_000n * MILLION, 20n],
];
const MONETARY_ABOVE = 10n;

/** A fine of fixed size, in kopecks. @param priceKopecks of the contract, or of the stage when it has stages */
export function fixedFine(duty: Duty, priceKopecks: bigint): bigint {
  const step = (steps: typeof MONETARY, above: bigint): bigint => steps.find(([upTo]) => priceKopecks <= upTo)?.[1] ?? above;
  if (duty === 'nonMonetary') return step(NON_MONETARY, NON_MONETARY_ABOVE);
  if (duty === 'monetary') return roundedQuotient(priceKopecks * step(MONETARY, MONETARY_ABOVE), 10_000n);
  const onePercent = roundedQuotient(priceKopecks, 100n);
  if (onePercent < 100_000n) return 100_000n;
  return onePercent > 500_000n ? 500_000n : onePercent;
}
