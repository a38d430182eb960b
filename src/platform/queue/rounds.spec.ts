import { describe, expect, it } from '@jest/globals';
import { inRounds } from './rounds.js';

const never = new AbortController().signal;

describe('rounds within a run of a timer', () => {
  it('go on until a round says that nothing is left', async () => {
    const seen: number[] = [];
    const left = await inRounds({ restMs: 1, mostMs: 10_000 }, never, async (number) => seen.push(number) < 3);
    expect([seen, left]).toEqual([[0, 1, 2], false]);
  });

  it('end after their time, and at once when the worker shuts down, and say that something is left', async () => {
    let rounds = 0;
    expect(await inRounds({ restMs: 5, mostMs: 20 }, never, async () => (rounds += 1) > 0)).toBe(true);
    expect(rounds).toBeGreaterThan(1);
    const control = new AbortController();
    const run = inRounds({ restMs: 60_000, mostMs: 60_000 }, control.signal, async () => true);
    control.abort();
    expect(await run).toBe(true);
  });

  it('rest at least as long as the work took', async () => {
    const began = performance.now();
    await inRounds({ restMs: 1, mostMs: 10_000 }, never, async (number) => {
      await new Promise((resolve) => setTimeout(resolve, 40));
      return number === 0;
    });
    expect(performance.now() - began).toBeGreaterThan(110);
  });
});
