import { describe, expect, it } from '@jest/globals';
import { designRefresh } from './design-refresh.js';
import { at, handed, line } from './line.spec-support.js';

const quarter = line(
  { kind: 'designRefresh', count: null, period: 'quarter' },
  { period: { startsOn: '2026-10-01', endsOn: '2026-12-31', fullDays: 92 } },
);

describe('a refresh of the design', () => {
  it.each<[string, number]>([
    ['2026-09-30T23:59', 0],
    ['2026-10-01T00:00', 1],
    ['2026-12-31T23:59', 1],
    ['2027-01-01T00:00', 0],
  ])('counts in the quarter in which it was made: %s', (local, done) => {
    expect(designRefresh.judge(quarter, { designs: [handed('cover', local)] }, at('2027-01-02T00:00'))).toMatchObject({
      ...{ planned: 1, done, missed: 1 - done },
    });
  });
});
