import { describe, expect, it } from '@jest/globals';
import { fineFor, type InterestBasis, interestOn, percent } from './reckoning.js';

const RATES = [
  { from: '2026-02-16', basisPoints: 1_550 },
  { from: '2026-03-23', basisPoints: 1_500 },
];
const PART = { kopecks: 30_000_000n, dueOn: '2026-03-19', performedOn: '2026-03-25' };
const interest = (changes: Partial<InterestBasis> = {}) =>
  interestOn({ words: 'Оплата', parts: [PART], divisor: 300, rates: RATES, today: '2026-04-01', doubts: [], ...changes });

describe('late interest', () => {
  it('takes the rate of the day of performance for all days, and shows the rates of each', () => {
    const reckoned = interest()!;
    expect(reckoned.kopecks).toBe(90_000n);
    expect(reckoned.reckoning.calculation).toBe('300\u00a0000,00 × 6 дн. × 15,00 % ÷ 300 = 900,00 руб.');
    expect(reckoned.reckoning.rates).toEqual([
      { from: '2026-03-20', until: '2026-03-22', basisPoints: 1_550 },
      { from: '2026-03-23', until: '2026-03-25', basisPoints: 1_500 },
    ]);
  });

  it('of what is not performed runs until today, and says so', () => {
    const { kopecks, reckoning } = interest({ parts: [{ ...PART, performedOn: null }] })!;
    expect(kopecks).toBe(195_000n);
    expect(reckoning.parts).toMatchObject([{ days: 13, rateOn: '2026-04-01' }]);
    expect(reckoning.doubts.join()).toContain('Просрочка продолжается');
  });

  it('adds up parts that came on different days', () => {
    const parts = [PART, { ...PART, kopecks: 10_000_000n, performedOn: '2026-03-20' }];
    expect(interest({ parts })).toMatchObject({ kopecks: 95_167n, reckoning: { parts: [{ days: 6 }, { days: 1 }] } });
  });

  it('has no sum while nobody has entered the rate, and names the day', () => {
    const { kopecks, reckoning } = interest({ rates: [] })!;
    expect(kopecks).toBeNull();
    expect(reckoning.doubts[0]).toBe('Ключевая ставка на 25.03.2026 не внесена: без неё сумма не рассчитана.');
    expect(reckoning.calculation).toContain('ставка не внесена');
  });

  it('takes the part of the rate that the contract names', () => {
    expect(interest({ divisor: 150 })?.kopecks).toBe(180_000n);
  });

  it('is none of what came on the last day', () => {
    expect(interest({ parts: [{ ...PART, performedOn: '2026-03-19' }] })).toBeUndefined();
    expect(interest({ parts: [{ ...PART, dueOn: '2026-04-01', performedOn: null }] })).toBeUndefined();
  });

  it('prints a rate with its fraction', () => {
    expect([1_650, 5, 2_100].map(percent)).toEqual(['16,50 %', '0,05 %', '21,00 %']);
  });
});

describe('a fine', () => {
  it('follows from the price, and names what it would be for a duty with a value', () => {
    const { kopecks, reckoning } = fineFor({ words: 'x', fineKopecks: null, priceKopecks: 100_000_000n, doubts: ['Сомнение'] });
    expect(kopecks).toBe(100_000n);
    expect(reckoning.doubts[0]).toBe('Сомнение');
    expect(reckoning.doubts[1]).toContain('100\u00a0000,00 руб. по пункту 3');
    expect(reckoning.doubts[1]).toContain('5\u00a0000,00 руб. по пункту 4');
  });

  it('is what the contract says, where it does', () => {
    const { kopecks, reckoning } = fineFor({ words: 'x', fineKopecks: 500n, priceKopecks: 1n, doubts: [] });
    expect([kopecks, reckoning.doubts]).toEqual([500n, []]);
  });
});
