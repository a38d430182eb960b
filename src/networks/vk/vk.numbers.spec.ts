import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CREDENTIALS, PAGE, ScriptedVk, vkError } from './vk.spec-support.js';
import type { VkNetwork } from './vk.network.js';

const vk = new ScriptedVk();
let network: VkNetwork;
beforeAll(async () => void (network = await vk.start()));
beforeEach(() => vk.reset());
afterAll(() => vk.stop());

const DAY = 24 * 3_600;
const response = (value: unknown) => ({ response: value });

const posts = (...ids: string[]) => ids.map((externalId) => ({ pageId: PAGE.externalId, externalId }));

describe('counters of VK posts', () => {
  const post = {
    id: 5,
    owner_id: -77,
    views: { count: 120 },
    likes: { count: 3 },
    comments: { count: 0 },
    reposts: { count: 1 },
  };

  it.each([[[post]], [{ items: [post] }]])('are read of many posts at once, in both shapes of the answer', async (answer) => {
    vk.plays = { 'wall.getById': [response(answer)] };
    expect(await network.readCounters(CREDENTIALS, posts('5', '6'))).toEqual({
      kind: 'done',
      // The sixth is gone.
      value: [{ pageId: PAGE.externalId, externalId: '5', numbers: { views: 120, likes: 3, comments: 0, reposts: 1 } }],
    });
    expect(vk.calls.map(({ fields }) => [fields['posts'], fields['access_token']])).toEqual([['-77_5,-77_6', 'service']]);
  });

  it('of several communities are read in one call', async () => {
    const others = { ...post, owner_id: -78, views: { count: 9 } };
    vk.plays = { 'wall.getById': [response({ items: [post, others, { ...post, owner_id: -79 }] })] };
    const read = await network.readCounters(CREDENTIALS, [...posts('5'), { pageId: '78', externalId: '5' }]);
    if (read.kind !== 'done') throw new Error(read.reason.message);
    expect(read.value.map(({ pageId, externalId, numbers }) => [pageId, externalId, numbers.views])).toEqual([
      ['77', '5', 120],
      ['78', '5', 9],
    ]);
    expect(vk.calls.map(({ fields }) => fields['posts'])).toEqual(['-77_5,-78_5']);
  });

  it('that VK does not tell are absent and not zero, and those of another wall are not ours', async () => {
    const odd = { ...post, views: undefined, likes: { count: -1 }, comments: { count: 'many' } };
    vk.plays = { 'wall.getById': [response({ items: [odd, { ...post, id: 6, owner_id: -78 }] })] };
    const read = await network.readCounters(CREDENTIALS, posts('5', '6'));
    expect(read).toEqual({ kind: 'done', value: [{ pageId: PAGE.externalId, externalId: '5', numbers: { reposts: 1 } }] });
  });

  it('are not taken from an answer that cannot be read', async () => {
    vk.plays = { 'wall.getById': [response('ok')] };
    expect((await network.readCounters(CREDENTIALS, posts('5'))).kind).toBe('retryLater');
  });
});

describe('reach of VK posts', () => {
  const asked = [{ externalId: '5', publishedAt: new Date() }];

  it('is read with the token of a user', async () => {
    const counted = { post_id: 5, reach_total: 900, reach_subscribers: 700, links: 4, hide: 2 };
    vk.plays = { 'stats.getPostReach': [response([counted])] };
    expect(await network.readReach(PAGE, CREDENTIALS, asked)).toEqual({
      kind: 'done',
      value: [{ externalId: '5', numbers: { reach: 900, reachSubscribers: 700, linkClicks: 4, hides: 2 } }],
    });
    expect(vk.calls[0]?.fields).toMatchObject({ owner_id: '-77', post_ids: '5', access_token: 'vk1.a.user' });
  });

  it('is refused, and asked of nobody, without such a token', async () => {
    const { userToken: _, ...others } = CREDENTIALS;
    expect(await network.readReach(PAGE, others, asked)).toMatchObject({
      kind: 'refused',
      reason: { code: 'capability-missing', message: expect.stringContaining('токен пользователя') },
    });
    expect(vk.calls).toEqual([]);
    expect(network.costOf('readReach', others)).toBeUndefined();
  });

  it.each([[15], [7]])('says so when VK refuses with %i', async (code) => {
    vk.plays = { 'stats.getPostReach': [vkError(code)] };
    const read = await network.readReach(PAGE, CREDENTIALS, asked);
    expect(read).not.toMatchObject({ kind: 'done' });
    expect(read).toMatchObject({ reason: { networkCode: String(code) } });
  });
});

describe('days of a VK community', () => {
  const period = (from: unknown, changes: object = {}) => ({
    period_from: from,
    reach: { reach: 50, reach_subscribers: 40 },
    visitors: { views: 9, visitors: 7 },
    activity: { likes: 3, copies: 1, subscribed: 2 },
    ...changes,
  });

  // Midnight in Moscow.
  it.each([[Date.parse('2026-11-30T21:00:00Z') / 1_000], ['2026-12-01']])('are named by their beginning: %s', async (from) => {
    vk.plays = { 'stats.get': [response([period(from)])] };
    const read = await network.readDays(PAGE, CREDENTIALS, new Date('2026-12-01T00:00:00Z'), new Date('2026-12-02T00:00:00Z'));
    const numbers = { reach: 50, reachSubscribers: 40, views: 9, visitors: 7, likes: 3, reposts: 1, joined: 2 };
    expect(read).toEqual({ kind: 'done', value: [{ day: '2026-12-01', numbers }] });
    expect(vk.calls[0]?.fields).toMatchObject({ group_id: '77', interval: 'day', timestamp_from: '1796083200' });
  });

  it('tell the reach of weeks that are over, newest first', async () => {
    const now = Math.floor(Date.now() / 1_000);
    const week = (daysAgo: number, reach: number) => period(now - daysAgo * DAY, { reach: { reach } });
    vk.plays = { 'stats.get': [response([week(3, 1), week(10, 2), week(17, 3)])] };
    const endsOn = (daysAgo: number) => new Date((now - daysAgo * DAY + 6 * DAY + 3 * 3_600) * 1_000).toISOString().slice(0, 10);
    expect(await network.readWeeks(PAGE, CREDENTIALS, new Date())).toEqual({
      kind: 'done',
      value: [
        { reach: 2, endsOn: endsOn(10) },
        { reach: 3, endsOn: endsOn(17) },
      ],
    });
    // From a Monday on in Moscow, so that no week is told in part.
    const from = new Date(Number(vk.calls[0]?.fields['timestamp_from']) * 1_000 + 3 * 3_600_000);
    expect([from.getUTCDay(), from.toISOString().slice(11)]).toEqual([1, '00:00:00.000Z']);
    vk.plays = { 'stats.get': [response([week(3, 1)])] };
    expect(await network.readWeeks(PAGE, CREDENTIALS, new Date())).toEqual({ kind: 'done', value: [] });
  });
});

describe('the looks of a VK community', () => {
  it.each([
    [
      { has_photo: 1, cover: { enabled: 1 } },
      { avatar: true, cover: true },
    ],
    [
      { has_photo: 0, cover: { enabled: 0 } },
      { avatar: false, cover: false },
    ],
    [{}, { avatar: undefined, cover: undefined }],
  ])('are described: %j', async (group, looks) => {
    vk.plays = { 'groups.getById': [response({ groups: [{ id: 77, name: 'Администрация', ...group }] })] };
    expect(await network.describePage(PAGE, CREDENTIALS)).toMatchObject({ kind: 'done', value: looks });
  });
});
