import { runHistory } from './history.js';
import { PLANTED } from './planted.js';
import { type Story, storyOf } from './story.js';

export interface Found {
  readonly story: Story;
  readonly violations: readonly string[];
}

export interface Tally {
  histories: number;
  steps: number;
  ends: Record<string, number>;
  found: Found[];
}

/** Runs the histories of these seeds, with a planted mistake or without. */
export async function runSeeds(from: number, to: number, planted?: string): Promise<Tally> {
  const tally: Tally = { histories: 0, steps: 0, ends: {}, found: [] };
  for (let seed = from; seed < to; seed += 1) {
    const story = storyOf(seed);
    const { violations, ends, steps } = await judged(story, planted);
    tally.histories += 1;
    tally.steps += steps;
    for (const end of ends) tally.ends[end] = (tally.ends[end] ?? 0) + 1;
    if (violations.length > 0) tally.found.push({ story, violations });
  }
  return tally;
}

/**
 * The first seed whose history shows the mistake, or undefined within so many.
 * @param showedIt a seed that showed it before the code's last changes; it is tried first.
 */
export async function hunt(planted: string, most: number, showedIt = 0): Promise<Found | undefined> {
  for (const seed of [showedIt, ...Array(most).keys()]) {
    const story = storyOf(seed);
    const { violations } = await judged(story, planted);
    if (violations.length > 0) return { story, violations };
  }
  return undefined;
}

async function judged(story: Story, planted?: string): ReturnType<typeof runHistory> {
  const plant = planted === undefined ? undefined : PLANTED[planted];
  if (planted !== undefined && !plant) throw new Error(`There is no planted mistake "${planted}"`);
  return runHistory(story, plant && { plant });
}
