import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callVk, HOUR, MovableClock, vk } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';
import { userMask } from './vk.permissions.js';

interface Period {
  period_from: number;
  period_to: number;
  visitors?: { views: number; visitors: number; mobile_views: number };
  reach?: { reach: number; reach_subscribers: number; mobile_reach: number };
  activity?: { likes: number; subscribed: number };
}

const at = (text: string): number => Date.parse(text) / 1000;

describe('VK statistics', () => {
  let clock: MovableClock;
  let sandbox: Sandbox;
  let groupId: number;
  let manager: string;

  beforeEach(async () => {
    clock = new MovableClock();
    sandbox = await startSandbox({ clock, vk: { perSecond: { user: 1000, service: 1000, community: 1000 } } });
    groupId = sandbox.credentials.vk.groupId;
    manager = sandbox.credentials.vk.userToken;
  });
  afterEach(() => sandbox.stop());

  const stats = (fields: Record<string, string | number>): Promise<Period[]> =>
    vk<Period[]>(sandbox, 'stats.get', manager, { group_id: groupId, ...fields });
  const codeOf = async (method: string, token: string, fields: Record<string, string | number>): Promise<number | undefined> =>
    (await callVk(sandbox, method, token, fields)).error?.error_code;

  it('shows likes, reposts and views of a post to anybody', async () => {
    const post = sandbox.vk.postByHand(groupId, { text: 'Сквер открыт' });
    sandbox.vk.numbers.setPost(groupId, post.id, { views: 1_200, likes: 31, reposts: 4 });
    const { items } = await vk<{ items: Record<string, { count: number }>[] }>(
      ...([sandbox, 'wall.getById', sandbox.credentials.vk.serviceToken, { posts: `-${groupId}_${post.id}` }] as const),
    );
    expect(items[0]).toMatchObject({ views: { count: 1_200 }, likes: { count: 31 }, reposts: { count: 4, wall_count: 4 } });
  });

  it('shows the reach of at most thirty posts to a manager, deleted ones left out', async () => {
    const [kept, gone] = ['Один', 'Два'].map((text) => sandbox.vk.postByHand(groupId, { text }));
    sandbox.vk.numbers.setPost(groupId, kept!.id, { reachTotal: 900, reachSubscribers: 600, reachViral: 300, links: 7 });
    sandbox.vk.deleteByHand(groupId, gone!.id);
    const fields = { owner_id: -groupId, post_ids: `${kept!.id},${gone!.id}` };
    expect(await vk(sandbox, 'stats.getPostReach', manager, fields)).toMatchObject([
      { post_id: kept!.id, reach_total: 900, reach_subscribers: 600, reach_viral: 300, reach_ads: 0, links: 7 },
    ]);
    const many = Array.from({ length: 31 }, (_, position) => position + 1).join(',');
    expect(await codeOf('stats.getPostReach', manager, { ...fields, post_ids: many })).toBe(100);
    expect(await codeOf('stats.getPostReach', manager, { ...fields, post_ids: '' })).toBe(100);
  });

  it('counts days of Moscow, newest first, and leaves out a day of which nothing is known', async () => {
    sandbox.vk.numbers.setDay(groupId, '2026-11-20', { reach: 500, reachSubscribers: 300, likes: 12, subscribed: 3, views: 80 });
    sandbox.vk.numbers.setDay(groupId, '2026-11-22', { reach: 700 });
    const days = await stats({ timestamp_from: at('2026-11-19T21:00:00Z'), timestamp_to: at('2026-11-22T20:59:59Z') });
    expect(days.map(({ period_from, reach }) => [period_from, reach?.reach])).toEqual([
      [at('2026-11-21T21:00:00Z'), 700],
      [at('2026-11-19T21:00:00Z'), 500],
    ]);
    expect(days[1]).toMatchObject({ visitors: { views: 80 }, activity: { likes: 12, subscribed: 3 } });
    expect(await stats({ timestamp_from: at('2026-11-21T00:00:00Z'), timestamp_to: at('2026-11-21T10:00:00Z') })).toEqual([]);
  });

  it('adds days up to weeks that begin on Monday, and names only the groups asked for', async () => {
    for (const day of ['2026-11-15', '2026-11-16', '2026-11-22'])
      sandbox.vk.numbers.setDay(groupId, day, { reach: 10, views: 1 });
    const weeks = await stats({ interval: 'week', intervals_count: 2, stats_groups: 'reach' });
    expect(weeks.map(({ reach }) => reach?.reach)).toEqual([20, 10]);
    expect(weeks[0]).not.toHaveProperty('visitors');
    expect(await codeOf('stats.get', manager, { group_id: groupId, interval: 'fortnight' })).toBe(100);
  });

  it('knows nothing of tomorrow', async () => {
    sandbox.vk.numbers.setDay(groupId, '2026-11-25', { reach: 10 });
    expect(await stats({})).toEqual([]);
    clock.advance(24 * HOUR);
    expect(await stats({})).toHaveLength(1);
  });

  it('is closed to service and community tokens, to a token without the scope, and to people who do not manage', async () => {
    const { communityToken, serviceToken } = sandbox.credentials.vk;
    const fields = { group_id: groupId };
    expect(await codeOf('stats.get', serviceToken, fields)).toBe(28);
    expect(await codeOf('stats.get', communityToken, fields)).toBe(27);
    sandbox.vk.settings.alsoForCommunities = ['stats.get'];
    expect(await codeOf('stats.get', communityToken, fields)).toBeUndefined();
    const narrow = sandbox.vk.issueUserToken(sandbox.credentials.vk.userId, { mask: userMask('wall') });
    expect(await codeOf('stats.get', narrow.token, fields)).toBe(15);
    sandbox.vk.addUser({ id: 5, firstName: 'Пётр', lastName: 'Чужой' });
    const stranger = sandbox.vk.issueUserToken(5).token;
    expect(await codeOf('stats.get', stranger, fields)).toBe(7);
    expect(await codeOf('stats.getPostReach', stranger, { owner_id: -groupId, post_ids: '1' })).toBe(7);
  });

  it('lists the addresses of a community', async () => {
    sandbox.vk.addCommunity({ id: 77, name: 'Школа', addresses: [{ id: 1, title: 'Главный корпус', address: 'ул. Мира, 1' }] });
    expect(await vk(sandbox, 'groups.getAddresses', manager, { group_id: 77 })).toMatchObject({
      count: 1,
      items: [{ address: 'ул. Мира, 1' }],
    });
  });

  it('takes numbers at the control address, and refuses a misspelt one', async () => {
    const post = sandbox.vk.postByHand(groupId, { text: 'Рукой' });
    const put = async (path: string, body: object): Promise<Record<string, unknown>> => {
      const response = await fetch(sandbox.controlUrl + path, { method: 'PUT', body: JSON.stringify(body) });
      return (await response.json()) as Record<string, unknown>;
    };
    const base = `/vk/communities/${groupId}`;
    expect(await put(`${base}/posts/${post.id}/numbers`, { views: 5 })).toMatchObject({ views: 5, likes: 0 });
    expect(await put(`${base}/days/2026-11-23`, { reach: 9 })).toMatchObject({ reach: 9 });
    expect(await put(`${base}/days/2026-11-23`, { raech: 9 })).toHaveProperty('error');
    expect(await put(`${base}/posts/${post.id}/numbers`, { views: '5' })).toHaveProperty('error');
  });
});
