import { describe, expect, it } from '@jest/globals';
import { answeredShare } from './answered-share.js';
import { AFTER, at, line, share } from './line.spec-support.js';

const answered = line({ kind: 'answeredShare', count: null, percent: 95 });

describe('the share of answered questions', () => {
  it.each<[number, number, number | null, number]>([
    [95, 100, 95, 1],
    [9_496, 10_000, 94.9, 0],
    [94_999, 100_000, 94.9, 0],
    [0, 0, null, 1],
    [0, 3, 0, 0],
  ])('%i of %i', (part, whole, measured, done) => {
    const result = answeredShare.judge(answered, { answers: [share('day', part, whole)] }, AFTER);
    expect(result).toMatchObject({ planned: 1, done, missed: 1 - done, measured });
  });

  it('is at risk while its period runs, and missed afterwards', () => {
    const answers = [share('a', 1, 2), share('b', 3, 4)];
    expect(answeredShare.judge(answered, { answers }, at('2026-12-17T00:00'))).toMatchObject({
      state: 'atRisk',
      missed: 0,
      measured: 66.6,
    });
    expect(answeredShare.judge(answered, { answers }, AFTER)).toMatchObject({ state: 'missed', missed: 1 });
  });

  it('is excused when all of its days are', () => {
    const judge = (until: string) => {
      const excuses = [{ requirement: null, from: '2026-12-14', until }];
      return answeredShare.judge({ ...answered, excuses }, { answers: [share('a', 1, 2)] }, AFTER).excused;
    };
    expect([judge('2026-12-19'), judge('2026-12-20')]).toEqual([0, 1]);
  });
});
