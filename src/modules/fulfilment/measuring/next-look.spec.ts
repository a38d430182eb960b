import { describe, expect, it } from '@jest/globals';
import { at, line } from './line.spec-support.js';
import { nextLook } from './next-look.js';

const decidedAt = at('2026-12-21T00:00');

describe('when time alone may change a result', () => {
  it.each<[string, string, Date | null, Date | null]>([
    ['before the period begins: when it does', '2026-12-01T12:00', null, at('2026-12-14T00:00')],
    ['while it runs: at midnight', '2026-12-15T12:00', null, at('2026-12-16T00:00')],
    ['at a term of its own, when that comes first', '2026-12-15T12:00', at('2026-12-15T13:00'), at('2026-12-15T13:00')],
    ['when it is decided: never', '2026-12-21T00:00', null, null],
  ])('%s', (_, now, nextDueAt, next) => {
    expect(nextLook(line(), { state: 'open', decidedAt, nextDueAt }, at(now))).toEqual(next);
  });

  it('is not every midnight when nobody tells the facts', () => {
    expect(nextLook(line(), { state: 'noSource', decidedAt, nextDueAt: null }, at('2026-12-15T12:00'))).toEqual(decidedAt);
  });
});
