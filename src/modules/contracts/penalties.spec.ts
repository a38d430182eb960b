import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Duty, fixedFine, keyRateOn, lateInterest } from './penalties.js';

const RATES = [
  { from: '2025-09-15', basisPoints: 1_700 },
  { from: '2025-10-27', basisPoints: 1_650 },
  { from: '2025-07-28', basisPoints: 1_800 },
];

describe('the key rate', () => {
  it.each([
    ['2025-07-27', undefined],
    ['2025-07-28', 1_800],
    ['2025-09-14', 1_800],
    ['2025-09-15', 1_700],
    ['2025-10-26', 1_700],
    ['2026-03-01', 1_650],
  ])('on %s is %p hundredths of a percent, in whatever order the rates were told', (day, basisPoints) => {
    expect(keyRateOn(RATES, day)?.basisPoints).toBe(basisPoints);
  });
});

describe('late interest', () => {
  it.each<[string, bigint, string, string, number, number, bigint]>([
    ['of five days at 16 %', 10_000_000n, '2026-03-10', '2026-03-15', 1_600, 5, 26_667n],
    ['of five days at 17 %', 10_000_000n, '2026-03-10', '2026-03-15', 1_700, 5, 28_333n],
    ['at a rate with a fraction', 10_000_000n, '2026-03-10', '2026-03-11', 1_650, 1, 5_500n],
    ['over 29 February', 10_000_000n, '2028-02-28', '2028-03-01', 1_500, 2, 10_000n],
    ['over the turn of a year', 30_000_000n, '2026-12-31', '2027-01-01', 1_000, 1, 10_000n],
    ['of what came on the last day', 10_000_000n, '2026-03-10', '2026-03-10', 1_600, 0, 0n],
    ['of what came before', 10_000_000n, '2026-03-10', '2026-03-01', 1_600, 0, 0n],
    ['of half a kopeck goes up', 1_500_000n, '2026-03-10', '2026-03-11', 1, 1, 1n],
  ])('%s', (_, unperformedKopecks, dueOn, performedOn, basisPoints, days, kopecks) => {
    const keyRate = { from: '2025-01-01', basisPoints };
    expect(lateInterest({ unperformedKopecks, dueOn, performedOn, keyRate })).toMatchObject({ days, kopecks });
  });

  it('is never less for a longer delay', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 13n }), fc.integer({ min: 0, max: 300 }), (unperformedKopecks, days) => {
        const until = (count: number) => new Date(Date.UTC(2026, 0, 1 + count)).toISOString().slice(0, 10);
        const of = (count: number) =>
          lateInterest({ unperformedKopecks, dueOn: '2026-01-01', performedOn: until(count), keyRate: RATES[0]! });
        expect(of(days + 1).kopecks >= of(days).kopecks).toBe(true);
      }),
    );
  });
});

describe('a fixed fine', () => {
  it.each<[Duty, bigint, bigint]>([
    ['nonMonetary', 300_000_000n, 100_000n],
    ['nonMonetary', 300_000_001n, 500_000n],
    ['nonMonetary', 5_000_000_000n, 500_000n],
    ['nonMonetary', 10_000_000_000n, 1_000_000n],
    ['nonMonetary', 10_000_000_001n, 10_000_000n],
    ['monetary', 300_000_000n, 30_000_000n],
    ['monetary', 400_000_000n, 20_000_000n],
    ['monetary', 6_000_000_000n, 60_000_000n],
    ['monetary', 20_000_000_000n, 100_000_000n],
    ['monetary', 2_000_000_000_000n, 2_000_000_000n],
    ['smallBusiness', 5_000_000n, 100_000n],
    ['smallBusiness', 20_000_000n, 200_000n],
    ['smallBusiness', 249_800_000n, 500_000n],
  ])('for a %s duty of a contract of %i kopecks is %i', (duty, price, fine) => {
    expect(fixedFine(duty, price)).toBe(fine);
  });
});
