import { describe, expect, it } from '@jest/globals';
import { POST_FORMATS } from '../../contracts/requirement.js';
import { formatPosts } from './format-posts.js';
import { AFTER, line, post } from './line.spec-support.js';

describe('posts of a format', () => {
  it.each(POST_FORMATS)('count when they have a %s, and say so when they don’t', (format) => {
    const facts = [post('with', '2026-12-15T12:00', { formats: [format] }), post('without', '2026-12-15T12:00')];
    const result = formatPosts.judge(line({ kind: 'formatPosts', format }), { publications: facts }, AFTER);
    expect(result).toMatchObject({ done: 1, missed: 2, counted: [{ id: 'with' }], notCounted: [{ id: 'without' }] });
    expect(result.notCounted[0]!.reason).toMatch(/^В публикации нет /);
  });

  it('don’t count as long as nobody knows what was posted by hand', () => {
    const byHand = post('hand', '2026-12-15T12:00', { kind: 'outsidePost', postId: null, origin: 'contractorByHand' });
    const { notCounted } = formatPosts.judge(line({ kind: 'formatPosts', format: 'video' }), { publications: [byHand] }, AFTER);
    expect(notCounted[0]!.reason).toContain('неизвестен');
  });

  it('say how they are counted', () => {
    expect(formatPosts.says(line({ format: 'poll', count: 1, period: 'month' }))).toMatch(
      /^Не меньше 1 публикации с опросом в месяц: /,
    );
  });
});
