import { describe, expect, it } from '@jest/globals';
import { chanceOf, isDead, isSlow, MOST_TRIES, restAfter, retryAfter } from './retries.js';

describe('tries of a delivery', () => {
  it.each([
    [1, 5],
    [2, 300],
    [3, 1_800],
    [4, 7_200],
    [5, 18_000],
    [6, 36_000],
    [7, 36_000],
    [8, null],
  ])('after %i failures waits %p seconds', (tries, seconds) => {
    expect(retryAfter(tries, 0.5)).toBe(seconds);
  });

  it('goes on for more than a day, whatever chance says', () => {
    const least = Array.from({ length: MOST_TRIES - 1 }, (_, i) => retryAfter(i + 1, 0) ?? 0).reduce((a, b) => a + b, 0);
    expect(least).toBeGreaterThan(22 * 3_600);
    const usual = Array.from({ length: MOST_TRIES - 1 }, (_, i) => retryAfter(i + 1, 0.5) ?? 0).reduce((a, b) => a + b, 0);
    expect(usual).toBeGreaterThan(24 * 3_600);
  });

  it.each([
    ['AAAAAA', 0],
    ['gAAAAA', 0.5],
    ['_____w', 1],
  ])('takes %s for the chance %d', (secret, chance) => {
    expect(chanceOf(secret)).toBeCloseTo(chance);
  });

  it('spreads by a fifth to both sides', () => {
    expect([retryAfter(2, 0), retryAfter(2, 1)]).toEqual([240, 360]);
  });
});

describe('an endpoint that fails', () => {
  it.each([
    [1, 0],
    [2, 0],
    [3, 5],
    [5, 60],
    [6, 300],
    [1_000, 300],
  ])('is left alone after %i failures for %i seconds', (failures, seconds) => {
    expect(restAfter(failures)).toBe(seconds);
  });

  it('is slow when its answer takes longer than a second', () => {
    expect([isSlow(1_000), isSlow(1_001)]).toEqual([false, true]);
  });

  it('is dead after five days', () => {
    expect([isDead(431_999), isDead(432_000)]).toEqual([false, true]);
  });
});
