import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { attachmentsOfPost, callVk, HOUR, MovableClock, SECOND, vk } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';

type Fields = Record<string, string | number>;

describe('an edit on a VK wall', () => {
  let clock: MovableClock;
  let sandbox: Sandbox;
  let owner: number;
  let editor: string;

  beforeEach(async () => {
    clock = new MovableClock();
    sandbox = await startSandbox({ clock, vk: { perSecond: { user: 1000, service: 1000, community: 1000 } } });
    owner = -sandbox.credentials.vk.groupId;
    editor = sandbox.credentials.vk.userToken;
  });
  afterEach(() => sandbox.stop());

  const post = async (fields: Fields): Promise<number> => {
    const posted = { owner_id: owner, from_group: 1, ...fields };
    return (await vk<{ post_id: number }>(sandbox, 'wall.post', editor, posted)).post_id;
  };
  const edit = (id: number, fields: Fields): Promise<unknown> =>
    vk(sandbox, 'wall.edit', editor, { owner_id: owner, post_id: id, ...fields });
  const refusal = async (id: number, fields: Fields = { message: 'Стало' }, token = editor): Promise<number | undefined> =>
    (await callVk(sandbox, 'wall.edit', token, { owner_id: owner, post_id: id, ...fields })).error?.error_code;
  const read = async (id: number): Promise<Fields> => {
    const { serviceToken } = sandbox.credentials.vk;
    return (await vk<{ items: Fields[] }>(sandbox, 'wall.getById', serviceToken, { posts: `${owner}_${id}` })).items[0] ?? {};
  };
  const poll = async (): Promise<string> => {
    const fields = { owner_id: owner, question: 'Да?', add_answers: '["Да","Нет"]' };
    const { id } = await vk<{ id: number }>(sandbox, 'polls.create', editor, fields);
    return `poll${owner}_${id}`;
  };

  it('answers the id of the post and leaves the time of the edit beside the time of publication', async () => {
    const id = await post({ message: 'Было' });
    const published = Math.floor(clock.now().getTime() / SECOND);
    expect(await read(id)).not.toHaveProperty('edited');
    clock.advance(60 * SECOND);
    expect(await edit(id, { message: 'Стало' })).toEqual({ post_id: id });
    expect(await read(id)).toMatchObject({ id, text: 'Стало', date: published, edited: published + 60 });
    expect(await (await fetch(`${sandbox.wallsUrl}/wall${owner}_${id}`)).text()).toMatch(/изменено[^]*Стало/);
    expect(sandbox.vk.posts(-owner)).toHaveLength(1);
  });

  it('drops what is not sent again, and keeps what is', async () => {
    const attachments = `${await poll()},https://a.example`;
    const id = await post({ message: 'Было', attachments });
    await edit(id, { message: 'Стало', attachments });
    expect((await attachmentsOfPost(sandbox, id)).map(({ type }) => type)).toEqual(['poll', 'link']);
    await edit(id, { attachments: 'https://a.example' });
    expect(await read(id)).toMatchObject({ text: '', attachments: [{ type: 'link' }] });
    await edit(id, { message: 'Только текст' });
    expect(await attachmentsOfPost(sandbox, id)).toEqual([]);
  });

  it('keeps to the limits of a post', async () => {
    const id = await post({ message: 'Было' });
    expect(await refusal(id, {})).toBe(100);
    expect(await refusal(id, { message: 'я'.repeat(15_001) })).toBe(100);
    expect(await refusal(id, { message: 'x', attachments: 'https://a.example,https://b.example' })).toBe(100);
    expect(await refusal(id, { message: 'x', attachments: `${await poll()},${await poll()}` })).toBe(100);
    expect(await refusal(id, { message: 'x', publish_date: Math.floor(clock.now().getTime() / SECOND) + 3600 })).toBe(214);
    expect(await read(id)).toMatchObject({ text: 'Было' });
  });

  it('finds no post that is unknown or deleted', async () => {
    expect(await refusal(404)).toBe(210);
    const id = await post({ message: 'Было' });
    sandbox.vk.deleteByHand(-owner, id);
    expect(await refusal(id)).toBe(210);
  });

  it('is for people who run the community, and by default for no community token', async () => {
    const id = await post({ message: 'Было' });
    const { communityToken, vkIdToken, serviceToken } = sandbox.credentials.vk;
    expect(await refusal(id, { message: 'x' }, communityToken)).toBe(27);
    expect(await refusal(id, { message: 'x' }, vkIdToken)).toBe(1051);
    expect(await refusal(id, { message: 'x' }, serviceToken)).toBe(28);
    sandbox.vk.addUser({ id: 999, firstName: 'Пётр', lastName: 'Прохожий' });
    expect(await refusal(id, { message: 'x' }, sandbox.vk.issueUserToken(999).token)).toBe(203);
    sandbox.vk.settings.alsoForCommunities = ['wall.edit'];
    expect(await refusal(id, { message: 'x' }, communityToken)).toBeUndefined();
  });

  it('leaves alone what other people wrote', async () => {
    const { id } = sandbox.vk.postByHand(-owner, { text: 'От жителя', fromId: 12 });
    expect(await refusal(id)).toBe(15);
  });

  it('is possible for a day after publication, unless told otherwise', async () => {
    const id = await post({ message: 'Было' });
    clock.advance(24 * HOUR - 1);
    expect(await refusal(id)).toBeUndefined();
    clock.advance(1);
    expect(await refusal(id)).toBe(15);
    sandbox.vk.settings.editWindowMs = null;
    expect(await refusal(id)).toBeUndefined();
  });

  it('moves a postponed post, however long it waits', async () => {
    const now = Math.floor(clock.now().getTime() / SECOND);
    const id = await post({ message: 'Было', publish_date: now + 3 * 86_400 });
    clock.advance(48 * HOUR);
    await edit(id, { message: 'Стало', publish_date: now + 4 * 86_400 });
    expect(sandbox.vk.postponed(-owner)).toMatchObject([{ id, text: 'Стало', date: new Date((now + 4 * 86_400) * SECOND) }]);
  });

  it('may happen although its answer is lost, late, or not at all', async () => {
    const id = await post({ message: 'Было' });
    sandbox.vk.next('wall.edit').acceptsThenDrops();
    await expect(edit(id, { message: 'Первая правка' })).rejects.toThrow();
    expect(await read(id)).toMatchObject({ text: 'Первая правка' });
    sandbox.vk.next('wall.edit').acceptsLate(30_000);
    await expect(edit(id, { message: 'Вторая правка' })).rejects.toThrow();
    expect(await read(id)).toMatchObject({ text: 'Первая правка' });
    clock.advance(30_000);
    expect(await read(id)).toMatchObject({ text: 'Вторая правка' });
    sandbox.vk.next('wall.edit').failsBefore(502);
    await expect(edit(id, { message: 'Третья правка' })).rejects.toThrow();
    expect(await read(id)).toMatchObject({ text: 'Вторая правка' });
    const lines = sandbox.ledger.find({ method: 'wall.edit' });
    expect(lines.map(({ what, effect, answer, postId }) => [what, effect, answer, postId])).toEqual([
      ['call', 'yes', 'dropped', String(id)],
      ['call', 'late', 'dropped', null],
      ['lateEffect', 'yes', 'success', String(id)],
      ['call', 'no', 'status:502', null],
    ]);
  });
});
