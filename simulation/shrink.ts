import type { Options } from './history.js';
import { runHistory } from './history.js';
import type { Story } from './story.js';

/** Leaves out whatever the violation does not need, one thing at a time, until nothing more can go. */
export async function shrink(story: Story, options: Options = {}): Promise<Story> {
  let smallest = story;
  for (let changed = true; changed;) {
    changed = false;
    for (const fault of smallest.faults) {
      const without = { ...smallest, faults: smallest.faults.filter((other) => other !== fault) };
      if ((await runHistory(without, options)).violations.length === 0) continue;
      smallest = without;
      changed = true;
    }
  }
  return smallest;
}
