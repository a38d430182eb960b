import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { roundedQuotient, vatIncluded, type VatMode, vatOnTop, vatPercent } from './vat.js';

describe('VAT', () => {
  it.each<[VatMode, string, number | null]>([
    ['standard', '2018-12-31', 18],
    ['standard', '2019-01-01', 20],
    ['standard', '2025-12-31', 20],
    ['standard', '2026-01-01', 22],
    ['reduced', '2026-01-01', 10],
    ['zero', '2026-01-01', 0],
    ['simplified5', '2024-12-31', null],
    ['simplified5', '2025-01-01', 5],
    ['simplified7', '2026-06-30', 7],
    ['simplifiedExempt', '2026-01-01', null],
    ['professionalIncome', '2026-01-01', null],
  ])('of %s for services of %s is %p %%', (mode, day, percent) => {
    expect(vatPercent(mode, day)).toBe(percent);
  });

  it.each<[bigint, number | null, bigint]>([
    [12_200_000n, 22, 2_200_000n],
    [12_000_000n, 20, 2_000_000n],
    [100n, 22, 18n],
    // 0.5 of a kopeck goes up: 3 / 6.
    [3n, 20, 1n],
    [8_333_337n, 22, 1_502_733n],
    [1n, 22, 0n],
    [12_200_000n, 0, 0n],
    [12_200_000n, null, 0n],
  ])('inside %i kopecks at %p %% is %i', (gross, percent, vat) => {
    expect(vatIncluded(gross, percent)).toBe(vat);
  });

  it.each<[bigint, number | null, bigint]>([
    [10_000_000n, 22, 2_200_000n],
    [25n, 22, 6n],
    [10_000_000n, null, 0n],
  ])('on top of %i kopecks at %p %% is %i', (net, percent, vat) => {
    expect(vatOnTop(net, percent)).toBe(vat);
  });

  it('put on top and taken out again is the same to the kopeck', () => {
    const rates = fc.constantFrom(0, 5, 7, 10, 20, 22, null);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), rates, (net, percent) => {
        const vat = vatOnTop(net, percent);
        expect(vatIncluded(net + vat, percent)).toBe(vat);
      }),
    );
  });

  it('is rounded to the nearest kopeck, a half up', () => {
    expect([0n, 1n, 2n, 3n, 4n, 5n].map((sum) => roundedQuotient(sum, 4n))).toEqual([0n, 0n, 1n, 1n, 1n, 1n]);
  });
});
