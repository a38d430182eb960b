import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { USUAL_COUNTING } from '../../contracts/requirement.js';
import type { PostFact } from './facts.js';
import { AFTER, at, line, post } from './line.spec-support.js';
import { posts } from './posts.js';

const week = (count: number): PostFact[] =>
  Array.from({ length: count }, (_, i) => post(`p${i}`, `2026-12-${14 + (i % 7)}T1${i % 10}:00`));

describe('posts in a period', () => {
  it.each<[string, number, string, object]>([
    ['before it begins', 0, '2026-12-13T23:00', { state: 'ahead', done: 0, missed: 0 }],
    ['on its first day', 0, '2026-12-14T12:00', { state: 'open', done: 0, missed: 0 }],
    ['done before its end', 3, '2026-12-17T00:00', { state: 'done', done: 3, missed: 0 }],
    ['more than enough', 9, '2026-12-20T23:00', { state: 'done', done: 3, missed: 0 }],
    ['missed in part', 2, '2026-12-21T00:00', { state: 'missed', done: 2, missed: 1 }],
    ['missed', 0, '2027-12-21T00:00', { state: 'missed', done: 0, missed: 3 }],
  ])('%s', (_, count, now, expected) => {
    expect(posts.judge(line(), { publications: week(count) }, at(now))).toMatchObject({ planned: 3, ...expected });
  });

  it('are not zero when nobody tells them', () => {
    expect(posts.judge(line(), {}, AFTER)).toMatchObject({ state: 'noSource', planned: 3, done: null, missed: 0 });
  });

  it('of one page make up for nothing on another', () => {
    const result = posts.judge(line({ each: 'page' }), { publications: week(5) }, AFTER);
    expect(result).toMatchObject({ planned: 6, done: 3, missed: 3 });
    expect(result.units).toEqual([
      { unit: 'ok-1', planned: 3, done: 0 },
      { unit: 'vk-1', planned: 3, done: 5 },
    ]);
  });

  it.each<['byDays' | 'whole' | 'none', number]>([
    ['byDays', 2],
    ['whole', 3],
    ['none', 0],
  ])('of a part of a week are owed %s', (partialPeriods, planned) => {
    const part = { startsOn: '2026-12-17', endsOn: '2026-12-20', fullDays: 7 };
    expect(posts.planned(line({}, { period: part, counting: { ...USUAL_COUNTING, partialPeriods } }))).toBe(planned);
  });

  it('that are scheduled keep it from being at risk, as far as they fill what is missing', () => {
    const now = at('2026-12-17T12:00');
    expect(posts.judge(line(), { publications: [] }, now)).toMatchObject({
      ...{ state: 'atRisk', atRisk: 3, impossibleOn: '2026-12-19', scheduled: 0 },
    });
    const scheduled = week(4).map((one) => ({ ...one, at: at('2026-12-19T12:00'), standing: 'scheduled' as const }));
    expect(posts.judge(line(), { publications: scheduled }, now)).toMatchObject({ state: 'open', atRisk: 0, scheduled: 3 });
  });

  it.each<[string, string, number, number]>([
    ['all days', '2026-12-20', 0, 3],
    ['some of them', '2026-12-16', 2, 1],
    ['none of them', '2026-12-13', 3, 0],
  ])('are excused by days, with %s', (_, until, missed, excused) => {
    const excuses = [{ requirement: 'line', from: '2026-12-01', until }];
    expect(posts.judge(line({}, { excuses }), { publications: [] }, AFTER)).toMatchObject({ missed, excused });
    const strange = excuses.map((one) => ({ ...one, requirement: 'another' }));
    expect(posts.judge(line({}, { excuses: strange }), { publications: [] }, AFTER)).toMatchObject({ missed: 3, excused: 0 });
  });

  it('say how they are counted', () => {
    expect(posts.says(line({ network: 'vk', each: 'page' }))).toBe(
      'Не меньше 3 публикаций в неделю: ВКонтакте, на каждой странице; только публикации исполнителя; опубликованные вручную засчитываются; удалённые не засчитываются',
    );
  });

  const fact = fc.record({
    ...{ id: fc.uuid(), postId: fc.constantFrom('a', 'b', 'c'), pageId: fc.constantFrom('vk-1', 'ok-1') },
    ...{ hour: fc.integer({ min: -24, max: 200 }), standing: fc.constantFrom('scheduled', 'stands', 'deleted') },
    origin: fc.constantFrom('own', 'client', 'contractorByHand', 'unknown'),
  });
  const facts = fc.uniqueArray(fact, { maxLength: 30, selector: ({ id }) => id }).map((all) =>
    all.map(({ hour, pageId, ...one }) => {
      const when = new Date(at('2026-12-14T00:00').getTime() + hour * 3_600_000);
      return {
        ...post(one.id, '2026-12-14T00:00', { ...one, pageId, network: pageId === 'vk-1' ? 'vk' : 'ok' } as Partial<PostFact>),
        at: when,
      };
    }),
  );
  const lines = fc
    .record({ each: fc.constantFrom('together', 'network', 'page'), crossPosts: fc.constantFrom('one', 'each') })
    .map(({ each, crossPosts }) => line({ each }, { counting: { ...USUAL_COUNTING, crossPosts } }));

  it('come to the same result in whichever order they are told', () => {
    fc.assert(
      fc.property(lines, facts, fc.infiniteStream(fc.integer()), fc.integer({ min: -48, max: 240 }), (one, all, keys, hour) => {
        const now = new Date(at('2026-12-14T00:00').getTime() + hour * 3_600_000);
        const shuffled = all.map((each) => [keys.next().value, each] as const).sort(([a], [b]) => a - b);
        const told = { publications: shuffled.map(([, each]) => each) };
        expect(posts.judge(one, told, now)).toEqual(posts.judge(one, { publications: all }, now));
      }),
    );
  });

  it('are done, missed, excused or still open, and never more than planned', () => {
    fc.assert(
      fc.property(lines, facts, fc.integer({ min: -48, max: 240 }), (one, all, hour) => {
        const now = new Date(at('2026-12-14T00:00').getTime() + hour * 3_600_000);
        const { planned, done, missed, excused, scheduled, atRisk, decidedAt } = posts.judge(one, { publications: all }, now);
        expect(done! + missed + excused).toBeLessThanOrEqual(planned!);
        expect(done! + scheduled + atRisk).toBeLessThanOrEqual(planned!);
        if (now >= decidedAt) expect(done! + missed + excused).toBe(planned);
      }),
    );
  });
});
