import { describe, expect, it } from '@jest/globals';
import { inRounds } from './rounds.js';

const never = new AbortController().signal;

describe('rounds within a run of a timer', () => {
  it('go on until a round says that nothing is left', async () => {
    const seen: number[] = [];
    await inRounds({ restMs: 1, mostMs: 10_000 }, never, async (number) => seen.push(number) < 3);
    expect(seen).toEqual([0, 1, 2]);
  });

  it('end after their time, and at once when the worker shuts down', async () => {
    let rounds = 0;
    await inRounds({ restMs: 5, mostMs: 20 }, never, async () => (rounds += 1) > 0);
    expect(rounds).toBeGreaterThan(1);
    const control = new AbortController();
    const run = inRounds({ restMs: 60_000, mostMs: 60_000 }, control.signal, async () => true);
    control.abort();
    await run;
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
