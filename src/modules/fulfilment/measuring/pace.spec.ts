import { describe, expect, it } from '@jest/globals';
import { risk } from './pace.js';

const WEEK = { startsOn: '2026-12-14', endsOn: '2026-12-20', planned: 7, scheduled: 0, bestDay: 1 };

describe('what will be missing', () => {
  it.each<[string, { today: string; done: number; scheduled?: number; bestDay?: number }, number, string | null]>([
    ['nothing is known on the first day', { today: '2026-12-14', done: 0 }, 0, null],
    ['as many as days have passed', { today: '2026-12-17', done: 3 }, 0, null],
    ['one day behind', { today: '2026-12-17', done: 2 }, 5, '2026-12-17'],
    ['behind, but quicker than one a day', { today: '2026-12-17', done: 2, bestDay: 2 }, 5, '2026-12-19'],
    ['behind, and some are scheduled', { today: '2026-12-17', done: 2, scheduled: 3 }, 2, '2026-12-20'],
    ['behind, and all are scheduled', { today: '2026-12-17', done: 2, scheduled: 5 }, 0, null],
    ['it is over', { today: '2026-12-21', done: 2 }, 0, null],
  ])('%s', (_, { done, ...given }, atRisk, impossibleOn) => {
    expect(risk({ ...WEEK, ...given, done, missing: WEEK.planned - done })).toEqual({ atRisk, impossibleOn });
  });
});
