import { describe, expect, it } from '@jest/globals';
import { at, line, timed } from './line.spec-support.js';
import { urgentPost } from './urgent-post.js';

const urgent = line({ kind: 'urgentPost', count: null, withinMinutes: 60 });
const ASKED = '2026-12-20T23:30';

describe('an urgent post', () => {
  it.each<[string, string | null, string, object]>([
    ['in time, to the second', '2026-12-21T00:30:00', '2026-12-21T00:31', { state: 'done', done: 1, missed: 0 }],
    ['late', '2026-12-21T00:31', '2026-12-21T00:32', { state: 'missed', done: 0, missed: 1 }],
    ['awaited', null, '2026-12-21T00:10', { state: 'open', done: 0, missed: 0, nextDueAt: at('2026-12-21T00:30') }],
    ['that never came', null, '2026-12-21T00:31', { state: 'missed', done: 0, missed: 1, nextDueAt: null }],
  ])('%s', (_, doneAt, now, expected) => {
    const events = [timed('fire', ASKED, doneAt)];
    // The term of the last one ends after the week.
    const decidedAt = at('2026-12-21T00:30');
    expect(urgentPost.judge(urgent, { events }, at(now))).toMatchObject({ planned: 1, decidedAt, ...expected });
  });

  it('explains by how much it was late', () => {
    const { notCounted } = urgentPost.judge(
      urgent,
      { events: [timed('fire', ASKED, '2026-12-21T01:50')] },
      at('2026-12-22T00:00'),
    );
    expect(notCounted[0]!.reason).toBe('Опубликовано через 2 ч 20 мин, а срок — 1 ч');
  });

  it('is owed as often as the client asked: not at all, too', () => {
    expect(urgentPost.judge(urgent, { events: [] }, at('2026-12-22T00:00'))).toMatchObject({
      state: 'done',
      planned: 0,
      done: 0,
    });
    expect(urgentPost.judge(urgent, {}, at('2026-12-22T00:00'))).toMatchObject({ state: 'noSource', planned: null, done: null });
  });

  it('is excused on the day on which it was asked for, or due', () => {
    const excuses = [{ requirement: null, from: '2026-12-21', until: '2026-12-21' }];
    const result = urgentPost.judge({ ...urgent, excuses }, { events: [timed('fire', ASKED, null)] }, at('2026-12-22T00:00'));
    expect(result).toMatchObject({ state: 'excused', missed: 0, excused: 1 });
  });
});
