import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { ClockGuard } from './clock-guard.service.js';
import { WHO } from './publishing.spec-support.js';

/** Looks at these readings of both clocks, in seconds, one after the other, in doubt where it says so. */
async function looked(
  ...readings: [database: number, monotonic: number, doubt?: 'in doubt'][]
): Promise<[boolean[], unknown[][]]> {
  const told = new Recorder();
  let monotonic = 0;
  const clock = { now: () => new Date(0), monotonicMs: () => monotonic * 1_000 };
  const guard = new ClockGuard(clock, told.port('store'));
  const trusted: boolean[] = [];
  await told.work.forTenant(WHO.scope, async (tx) => {
    for (const [database, since, doubt] of readings) {
      monotonic = since;
      trusted.push(await guard.trusts(tx, { epochMs: database * 1_000, inDoubt: doubt === 'in doubt' }));
    }
  });
  return [trusted, told.calls.slice(1, -1)];
}

describe('the clock that decides what is due', () => {
  it('is trusted while it goes along with one that nobody sets, and nothing is written', async () => {
    expect(await looked([1_000, 0], [1_010, 10], [1_600, 600])).toEqual([[true, true, true], []]);
  });

  it('is doubted from the moment that it jumps, by how much', async () => {
    expect(await looked([1_000, 0], [4_610, 10])).toEqual([[true, false], [['store.doubtClock', 3_600]]]);
    expect(await looked([9_000, 0], [5_410, 10])).toEqual([[true, false], [['store.doubtClock', -3_600]]]);
  });

  it('is trusted again once it has jumped back, which is written too', async () => {
    const [trusted, written] = await looked(
      [1_000, 0],
      [4_610, 10],
      [4_800, 200, 'in doubt'],
      [1_210, 210, 'in doubt'],
      [1_220, 220],
    );
    expect(trusted).toEqual([true, false, true, false, true]);
    expect(written).toEqual([['store.doubtClock', 3_600], ['store.confirmReturned']]);
  });

  it('is doubted when it jumps back after an operator said that it is right as it is', async () => {
    const [trusted, written] = await looked([1_000, 0], [4_610, 10], [4_800, 200], [1_210, 210]);
    expect(trusted).toEqual([true, false, true, false]);
    expect(written).toEqual([
      ['store.doubtClock', 3_600],
      ['store.doubtClock', -3_600],
    ]);
  });
});
