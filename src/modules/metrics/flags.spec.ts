import { describe, expect, it } from '@jest/globals';
import { flagsOf, pageFlagsOf } from './flags.js';
import type { PageDayNumbers, PostSnapshot } from './numbers.js';

const NOTHING = {
  reach: null,
  reachSubscribers: null,
  likes: null,
  comments: null,
  reposts: null,
  linkClicks: null,
  hides: null,
};

/** A snapshot each hour. */
function series(...numbers: Partial<PostSnapshot>[]): PostSnapshot[] {
  return numbers.map((some, i) => ({
    ...{ publicationId: 'p', pageId: 'page', takenAt: new Date(Date.parse('2026-12-01T06:00:00Z') + i * 3_600_000), gaps: {} },
    ...{ views: null, ...NOTHING, ...some },
  }));
}
const views = (...counts: (number | null)[]) => series(...counts.map((count) => ({ views: count })));

describe('what is odd about a post', () => {
  it.each<[string, PostSnapshot[], string[]]>([
    ['grows as posts do', views(0, 300, 500, 600, 650), []],
    ['grows fast at first', views(0, 2_000, 2_500), []],
    ['stands still', views(10, 10, 10), []],
    ['jumps', views(0, 50, 80, 100, 900), ['jump views 100 900']],
    ['jumps by little', views(0, 1, 2, 3, 100), []],
    ['grows again at its usual speed after a gap', views(0, 300, null, null, 700), []],
    ['loses views', views(100, 90), ['fell views 100 90']],
    ['loses views over a gap in the numbers, which is not seen', views(100, null, 90), []],
    ['was seen by fewer than it reached', series({ views: 100, reach: 300 }), ['reachWithoutViews reach 100 300']],
    ['reached fewer than it was seen', series({ views: 300, reach: 100 }), []],
    ['is liked by most', series({ views: 100, likes: 70 }), ['likesWithoutViews likes 100 70']],
    ['is told nothing of', series({}, {}), []],
  ])('is said of one that %s', (_, snapshots, flags) => {
    expect(flagsOf(snapshots).map(({ kind, number, before, after }) => `${kind} ${number} ${before} ${after}`)).toEqual(flags);
  });

  it('is told with its instant and in words', () => {
    expect(flagsOf(views(100, 90))).toMatchObject([
      { at: '2026-12-01T07:00:00.000Z', message: expect.stringContaining('было 100, стало 90') },
    ]);
  });
});

describe('what is odd about a page', () => {
  const day = (n: number, members: number | null, reach?: number): PageDayNumbers => ({
    ...{ day: `2026-12-0${n}`, members, weekReach: null },
    network: reach === undefined ? null : { ...NOTHING, reach, views: null, visitors: null, joined: null, lost: null },
  });

  it.each<[string, PageDayNumbers[], string[]]>([
    ['grows slowly', [day(1, 5_000), day(2, 5_090, 10)], []],
    ['grows by people whom it reached', [day(1, 5_000), day(2, 5_400, 9_000)], []],
    ['grows by people whom it did not reach', [day(1, 5_000), day(2, 5_400, 300)], ['boughtLookingGrowth 5000 5400']],
    ['grows, and nobody tells whom it reached', [day(1, 5_000), day(2, 5_400)], []],
    ['grows over a gap', [day(1, 5_000), day(2, null), day(3, 5_400, 300)], ['boughtLookingGrowth 5000 5400']],
    ['loses many', [day(1, 5_000), day(2, 4_700)], ['lostMany 5000 4700']],
  ])('is said of one that %s', (_, days, flags) => {
    expect(pageFlagsOf(days).map(({ kind, before, after }) => `${kind} ${before} ${after}`)).toEqual(flags);
  });
});
