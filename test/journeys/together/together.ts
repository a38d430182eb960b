import { readdirSync } from 'node:fs';

const JOURNEYS = new URL('../', import.meta.url);

/**
 * Loads a share of the journeys into one suite, one after the other, each with a system of its own as ever. Alone, each would
 * load and warm up the same thousand files again, which took a third of the whole run's time. `jest.config.js` tells when.
 */
export async function together(share: number, of: number): Promise<void> {
  const files = readdirSync(JOURNEYS)
    .filter((name) => name.endsWith('.spec.ts'))
    .sort()
    .filter((_, place) => place % of === share - 1);
  for (const file of files) await import(new URL(file, JOURNEYS).pathname);
}
