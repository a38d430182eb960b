import { describe, expect, it } from '@jest/globals';
import { firstReply } from './first-reply.js';
import { AFTER, at, line, timed } from './line.spec-support.js';

const replies = line({ kind: 'firstReply', count: null, withinHours: 8, worksFrom: '09:00', worksUntil: '21:00' });

describe('a first reply', () => {
  it.each<[string, string, string]>([
    ['in the morning', '2026-12-15T09:00', '2026-12-15T17:00'],
    ['before the day begins', '2026-12-15T03:00', '2026-12-15T17:00'],
    ['in the evening', '2026-12-15T20:00', '2026-12-16T16:00'],
    ['at night', '2026-12-15T22:00', '2026-12-16T17:00'],
    ['to the minute', '2026-12-15T13:00', '2026-12-15T21:00'],
  ])('to a question asked %s is due after hours that are worked', (_, since, due) => {
    const judge = (doneAt: Date) =>
      firstReply.judge(replies, { replies: [{ ...timed('question', since, null), doneAt }] }, AFTER);
    expect(judge(at(due)).done).toBe(1);
    expect(judge(new Date(at(due).getTime() + 1_000))).toMatchObject({ done: 0, missed: 1 });
  });

  it('has no source yet: not one reply is missed, and not one is done', () => {
    expect(firstReply.judge(replies, {}, AFTER)).toMatchObject({ state: 'noSource', planned: null, done: null, missed: 0 });
  });

  it('says which hours are worked', () => {
    expect(firstReply.says(replies)).toBe('Первый ответ — не позже чем через 8 ч рабочего времени (ежедневно с 09:00 до 21:00)');
  });
});
