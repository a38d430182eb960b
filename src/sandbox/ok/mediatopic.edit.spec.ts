import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callOk, HOUR, MovableClock, png, textTopic, topic, upload } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';

describe('an edit of an OK topic', () => {
  let clock: MovableClock;
  let sandbox: Sandbox;
  let gid: string;

  beforeEach(async () => {
    clock = new MovableClock();
    sandbox = await startSandbox({ clock });
    gid = sandbox.credentials.ok.groupId;
  });
  afterEach(() => sandbox.stop());

  const post = async (...media: unknown[]): Promise<string> =>
    String(await callOk(sandbox, 'mediatopic.post', topic(sandbox, { media, onBehalfOfGroup: 'true' })));
  const edit = (id: string, media: unknown[], token?: string): Promise<unknown> =>
    callOk(sandbox, 'mediatopic.edit', { topic_id: id, attachment: JSON.stringify({ media }) }, token);
  const read = async (id: string): Promise<unknown[]> => {
    const { media_topics } = (await callOk(sandbox, 'mediatopic.getByIds', { topic_ids: id })) as {
      media_topics: { media: unknown[] }[];
    };
    return media_topics[0]?.media ?? [];
  };
  const text = (value: string): unknown => ({ type: 'text', text: value });

  it('answers true, keeps the id and replaces every block', async () => {
    const id = await post(text('Было'), { type: 'link', url: 'https://a.example' });
    clock.advance(60_000);
    expect(await edit(id, [text('Стало')])).toBe(true);
    expect(await read(id)).toEqual([text('Стало')]);
    expect(sandbox.ok.topics(gid)).toMatchObject([{ id, authorRef: `group:${gid}`, editedAt: clock.now() }]);
    expect(await (await fetch(`${sandbox.wallsUrl}/group/${gid}/topic/${id}`)).text()).toMatch(/изменено[^]*Стало/);
  });

  it('keeps a photo that is named again, long after its token ran out', async () => {
    const place = (await callOk(sandbox, 'photosV2.getUploadUrl', { gid, count: 1 })) as {
      upload_url: string;
      photo_ids: string[];
    };
    const { photos } = (await upload(place.upload_url, 'pic1', png())) as { photos: Record<string, { token: string }> };
    const token = Object.values(photos)[0]?.token;
    const id = await post({ type: 'photo', list: [{ id: token }] });
    sandbox.ok.settings.editWindowMs = null;
    clock.advance(25 * HOUR);
    expect(await edit(id, [{ type: 'photo', list: [{ id: token }] }])).toMatchObject({ error_code: 121 });
    const [photoId] = place.photo_ids;
    expect(await edit(id, [text('С фото'), { type: 'photo', list: [{ existing_photo_id: photoId, group: true }] }])).toBe(true);
    expect(await edit(id, [text('С фото'), { type: 'photo', list: [{ photoId }] }])).toBe(true);
    expect(await read(id)).toMatchObject([{ type: 'text' }, { type: 'photo', photos: [{ id: photoId }] }]);
  });

  it('keeps to the limits of a topic, each with its own code', async () => {
    const id = await post(text('Было'));
    const poll = (question: string, ...answers: string[]): unknown => ({
      type: 'poll',
      question,
      answers: answers.map((answer) => ({ text: answer })),
    });
    expect(await edit(id, [])).toMatchObject({ error_code: 100 });
    expect(
      await edit(
        id,
        Array.from({ length: 21 }, () => text('x')),
      ),
    ).toMatchObject({ error_code: 600 });
    expect(await edit(id, [text('я'.repeat(10_001))])).toMatchObject({ error_code: 601 });
    expect(await edit(id, [poll('?'.repeat(256), 'а', 'б')])).toMatchObject({ error_code: 602 });
    expect(await edit(id, [poll('Да?', 'а')])).toMatchObject({ error_code: 603 });
    expect(await edit(id, [poll('Да?', 'а', 'б'.repeat(129))])).toMatchObject({ error_code: 604 });
    expect(await edit(id, [{ type: 'link', url: 'zarechny' }])).toMatchObject({ error_code: 607 });
    expect(await read(id)).toEqual([text('Было')]);
  });

  it('finds no topic that is unknown or deleted', async () => {
    expect(await edit('404', [text('x')])).toMatchObject({ error_code: 300 });
    const id = await post(text('Было'));
    sandbox.ok.deleteByHand(id);
    expect(await edit(id, [text('x')])).toMatchObject({ error_code: 300 });
  });

  it('needs the permission and a role, and leaves alone what other people wrote', async () => {
    const id = await post(text('Было'));
    const narrow = sandbox.ok.issueToken({ permissions: ['VALUABLE_ACCESS'] }).token;
    expect(await edit(id, [text('x')], narrow)).toMatchObject({ error_code: 200 });
    const outsider = sandbox.ok.issueToken({ role: 'ACTIVE' }).token;
    expect(await edit(id, [text('x')], outsider)).toMatchObject({ error_code: 10 });
    const foreign = sandbox.ok.postByHand(gid, { text: 'От жителя', authorRef: 'user:7' });
    expect(await edit(foreign.id, [text('x')])).toMatchObject({ error_code: 10 });
  });

  it('is possible for a day after publication, unless told otherwise', async () => {
    const id = await post(text('Было'));
    clock.advance(24 * HOUR - 1);
    expect(await edit(id, [text('Стало')])).toBe(true);
    clock.advance(1);
    expect(await edit(id, [text('Стало')])).toMatchObject({ error_code: 704 });
    sandbox.ok.settings.editWindowMs = null;
    expect(await edit(id, [text('Стало')])).toBe(true);
  });

  it('moves a delayed topic, and delays none that is live', async () => {
    const later = clock.now().getTime() + HOUR;
    const delayed = String(await callOk(sandbox, 'mediatopic.post', textTopic(sandbox, 'Позже', { publishAtMs: later })));
    const live = await post(text('Сейчас'));
    const move = (id: string, publishAtMs: number): Promise<unknown> =>
      callOk(sandbox, 'mediatopic.edit', { topic_id: id, ...textTopic(sandbox, 'Ещё позже', { publishAtMs }) });
    expect(await move(live, later)).toMatchObject({ error_code: 100 });
    expect(await move(delayed, later - 2 * HOUR)).toMatchObject({ error_code: 100 });
    expect(await move(delayed, later + HOUR)).toBe(true);
    expect(sandbox.ok.delayed(gid)).toMatchObject([{ id: delayed, createdAt: new Date(later + HOUR) }]);
  });

  it('may happen although its answer is lost, late, or not at all', async () => {
    const id = await post(text('Было'));
    sandbox.ok.next('mediatopic.edit').acceptsThenFails(502);
    await expect(edit(id, [text('Первая правка')])).rejects.toThrow();
    expect(await read(id)).toEqual([text('Первая правка')]);
    sandbox.ok.next('mediatopic.edit').acceptsLate(30_000);
    await expect(edit(id, [text('Вторая правка')])).rejects.toThrow();
    expect(await read(id)).toEqual([text('Первая правка')]);
    clock.advance(30_000);
    expect(await read(id)).toEqual([text('Вторая правка')]);
    sandbox.ok.next('mediatopic.edit').dropsBeforeEffect();
    await expect(edit(id, [text('Третья правка')])).rejects.toThrow();
    const lines = sandbox.ledger.find({ method: 'mediatopic.edit' });
    expect(lines.map(({ what, effect, answer, postId }) => [what, effect, answer, postId])).toEqual([
      ['call', 'yes', 'status:502', id],
      ['call', 'late', 'dropped', null],
      ['lateEffect', 'yes', 'success', id],
      ['call', 'no', 'dropped', null],
    ]);
  });
});
