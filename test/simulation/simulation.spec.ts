import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { runHistory } from '../../simulation/history.js';
import { PLANTED } from '../../simulation/planted.js';
import { hunt, runSeeds, type Tally } from '../../simulation/runner.js';
import { shrink } from '../../simulation/shrink.js';
import { type Story, storyOf } from '../../simulation/story.js';

interface Known {
  readonly flaw: string;
  readonly planted?: string;
  readonly story: Story;
}

/** Far fewer than CI runs of the engine itself: a mistake that needs more would be found late. */
const MOST = 10_000;
const MISTAKES = Object.keys(PLANTED);
/** Written by `npm run simulate -- --planted`. Stale ones cost time only: then it is hunted from the first seed on. */
const SHOWED_IT = JSON.parse(readFileSync('simulation/planted-seeds.json', 'utf8')) as Record<string, number>;
const KNOWN = JSON.parse(readFileSync('simulation/seeds.json', 'utf8')) as Known[];

describe('the simulation of the publishing engine', () => {
  let tally: Tally;
  beforeAll(async () => {
    tally = await runSeeds(0, 1_000);
  }, 300_000);

  it('finds nothing wrong with the engine as it is', () => {
    const { histories, found } = tally;
    expect([histories, found.map(({ story, violations }) => [story.seed, violations])]).toEqual([1_000, []]);
  });

  it('reaches every way in which a publication can end', () => {
    const { ends } = tally;
    for (const network of ['vk', 'ok'])
      for (const state of ['published', 'refused', 'held', 'withdrawn', 'deleted'])
        expect(ends[`${network} ${state}`]).toBeGreaterThan(0);
  });

  it.each(MISTAKES)(
    'catches the planted mistake: %s',
    async (planted) => expect(await hunt(planted, MOST, SHOWED_IT[planted])).toBeDefined(),
    600_000,
  );

  it('tells the same seed the same way each time', async () => {
    const tell = async (seed: number): Promise<string[]> => {
      const lines: string[] = [];
      await runHistory(storyOf(seed), { trace: (line) => lines.push(line) });
      return lines;
    };
    for (const seed of [1, 46, 257, 937]) {
      const told = await tell(seed);
      expect(told.length).toBeGreaterThan(3);
      expect(await tell(seed)).toEqual(told);
    }
  });

  it('shrinks a failing history to the faults that it needs', async () => {
    const plant = PLANTED['new guid per attempt']!;
    const { story } = (await hunt('new guid per attempt', MOST, SHOWED_IT['new guid per attempt']))!;
    const small = await shrink(story, { plant });
    expect(small.faults.length).toBeLessThan(story.faults.length);
    expect((await runHistory(small, { plant })).violations).not.toEqual([]);
  }, 300_000);

  it.each(KNOWN)('stays clear of a flaw that it once found: $flaw', async ({ story, planted }) => {
    expect((await runHistory(story)).violations).toEqual([]);
    if (planted !== undefined) expect((await runHistory(story, { plant: PLANTED[planted]! })).violations).not.toEqual([]);
  });
});
