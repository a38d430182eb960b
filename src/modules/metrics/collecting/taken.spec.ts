import { describe, expect, it } from '@jest/globals';
import type { CallOutcome } from '../../../networks/network.js';
import type { PostNumbers } from '../../../networks/numbers.js';
import { takenPosts } from './taken.js';

const POSTS = [{ id: 'p1', externalId: '1' }];
const told = (numbers: PostNumbers['numbers'], externalId = '1'): CallOutcome<PostNumbers[]> => ({
  kind: 'done',
  value: [{ externalId, numbers }],
});
const refused: CallOutcome<never> = { kind: 'refused', reason: { code: 'capability-missing', message: '' } };
const NO_REACH = ['reach', 'reachSubscribers', 'linkClicks', 'hides'];
const all = (names: readonly string[], why: string) => Object.fromEntries(names.map((name) => [name, why]));

describe('what was learnt of a post', () => {
  it('has counters only where the right to see reach is missing, and says so', () => {
    const numbers = { views: 10, likes: 0, comments: 1, reposts: 2 };
    expect(takenPosts(POSTS, told(numbers), refused)).toEqual([
      { publicationId: 'p1', numbers, gaps: all(NO_REACH, 'capability-missing') },
    ]);
  });

  it('has reach only where nobody may read the wall', () => {
    const taken = takenPosts(POSTS, refused, told({ reach: 5 }));
    expect(taken[0]?.gaps).toEqual({
      ...all(['views', 'likes', 'comments', 'reposts'], 'capability-missing'),
      ...all(['reachSubscribers', 'linkClicks', 'hides'], 'not-told'),
    });
  });

  it('is nothing when the post is gone, or when nothing was told', () => {
    expect(takenPosts(POSTS, told({ views: 1 }, '2'), told({ reach: 5 }))).toEqual([]);
    expect(takenPosts(POSTS, refused, refused)).toEqual([]);
    expect(takenPosts(POSTS, told({}), refused)).toEqual([]);
  });
});
