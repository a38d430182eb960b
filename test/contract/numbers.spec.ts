import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ContractWorld } from './contract-world.js';
import { BOTH } from './sides.js';

let world: ContractWorld;
beforeEach(async () => void (world = await ContractWorld.start()));
afterEach(() => world.stop());

const DAY_MS = 24 * 3_600_000;
/** The date on a calendar in Moscow, so many days ago. */
const moscowDay = (ago: number) =>
  new Date(world.clock.now().getTime() + 3 * 3_600_000 - ago * DAY_MS).toISOString().slice(0, 10);

/** Counts a post of the page: by everybody's eyes, and by the managers'. */
function count(name: string, id: string): void {
  const [vk, ok] = [world.sandbox.vk.numbers, world.sandbox.ok.numbers];
  const { groupId } = world.sandbox.credentials.vk;
  if (name === 'vk')
    vk.setPost(groupId, Number(id), {
      views: 120,
      likes: 3,
      reposts: 1,
      reachTotal: 90,
      reachSubscribers: 70,
      links: 4,
      hide: 2,
    });
  else ok.setTopic(id, { views: 120, likes: 3, reshares: 1, reach: 90, reach_own: 70, link_clicks: 4, hides_from_feed: 2 });
}

function setDay(name: string, day: string, reach: number): void {
  if (name === 'vk')
    world.sandbox.vk.numbers.setDay(world.sandbox.credentials.vk.groupId, day, { reach, subscribed: 5, visitors: 8 });
  else world.sandbox.ok.numbers.setDay(world.sandbox.credentials.ok.groupId, day, { reach, new_members: 5, page_visits: 8 });
}

describe.each(BOTH)('numbers on $name', ({ name }) => {
  it('of posts are read in one call, and those of a post that is gone are not there', async () => {
    const { network, page, credentials, postByHand, calls } = world.side(name);
    const ids = [postByHand('Первая'), postByHand('Вторая')];
    count(name, ids[0]!);
    const read = await network.readCounters(
      credentials,
      [...ids, '999999'].map((externalId) => ({ pageId: page.externalId, externalId })),
    );
    if (read.kind !== 'done') throw new Error(read.reason.message);
    expect(read.value.find(({ externalId }) => externalId === ids[0])?.numbers).toEqual({
      ...{ views: 120, likes: 3, comments: 0, reposts: 1 },
    });
    expect(read.value).toHaveLength(2);
    expect(calls(name === 'vk' ? 'wall.getById' : 'mediatopic.getByIds')).toBe(1);
  });

  it.each([[1], [2]])('tell the reach of %i posts to the page’s managers', async (many) => {
    const { network, page, credentials, postByHand, clock } = world.side(name);
    const posts = Array.from({ length: many }, (_, i) => ({ externalId: postByHand(`Запись ${i}`), publishedAt: clock.now() }));
    for (const { externalId } of posts) count(name, externalId);
    const read = await network.readReach(page, credentials, posts);
    if (read.kind !== 'done') throw new Error(read.reason.message);
    const numbers = { reach: 90, reachSubscribers: 70, linkClicks: 4, hides: 2 };
    expect(read.value.map((post) => post.numbers)).toEqual(posts.map(() => numbers));
  });

  it('tell days by their date, and a day of which nothing is known is not there', async () => {
    const { network, page, credentials, clock } = world.side(name);
    setDay(name, moscowDay(3), 40);
    setDay(name, moscowDay(1), 50);
    const from = new Date(clock.now().getTime() - 4 * DAY_MS);
    const read = await network.readDays(page, credentials, from, clock.now());
    if (read.kind !== 'done') throw new Error(read.reason.message);
    const days = [...read.value].sort((a, b) => (a.day < b.day ? -1 : 1));
    expect(days.map(({ day, numbers }) => [day, numbers.reach, numbers.joined, numbers.visitors])).toEqual([
      [moscowDay(3), 40, 5, 8],
      [moscowDay(1), 50, 5, 8],
    ]);
  });

  it('tell the reach of the last week', async () => {
    const { network, page, credentials } = world.side(name);
    for (let ago = 0; ago <= 14; ago += 1) setDay(name, moscowDay(ago), 10);
    // The sandbox adds people up, which the live networks do not.
    const read = await network.readWeeks(page, credentials, world.clock.now());
    if (read.kind !== 'done') throw new Error(read.reason.message);
    expect(read.value[0]).toEqual({ reach: 70, endsOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) });
  });
});

it('VK says that a community’s token sees no statistics, and nobody takes that for zero', async () => {
  const { network, page, credentials } = world.side('vk');
  const { userToken: _, ...others } = credentials;
  const read = await network.readDays(page, others, world.clock.now(), world.clock.now());
  expect(read).toMatchObject({ kind: 'refused', reason: { code: 'capability-missing' } });
});
