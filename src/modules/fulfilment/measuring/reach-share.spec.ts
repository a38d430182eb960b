import { describe, expect, it } from '@jest/globals';
import { AFTER, at, line, share } from './line.spec-support.js';
import { reachShare } from './reach-share.js';

const reach = line({ kind: 'reachShare', count: null, percent: 30 });
const vkAlone = { ...reach, pages: [reach.pages[0]!] };

/** A week of a page, by its Sunday. */
const week = (page: 'vk' | 'ok', part: number, whole: number, endsOn = '2026-12-20') => ({
  ...share(page, part, whole),
  of: `${page}-1`,
  at: at(`${endsOn}T15:00`),
});

describe('the share of followers who were reached', () => {
  it('is that of all pages together', () => {
    const result = reachShare.judge(reach, { reach: [week('vk', 100, 1_000), week('ok', 500, 1_000)] }, AFTER);
    expect(result).toMatchObject({ state: 'done', done: 1, measured: 30, counted: [{ id: 'ok' }, { id: 'vk' }] });
  });

  it('may be more than all of them', () => {
    expect(reachShare.judge(vkAlone, { reach: [week('vk', 1_500, 1_000)] }, AFTER)).toMatchObject({ done: 1, measured: 150 });
  });

  it('is not zero as long as nobody has measured', () => {
    expect(reachShare.judge(reach, {}, AFTER)).toMatchObject({ state: 'noSource', done: null, measured: null });
  });

  it('is neither met nor missed after its period as long as nothing is told, and open before', () => {
    const none = { ...{ missed: 0, excused: 0, atRisk: 0, measured: null }, counted: [] };
    expect(reachShare.judge(reach, { reach: [] }, AFTER)).toMatchObject({ state: 'untold', done: null, ...none });
    expect(reachShare.judge(reach, { reach: [] }, at('2026-12-16T12:00'))).toMatchObject({ state: 'open', done: 0, ...none });
    expect(reachShare.judge(reach, { reach: [] }, at('2026-12-13T12:00'))).toMatchObject({ state: 'ahead' });
  });

  it('is not told until each page has told', () => {
    expect(reachShare.judge(reach, { reach: [week('vk', 900, 1_000)] }, AFTER)).toMatchObject({ state: 'untold', done: null });
  });

  it('counts its own pages alone', () => {
    const facts = [week('vk', 100, 1_000), week('ok', 900, 1_000)];
    expect(reachShare.judge(vkAlone, { reach: facts }, AFTER)).toMatchObject({ state: 'missed', measured: 10 });
  });

  describe('of two weeks', () => {
    const twoWeeks = { ...vkAlone, period: { startsOn: '2026-12-07', endsOn: '2026-12-20', fullDays: 14 } };
    const judge = (...reached: ReturnType<typeof week>[]) => reachShare.judge(twoWeeks, { reach: reached }, AFTER);

    it('waits for the last of them', () => {
      expect(judge(week('vk', 500, 1_000, '2026-12-13'))).toMatchObject({ state: 'untold' });
      expect(judge(week('vk', 500, 1_000, '2026-12-13'), week('vk', 200, 1_000))).toMatchObject({ state: 'done', measured: 35 });
    });

    it('is that of the weeks that were told, once a later one shows that the last stays a gap', () => {
      const facts = [week('vk', 500, 1_000, '2026-12-13'), week('vk', 1, 1_000, '2026-12-27')];
      expect(judge(...facts)).toMatchObject({ state: 'done', measured: 50 });
    });

    it('is at risk while it runs, by what has been told', () => {
      const facts = { reach: [week('vk', 100, 1_000, '2026-12-13')] };
      expect(reachShare.judge(twoWeeks, facts, at('2026-12-15T12:00'))).toMatchObject({ state: 'atRisk', measured: 10 });
    });
  });
});
