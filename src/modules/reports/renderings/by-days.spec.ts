import { describe, expect, it } from '@jest/globals';
import { daysBefore, weeksOf } from '../document/days.js';
import type { PageDay } from '../document/report-numbers.js';
import { byDays, bySpans } from './by-days.js';
import { aReport } from './report.spec-support.js';
import { scoreGrid } from './scores.js';

const WEEK = { startsOn: '2026-11-02', endsOn: '2026-11-04' };
const NOTHING = { members: null, reach: null, views: null, likes: null, comments: null, reposts: null };
const day = (number: number, changes: Partial<PageDay>): PageDay => ({ ...NOTHING, day: `2026-11-0${number}`, ...changes });
const page = (pageId: string, days: PageDay[], daysBefore: PageDay[] = []) => ({ pageId, days, daysBefore });

const reportOf = (...pages: ReturnType<typeof page>[]) =>
  aReport({
    period: { ...WEEK, timeZone: 'Asia/Kamchatka', weeks: weeksOf(WEEK) },
    before: daysBefore(WEEK),
    numbers: { told: true, posts: [], pages },
  });

describe('numbers by day', () => {
  const vk = page('vk', [day(2, { reach: 10 }), day(3, { reach: 0 }), day(4, { reach: 5 })]);

  it('are those of all pages together; a day of which one is silent is a gap, and nothing is not a gap', () => {
    const ok = page('ok', [day(2, { reach: 1 }), day(4, { likes: 7 })]);
    expect(byDays(reportOf(vk, ok), 'reach')).toMatchObject({ now: [11, null, null], pages: 2, silent: 0 });
    expect(byDays(reportOf(vk), 'reach').now).toEqual([10, 0, 5]);
  });

  it('leave out a page that tells nothing of the whole period, and count it', () => {
    expect(byDays(reportOf(vk, page('ok', [])), 'reach')).toMatchObject({ now: [10, 0, 5], pages: 1, silent: 1 });
    expect(byDays(reportOf(page('ok', [])), 'reach')).toMatchObject({ now: [null, null, null], pages: 0 });
  });

  it('are not compared with days on which one of the pages was not seen yet', () => {
    const before = [day(1, { reach: 4 })];
    expect(byDays(reportOf({ ...vk, daysBefore: before }), 'reach').before).toEqual([null, null, 4]);
    const young = page('ok', [day(2, { reach: 1 })]);
    expect(byDays(reportOf({ ...vk, daysBefore: before }, young), 'reach').before).toEqual([null, null, null]);
  });

  it('count as engagement what the network tells of it', () => {
    const ok = page('ok', [day(2, { likes: 3, comments: 1 }), day(3, { reposts: 0 })]);
    expect(byDays(reportOf(ok), 'engagement').now).toEqual([4, 0, null]);
  });

  it('are means of the known days of a week, and of the whole period', () => {
    const report = reportOf({ ...vk, daysBefore: [day(1, { reach: 4 })] });
    const rows = bySpans(report, byDays(report, 'reach'));
    expect(rows).toEqual([
      { ...WEEK, now: 5, before: 4, known: 3, days: 3 },
      { ...WEEK, now: 5, before: 4, known: 3, days: 3 },
    ]);
  });
});

describe('scores by day', () => {
  it('stand in a cell each, the fewer the darker; a day without one is no zero', () => {
    const [row] = scoreGrid(aReport())!.rows;
    expect(row!.cells).toHaveLength(30);
    expect(row!.cells[8]).toEqual({ points: '15', shade: 4 });
    expect(row!.cells[3]).toEqual({ points: '100', shade: 0 });
    expect(row!.cells[16]).toEqual({ points: '—', shade: null });
  });

  it('are means of months in a long period', () => {
    const year = { startsOn: '2026-01-15', endsOn: '2026-12-31' };
    const report = aReport({ period: { ...year, timeZone: 'Asia/Kamchatka', weeks: weeksOf(year) } });
    const grid = scoreGrid(report)!;
    expect(grid.heads).toHaveLength(12);
    expect(grid.heads[0]).toBe('15.01–31.01');
    expect(grid.rows[0]!.cells.map(({ points }) => points)).toEqual([...Array.from({ length: 10 }, () => '—'), '83', '—']);
  });

  it('are not there where nobody tells', () => {
    expect(scoreGrid(aReport({ compliance: { told: false, why: 'nothingCollected' } }))).toBeNull();
  });
});
