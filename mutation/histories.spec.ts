import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { runSeeds } from '../simulation/runner.js';
import { runHistory } from '../simulation/history.js';
import type { Story } from '../simulation/story.js';

const KNOWN = JSON.parse(readFileSync('simulation/seeds.json', 'utf8')) as { flaw: string; story: Story }[];
const AT_A_TIME = 20;
const HISTORIES = 200;

/** A few of the simulation's histories, in small parts, so that the first that goes wrong ends the run. */
describe('the publishing engine keeps its promises', () => {
  it('in the histories that showed a flaw once', async () => {
    for (const { flaw, story } of KNOWN) expect([flaw, (await runHistory(story)).violations]).toEqual([flaw, []]);
  });

  it.each(Array.from({ length: HISTORIES / AT_A_TIME }, (_, part) => part * AT_A_TIME))('in those from %i on', async (from) => {
    const { found } = await runSeeds(from, from + AT_A_TIME);
    expect(found.map(({ story, violations }) => [story.seed, violations])).toEqual([]);
  });
});
