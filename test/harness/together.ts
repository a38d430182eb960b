import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Loads a share of a folder's specs into one suite, one after the other, each with what it sets up as ever. Alone, each would
 * load and warm up the same thousand files again, which took a third of the whole run's time. `jest.config.mjs` tells when.
 * No hook of such a spec may stand outside its `describe`: it would be everybody's.
 */
export async function together(folder: string, share: number, of: number): Promise<void> {
  const specs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.spec.ts'));
  const ofThisShare = specs
    .filter((name) => !name.includes('-of-'))
    .sort()
    .filter((_, place) => place % of === share - 1);
  for (const spec of ofThisShare) await import(resolve(folder, spec));
}
