import { describe, expect, it } from '@jest/globals';
import { decisionsFrom, PENALTY_STATES, type PenaltyState } from './proposal.js';

const ALLOWED: Record<PenaltyState, readonly string[]> = {
  ...{ open: ['charged', 'waived', 'contested'], contested: ['charged', 'waived'] },
  ...{ charged: [], waived: [], lapsed: [] },
};

describe('a proposal of a penalty', () => {
  it.each(PENALTY_STATES)('that is %s is decided only where it is not decided yet', (state) => {
    expect(decisionsFrom(state)).toEqual(ALLOWED[state]);
  });
});
