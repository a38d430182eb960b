import { describe, expect, it } from '@jest/globals';
import type { WallPost } from '../../networks/network.js';
import { type CheckResult, compare, nextCheckInHours, wallHash } from './check.js';

const post: WallPost = {
  ...{ externalId: '1', url: 'https://vk.com/wall-1_1', publishedAt: new Date(0), byPage: true },
  ...{ text: 'День посёлка\n5 декабря', photoCount: 1, attachments: ['photo-1_2'] },
  ...{ videoCount: 0, documentCount: 0, hasPoll: false },
};
const content = { text: 'День посёлка\n5 декабря', photos: ['photo-1_2'] };

describe('a check of a published post', () => {
  it.each<[string, WallPost | undefined, CheckResult]>([
    ['as it was', post, 'same'],
    ['with other white space', { ...post, text: ' День посёлка  5 декабря\n' }, 'same'],
    ['with a letter less', { ...post, text: 'День поселка\n5 декабря' }, 'edited'],
    ['without its photo', { ...post, photoCount: 0 }, 'edited'],
    ['with a video more', { ...post, videoCount: 1 }, 'edited'],
    ['with a document more', { ...post, documentCount: 1 }, 'edited'],
    ['with a poll', { ...post, hasPoll: true }, 'edited'],
    ['gone', undefined, 'deleted'],
  ])('finds it %s', (_, seen, result) => {
    expect(compare(content, seen)).toBe(result);
  });

  it('has a hash of what the network showed', () => {
    expect(wallHash(post)).not.toBe(wallHash({ ...post, attachments: [] }));
    expect(wallHash(post)).toBe(wallHash({ ...post }));
  });

  it.each([
    [0, 1],
    [0.5, 1],
    [1, 24],
    [2, 24],
    [160, 24],
    [168, null],
    [169, null],
  ])('at the age of %p hours is repeated in %p hours', (age, next) => {
    expect(nextCheckInHours(age)).toBe(next);
  });
});
