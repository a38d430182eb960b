import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callVk, HOUR, MovableClock, SECOND, vk } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';

interface Post {
  id: number;
  text: string;
  from_id: number;
  is_pinned?: number;
  postponed_id?: number;
  attachments: { type: string }[];
}
interface Wall {
  count: number;
  items: Post[];
}

const DAY = 24 * HOUR;

describe('a VK wall', () => {
  let clock: MovableClock;
  let sandbox: Sandbox;
  let owner: number;
  let token: string;
  let editor: string;
  let reader: string;

  beforeEach(async () => {
    clock = new MovableClock();
    sandbox = await startSandbox({ clock, vk: { perSecond: { user: 1000, service: 1000, community: 1000 } } });
    owner = -sandbox.credentials.vk.groupId;
    token = sandbox.credentials.vk.communityToken;
    editor = sandbox.credentials.vk.userToken;
    reader = sandbox.credentials.vk.serviceToken;
  });
  afterEach(() => sandbox.stop());

  const post = async (fields: Record<string, string | number>, by = token): Promise<number> => {
    const made = await vk<{ post_id: number }>(sandbox, 'wall.post', by, { owner_id: owner, from_group: 1, ...fields });
    return made.post_id;
  };
  const refusal = async (fields: Record<string, string | number>, by = token): Promise<{ code?: number; text?: string }> => {
    const { error } = await callVk(sandbox, 'wall.post', by, { owner_id: owner, from_group: 1, ...fields });
    return { ...(error && { code: error.error_code, text: error.error_msg }) };
  };
  const wall = (fields: Record<string, string | number> = {}, by = reader): Promise<Wall> =>
    vk<Wall>(sandbox, 'wall.get', by, { owner_id: owner, ...fields });

  it('answers a repeated guid with the first post for one hour, and posts again afterwards', async () => {
    const first = await post({ message: 'Один раз', guid: 'g-1' });
    clock.advance(HOUR - 1);
    expect(await post({ message: 'Один раз', guid: 'g-1' })).toBe(first);
    expect((await wall()).count).toBe(1);
    clock.advance(1);
    expect(await post({ message: 'Один раз', guid: 'g-1' })).not.toBe(first);
    expect((await wall()).count).toBe(2);
  });

  it('keeps guids of different tokens apart', async () => {
    const first = await post({ message: 'Один раз', guid: 'g-1' });
    expect(await post({ message: 'Один раз', guid: 'g-1' }, editor)).not.toBe(first);
  });

  it('can refuse a repeated guid instead', async () => {
    sandbox.vk.settings.guidRepeat = { refusesWith: 9 };
    await post({ message: 'Один раз', guid: 'g-1' });
    expect(await refusal({ message: 'Один раз', guid: 'g-1' })).toMatchObject({ code: 9 });
    expect(sandbox.vk.posts(-owner)).toHaveLength(1);
  });

  it('wants a text or an attachment, and neither too much of them', async () => {
    expect(await refusal({ message: '  ' })).toMatchObject({ code: 100 });
    expect(await refusal({ message: 'я'.repeat(15_001) })).toMatchObject({ code: 100 });
    expect(await refusal({ message: 'x', attachments: 'https://a.example,https://b.example' })).toMatchObject({ code: 100 });
    const eleven = Array.from({ length: 11 }, (_, position) => `photo${owner}_${position}`).join(',');
    expect(await refusal({ message: 'x', attachments: eleven })).toMatchObject({ code: 100 });
    expect(await post({ attachments: 'https://a.example/one' })).toBeGreaterThan(0);
    expect(await post({ message: 'я'.repeat(15_000) })).toBeGreaterThan(0);
  });

  it('leaves out an attachment that it does not know, without a word', async () => {
    await post({ message: 'x', attachments: `photo${owner}_404,https://a.example` });
    expect((await wall()).items[0]?.attachments.map(({ type }) => type)).toEqual(['link']);
  });

  it('holds the daily cap, and gives nothing back for a deletion', async () => {
    sandbox.vk.settings.postsPerDay = 2;
    await post({ message: 'a' });
    const second = await post({ message: 'b' });
    await vk(sandbox, 'wall.delete', editor, { owner_id: owner, post_id: second });
    expect(await refusal({ message: 'c' })).toEqual({
      code: 214,
      text: 'Access to adding post denied: you can only add 2 posts a day',
    });
    clock.advance(DAY);
    expect(await post({ message: 'c' })).toBeGreaterThan(0);
  });

  it('publishes a postponed post under a new id that remembers the old one', async () => {
    const at = Math.floor(clock.now().getTime() / 1000) + 3600;
    const waiting = await post({ message: 'Завтра', publish_date: at });
    expect((await wall()).count).toBe(0);
    expect((await wall({ filter: 'postponed' }, editor)).items).toMatchObject([{ id: waiting, post_type: 'postpone', date: at }]);
    clock.advance(HOUR);
    const [live] = (await wall()).items;
    expect(live).toMatchObject({ postponed_id: waiting, text: 'Завтра', date: at });
    expect(live?.id).not.toBe(waiting);
    expect((await wall({ filter: 'postponed' }, editor)).count).toBe(0);
  });

  it('publishes a postponed post early by its id, once', async () => {
    const waiting = await post({ message: 'Потом', publish_date: Math.floor(clock.now().getTime() / 1000) + 3600 }, editor);
    const live = await post({ post_id: waiting }, editor);
    expect((await wall()).items[0]).toMatchObject({ id: live, postponed_id: waiting });
    expect(await refusal({ post_id: waiting }, editor)).toMatchObject({ code: 210 });
    clock.advance(2 * HOUR);
    expect((await wall()).count).toBe(1);
  });

  it('refuses a taken slot, a past date, and too many postponed posts', async () => {
    const now = Math.floor(clock.now().getTime() / 1000);
    await post({ message: 'a', publish_date: now + 60 });
    expect(await refusal({ message: 'b', publish_date: now + 60 })).toMatchObject({
      code: 214,
      text: expect.stringContaining('already scheduled'),
    });
    expect(await refusal({ message: 'b', publish_date: now - 60 })).toMatchObject({
      code: 214,
      text: expect.stringContaining('cannot postpone'),
    });
    sandbox.vk.settings.postponedPerDay = 1;
    expect(await refusal({ message: 'b', publish_date: now + 120 })).toMatchObject({
      code: 214,
      text: expect.stringContaining('on a day'),
    });
    sandbox.vk.settings.postponedTotal = 1;
    expect(await refusal({ message: 'b', publish_date: now + 2 * 86_400 })).toMatchObject({ code: 214 });
  });

  it('shows postponed posts to those who run the community only', async () => {
    expect((await callVk(sandbox, 'wall.get', reader, { owner_id: owner, filter: 'postponed' })).error?.error_code).toBe(15);
  });

  it('lists the pinned post first, and the community’s own posts on request', async () => {
    const oldest = await post({ message: 'Закреплено' });
    clock.advance(SECOND);
    sandbox.vk.postByHand(-owner, { text: 'От жителя', fromId: 12 });
    clock.advance(SECOND);
    const newest = await post({ message: 'Свежее' });
    await vk(sandbox, 'wall.pin', editor, { owner_id: owner, post_id: oldest });
    expect((await wall()).items.map(({ text }) => text)).toEqual(['Закреплено', 'Свежее', 'От жителя']);
    expect((await wall({ filter: 'owner' })).items.map(({ id }) => id)).toEqual([oldest, newest]);
    expect((await wall({ filter: 'others' })).items.map(({ text }) => text)).toEqual(['От жителя']);
    expect((await wall({ count: 1, offset: 1 })).items.map(({ id }) => id)).toEqual([newest]);
    await vk(sandbox, 'wall.unpin', editor, { owner_id: owner, post_id: oldest });
    expect((await wall()).items[0]?.is_pinned).toBeUndefined();
  });

  it('deletes and restores, and tells what is gone', async () => {
    const id = await post({ message: 'Было' });
    const byId = (): Promise<{ items: Post[] }> => vk(sandbox, 'wall.getById', reader, { posts: `${owner}_${id}` });
    expect((await byId()).items).toMatchObject([{ text: 'Было', attachments: [] }]);
    expect(await vk(sandbox, 'wall.delete', editor, { owner_id: owner, post_id: id })).toBe(1);
    expect((await byId()).items).toEqual([]);
    expect((await callVk(sandbox, 'wall.delete', editor, { owner_id: owner, post_id: id })).error?.error_code).toBe(104);
    expect(await vk(sandbox, 'wall.restore', editor, { owner_id: owner, post_id: id })).toBe(1);
    expect((await byId()).items).toHaveLength(1);
  });

  it('shows new posts late when told to lag', async () => {
    sandbox.vk.settings.lookupLagMs = 60_000;
    await post({ message: 'Ещё не видно' });
    expect((await wall()).count).toBe(0);
    clock.advance(60_000);
    expect((await wall()).count).toBe(1);
  });

  it('takes replies from the community and keeps them in the thread of the first comment', async () => {
    const id = await post({ message: 'Обсудим' });
    const question = sandbox.vk.commentByHand(-owner, id, { fromId: 55, text: 'Когда?' });
    const reply = {
      owner_id: owner,
      post_id: id,
      from_group: -owner,
      message: 'Завтра',
      reply_to_comment: question,
      guid: 'r-1',
    };
    const made = await vk<{ comment_id: number; parents_stack: number[] }>(sandbox, 'wall.createComment', token, reply);
    expect(made.parents_stack).toEqual([question]);
    expect(await vk(sandbox, 'wall.createComment', token, reply)).toEqual(made);
    const list = await vk(sandbox, 'wall.getComments', reader, { owner_id: owner, post_id: id, thread_items_count: 10 });
    expect(list).toMatchObject({
      count: 2,
      current_level_count: 1,
      items: [
        {
          id: question,
          from_id: 55,
          thread: { count: 1, items: [{ from_id: owner, text: 'Завтра', reply_to_comment: question }] },
        },
      ],
    });
    await vk(sandbox, 'wall.closeComments', token, { owner_id: owner, post_id: id });
    expect((await callVk(sandbox, 'wall.createComment', token, { ...reply, guid: 'r-2' })).error?.error_code).toBe(212);
  });
});
