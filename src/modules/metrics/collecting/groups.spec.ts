import { describe, expect, it } from '@jest/globals';
import { groupsOf, MOST_PAGES } from './groups.js';

const page = (pageId: string, readsWith: string | null, contractorId = 'a') => ({ contractorId, pageId, readsWith, ring: '1' });

describe('pages whose round begins', () => {
  it('go together when they share a secret, in the order of the first of each', () => {
    const picked = [page('1', 'x'), page('2', 'y'), page('3', 'x'), page('4', null), page('5', null)];
    expect(groupsOf(picked).map(({ pageIds }) => pageIds)).toEqual([['1', '3'], ['2'], ['4'], ['5']]);
  });

  it('never go with those of another contractor', () => {
    expect(groupsOf([page('1', 'x', 'a'), page('2', 'x', 'b')]).map(({ pageIds }) => pageIds)).toEqual([['1'], ['2']]);
  });

  it('are so many at most', () => {
    const picked = Array.from({ length: 2 * MOST_PAGES + 1 }, (_, i) => page(String(i), 'x'));
    expect(groupsOf(picked).map(({ pageIds }) => pageIds.length)).toEqual([MOST_PAGES, MOST_PAGES, 1]);
  });
});
