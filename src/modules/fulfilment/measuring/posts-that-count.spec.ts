import { describe, expect, it } from '@jest/globals';
import { USUAL_COUNTING } from '../../contracts/requirement.js';
import type { PostFact } from './facts.js';
import { line, post } from './line.spec-support.js';
import { sortPosts } from './posts-that-count.js';

const TUESDAY = '2026-12-15T12:00';
const outside = (origin: PostFact['origin'], changes: Partial<PostFact> = {}) =>
  post('seen', TUESDAY, { kind: 'outsidePost', postId: null, origin, ...changes });

describe('posts of a line', () => {
  it.each<[string, PostFact, string | undefined]>([
    ['ours', post('ours', TUESDAY), undefined],
    ['the contractor’s by hand', outside('contractorByHand'), undefined],
    ['the client’s', outside('client'), 'Опубликовал заказчик'],
    ['a regional broadcast', outside('regionalBroadcast'), 'Региональная рассылка'],
    ['nobody knows whose', outside('unknown'), 'Не указано, кто опубликовал'],
    ['a visitor’s', outside('unknown', { byPage: false }), 'Запись посетителя'],
    ['a double of ours', outside('contractorByHand', { isDouble: true }), 'Повторяет'],
    ['deleted', post('gone', TUESDAY, { standing: 'deleted' }), 'Публикация удалена'],
  ])('count by whose they are and whether they stand: %s', (_, fact, reason) => {
    const { counted, notCounted } = sortPosts(line(), [fact]);
    if (reason === undefined) expect([counted, notCounted]).toEqual([[fact], []]);
    else
      expect([counted, notCounted]).toMatchObject([
        [],
        [{ id: fact.id, url: fact.url, reason: expect.stringContaining(reason) }],
      ]);
  });

  it('count as the contract has it: by hand, and deleted ones', () => {
    const counting = { ...USUAL_COUNTING, postsByHand: false, deletedPosts: 'asPublished' as const };
    const gone = post('gone', TUESDAY, { standing: 'deleted' });
    const { counted, notCounted } = sortPosts(line({}, { counting }), [gone, outside('contractorByHand')]);
    expect([counted, notCounted]).toMatchObject([[gone], [{ reason: expect.stringContaining('Опубликовано вручную') }]]);
  });

  it.each<[string, number, number]>([
    ['2026-12-13T23:59:59', 0, 0],
    ['2026-12-14T00:00:00', 1, 0],
    ['2026-12-20T23:59:59', 1, 0],
    ['2026-12-21T00:00:00', 0, 0],
  ])('are those of its days in the zone of the contract: %s', (local, counted, notCounted) => {
    const sorted = sortPosts(line(), [post('one', local)]);
    expect([sorted.counted.length, sorted.notCounted.length]).toEqual([counted, notCounted]);
  });

  it('are those of its pages and its network; others are not even looked at', () => {
    const facts = [
      post('a', TUESDAY),
      post('b', TUESDAY, { pageId: 'ok-1', network: 'ok' }),
      post('c', TUESDAY, { pageId: 'vk-9' }),
    ];
    expect(sortPosts(line({ network: 'vk' }), facts)).toMatchObject({ counted: [{ id: 'a' }], notCounted: [] });
  });

  describe('that are one post on two pages', () => {
    const both = [
      post('vk', TUESDAY, { postId: 'post' }),
      post('ok', '2026-12-15T12:01', { postId: 'post', pageId: 'ok-1', network: 'ok' }),
    ];

    it.each<['one' | 'each', 'together' | 'network' | 'page', string[]]>([
      ['one', 'together', ['vk']],
      ['each', 'together', ['vk', 'ok']],
      ['one', 'network', ['vk', 'ok']],
      ['one', 'page', ['vk', 'ok']],
    ])('counted as %s, %s', (crossPosts, each, ids) => {
      const counting = { ...USUAL_COUNTING, crossPosts };
      for (const facts of [both, both.toReversed()])
        expect(sortPosts(line({ each }, { counting }), facts).counted.map(({ id }) => id)).toEqual(ids);
    });

    it('leave their place to the next when the first is deleted', () => {
      const { counted } = sortPosts(line(), [{ ...both[0]!, standing: 'deleted' }, both[1]!]);
      expect(counted.map(({ id }) => id)).toEqual(['ok']);
    });
  });
});
