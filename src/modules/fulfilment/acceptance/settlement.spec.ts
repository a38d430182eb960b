import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSettled, slicesOf } from './settlement.js';

const rounds = (...kopecks: bigint[]) => kopecks.map((acceptedKopecks, i) => ({ number: i + 1, acceptedKopecks }));

describe('payments', () => {
  it('settle what was accepted first, by their days and not as they were recorded', () => {
    const payments = [
      { paidOn: '2026-03-20', kopecks: 60n },
      { paidOn: '2026-03-10', kopecks: 70n },
    ];
    expect(slicesOf(rounds(100n, 50n), payments)).toEqual([
      { round: 1, kopecks: 70n, paidOn: '2026-03-10' },
      { round: 1, kopecks: 30n, paidOn: '2026-03-20' },
      { round: 2, kopecks: 30n, paidOn: '2026-03-20' },
      { round: 2, kopecks: 20n, paidOn: null },
    ]);
  });

  it('settle nothing of a round that accepted nothing', () => {
    expect(slicesOf(rounds(0n), [])).toEqual([]);
    expect(isSettled([])).toBe(false);
  });

  it('lose no kopeck', () => {
    const sums = fc.array(fc.bigInt({ min: 1n, max: 1_000n }), { maxLength: 6 });
    fc.assert(
      fc.property(sums, sums, (accepted, paid) => {
        const payments = paid.map((kopecks, i) => ({ paidOn: `2026-03-${10 + i}`, kopecks }));
        const slices = slicesOf(rounds(...accepted), payments);
        const sum = (list: readonly bigint[]) => list.reduce((total, one) => total + one, 0n);
        expect(sum(slices.map(({ kopecks }) => kopecks))).toBe(sum(accepted));
        const settled = sum(slices.filter(({ paidOn }) => paidOn).map(({ kopecks }) => kopecks));
        expect(settled).toBe(sum(paid) < sum(accepted) ? sum(paid) : sum(accepted));
      }),
    );
  });
});
