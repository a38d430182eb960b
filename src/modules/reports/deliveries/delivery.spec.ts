import { describe, expect, it } from '@jest/globals';
import { afterTry, MOST_TRIES, waitSeconds } from './delivery.js';

describe('a letter with a report', () => {
  it.each([
    ['sent', 1, 'sent'],
    ['refused', 1, 'refused'],
    ['unclear', 1, 'unclear'],
    ['later', 1, 'queued'],
    ['later', MOST_TRIES - 1, 'queued'],
    ['later', MOST_TRIES, 'refused'],
  ] as const)('after the answer "%s" of try %i is %s', (kind, tries, state) => {
    expect(afterTry(kind, tries)).toBe(state);
  });

  it('is tried for longer than a server is usually away, ever more rarely', () => {
    const waits = Array.from({ length: MOST_TRIES - 1 }, (_, i) => waitSeconds(i + 1));
    expect(waits.slice(0, 3)).toEqual([300, 600, 1_200]);
    expect(waits.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(20 * 3_600);
  });
});
