import { describe, expect, it } from '@jest/globals';
import { eventPost } from './event-post.js';
import { at, line, timed } from './line.spec-support.js';

describe('a post about an event', () => {
  it.each<[number, string, number]>([
    [0, '2026-12-15T23:59:59', 1],
    [0, '2026-12-16T00:00:01', 0],
    [1, '2026-12-16T23:59:59', 1],
    [1, '2026-12-17T00:00:01', 0],
  ])('within %i days after 15 December, published %s', (withinDays, doneAt, done) => {
    const events = [timed('parade', '2026-12-15T10:00', doneAt)];
    const result = eventPost.judge(line({ kind: 'eventPost', count: null, withinDays }), { events }, at('2026-12-21T00:00'));
    expect(result).toMatchObject({ planned: 1, done, missed: 1 - done });
  });

  it('that is missing says until when it was awaited', () => {
    const missing = line({ kind: 'eventPost', count: null, withinDays: 1 });
    const { notCounted } = eventPost.judge(
      missing,
      { events: [timed('parade', '2026-12-15T10:00', null)] },
      at('2026-12-21T00:00'),
    );
    expect(notCounted[0]!.reason).toBe('Не опубликовано, последний день срока — 2026-12-16');
  });
});
