import { describe, expect, it } from '@jest/globals';
import { totalsOf } from './totals.js';

const PERIOD = {
  state: 'open' as const,
  planned: 3,
  done: 1,
  scheduled: 1,
  atRisk: 1,
  impossibleOn: null,
  missed: 0,
  excused: 0,
};

describe('what many periods owe together', () => {
  it('is the sum of those that have a source, and how many have none', () => {
    const silent = { ...PERIOD, state: 'noSource' as const, done: null };
    const late = { ...PERIOD, missed: 1, excused: 1, impossibleOn: '2026-12-19' };
    expect(totalsOf([PERIOD, silent, late, { ...late, impossibleOn: '2026-12-17' }])).toEqual({
      ...{ planned: 9, done: 3, scheduled: 3, atRisk: 3, impossibleOn: '2026-12-17', missed: 2, excused: 2 },
      periodsWithoutSource: 1,
    });
  });
});
