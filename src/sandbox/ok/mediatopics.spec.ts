import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callOk, HOUR, MovableClock, png, textTopic, topic, upload } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';

interface Topic {
  id: string;
  created_ms: number;
  author_ref: string;
  delete_id: string;
  media: Record<string, unknown>[];
}

interface UploadPlace {
  upload_url: string;
  photo_ids: string[];
  ttl_ms: number;
}

describe('OK media topics', () => {
  let clock: MovableClock;
  let sandbox: Sandbox;
  let gid: string;

  beforeEach(async () => {
    clock = new MovableClock();
    sandbox = await startSandbox({ clock });
    gid = sandbox.credentials.ok.groupId;
  });
  afterEach(() => sandbox.stop());

  const post = (fields: Record<string, string | number>): Promise<unknown> => callOk(sandbox, 'mediatopic.post', fields);
  const media = (...blocks: unknown[]): Promise<unknown> => post(topic(sandbox, { media: blocks }));
  const list = async (fields = {}): Promise<Topic[]> =>
    ((await callOk(sandbox, 'mediatopic.getTopics', { gid, ...fields })) as { media_topics: Topic[] }).media_topics;
  const place = async (count: number): Promise<UploadPlace> =>
    (await callOk(sandbox, 'photosV2.getUploadUrl', { gid, count })) as UploadPlace;

  it('answers the id as a bare string and lists the topic under the group’s name', async () => {
    const id = await post(textTopic(sandbox, 'Привет'));
    expect(id).toMatch(/^\d{15,}$/);
    const [listed] = await list();
    expect(listed).toMatchObject({
      id,
      author_ref: `group:${gid}`,
      owner_ref: `group:${gid}`,
      created_ms: clock.now().getTime(),
    });
    expect(listed?.media).toEqual([{ type: 'text', text: 'Привет' }]);
    expect(await callOk(sandbox, 'mediatopic.getByIds', { topic_ids: String(id) })).toMatchObject({ media_topics: [{ id }] });
  });

  it('makes a second topic of a repeated call: nothing protects from it', async () => {
    await post(textTopic(sandbox, 'Дважды'));
    await post(textTopic(sandbox, 'Дважды'));
    expect(await list()).toHaveLength(2);
  });

  it('signs with the person’s name when it is not on behalf of the group', async () => {
    await media({ type: 'text', text: 'От себя' });
    expect((await list())[0]?.author_ref).toBe(`user:${sandbox.credentials.ok.userId}`);
  });

  it('refuses what exceeds its limits with the code of that limit', async () => {
    const poll = (question: string, answers: string[]): unknown => ({
      type: 'poll',
      question,
      answers: answers.map((text) => ({ text })),
    });
    const tooMany = Array.from({ length: 21 }, () => ({ type: 'text', text: 'x' }));
    expect(await media(...tooMany)).toMatchObject({ error_code: 600 });
    expect(await media({ type: 'text', text: 'я'.repeat(10_001) })).toMatchObject({ error_code: 601 });
    expect(await media(poll('?'.repeat(256), ['а', 'б']))).toMatchObject({ error_code: 602 });
    expect(await media(poll('Да?', ['а']))).toMatchObject({ error_code: 603 });
    expect(await media(poll('Да?', ['а', 'б'.repeat(129)]))).toMatchObject({ error_code: 604 });
    expect(await media({ type: 'link', url: 'zarechny' })).toMatchObject({ error_code: 607 });
    expect(await media({ type: 'song' })).toMatchObject({ error_code: 100 });
    expect(await post({ type: 'GROUP_THEME', gid, attachment: '{' })).toMatchObject({ error_code: 100 });
    expect(await post({ ...textTopic(sandbox, 'x'), gid: '5' })).toMatchObject({ error_code: 160 });
    expect(await list()).toEqual([]);
  });

  it('takes a poll with the options that are documented, and shows it', async () => {
    const poll = { type: 'poll', question: 'Где ёлка?', answers: [{ text: 'Площадь' }, { text: 'Парк' }] };
    expect(await media({ ...poll, options: 'SingleChoice,AnonymousVoting' })).toMatch(/^\d+$/);
    expect(await media(poll)).toMatch(/^\d+$/);
    expect(await media({ ...poll, options: 'ManyChoices' })).toMatchObject({ error_code: 100 });
    expect(await media({ ...poll, question: '' })).toMatchObject({ error_code: 100 });
    expect((await list())[0]?.media).toMatchObject([
      { type: 'poll', polls: [{ question: 'Где ёлка?', answers: [{ text: 'Площадь' }, { text: 'Парк' }] }] },
    ]);
  });

  it('has no documents', async () => {
    expect(await media({ type: 'doc', list: [{ id: '1' }] })).toMatchObject({ error_code: 100 });
  });

  it('brings photos in three steps, with ids that come back URL-encoded', async () => {
    const { upload_url, photo_ids, ttl_ms } = await place(1);
    expect(sandbox.uploadHosts).toContain(new URL(upload_url).host);
    expect(ttl_ms).toBeGreaterThan(23 * HOUR);
    const { photos } = (await upload(upload_url, 'pic1', png())) as { photos: Record<string, { token: string }> };
    const [key = ''] = Object.keys(photos);
    expect(key).not.toBe(photo_ids[0]);
    expect(decodeURIComponent(key)).toBe(photo_ids[0]);
    await media({ type: 'photo', list: [{ id: photos[key]?.token }] });
    expect((await list())[0]?.media).toMatchObject([{ type: 'photo', photos: [{ id: photo_ids[0] }] }]);
    clock.advance(24 * HOUR);
    expect(await media({ type: 'photo', list: [{ id: photos[key]?.token }] })).toMatchObject({ error_code: 121 });
  });

  it('pairs several files with the ids in the order of their fields', async () => {
    const { upload_url, photo_ids } = await place(2);
    const form = new FormData();
    form.append('pic2', new Blob([new Uint8Array(png(60, 60))]), 'b.png');
    form.append('pic1', new Blob([new Uint8Array(png(50, 50))]), 'a.png');
    const { photos } = (await (await fetch(upload_url, { method: 'POST', body: form })).json()) as {
      photos: Record<string, unknown>;
    };
    expect(Object.keys(photos).map(decodeURIComponent)).toEqual(photo_ids);
  });

  it('refuses files by number', async () => {
    const send = async (content: Buffer, field = 'pic1'): Promise<unknown> => upload((await place(1)).upload_url, field, content);
    expect(await send(Buffer.from('hello'))).toMatchObject({ error_code: 503 });
    expect(await send(png().subarray(0, 20))).toMatchObject({ error_code: 504 });
    expect(await send(Buffer.alloc(0))).toMatchObject({ error_code: 505 });
    sandbox.ok.settings.largestPhotoBytes = 10;
    expect(await send(png())).toMatchObject({ error_code: 502 });
    sandbox.ok.settings.largestPhotoBytes = 1_000_000;
    sandbox.ok.settings.smallestPhotoSide = 100;
    expect(await send(png())).toMatchObject({ error_code: 501 });
  });

  it('publishes a delayed topic under a new id, in milliseconds as well as in Moscow time', async () => {
    const id = await post(textTopic(sandbox, 'Позже', { publishAtMs: clock.now().getTime() + HOUR }));
    const moscow = await post(textTopic(sandbox, 'По Москве', { publishAt: '2026-11-24 13:30:00' }));
    expect(await list()).toEqual([]);
    expect((await list({ filter: 'DELAYED_TOPICS' })).map((delayed) => delayed.id).sort()).toEqual([id, moscow].sort());
    clock.advance(HOUR);
    const [live] = await list();
    expect(live?.id).not.toBe(id);
    expect(await callOk(sandbox, 'mediatopic.getRepublishedTopic', { topic_id: String(id) })).toBe(live?.id);
    clock.advance(HOUR / 2);
    expect((await list()).map(({ created_ms }) => created_ms)[0]).toBe(new Date('2026-11-24T10:30:00Z').getTime());
  });

  it('deletes by topic or by delete id', async () => {
    const id = String(await post(textTopic(sandbox, 'Было')));
    expect(await callOk(sandbox, 'mediatopic.deleteTopic', { topic_id: id, gid })).toMatchObject({ success: true });
    expect(await callOk(sandbox, 'mediatopic.deleteTopic', { topic_id: id, gid })).toMatchObject({ error_code: 300 });
    await post(textTopic(sandbox, 'Ещё'));
    const [other] = await list();
    expect(await callOk(sandbox, 'mediatopic.deleteTopic', { delete_id: other?.delete_id ?? '' })).toMatchObject({
      success: true,
    });
    expect(await list()).toEqual([]);
  });

  it('lists topics late when told to lag', async () => {
    sandbox.ok.settings.lookupLagMs = 60_000;
    await post(textTopic(sandbox, 'Ещё не видно'));
    expect(await list()).toEqual([]);
    clock.advance(60_000);
    expect(await list()).toHaveLength(1);
  });

  it('shows comments page by page', async () => {
    const id = String(await post(textTopic(sandbox, 'Обсудим')));
    for (const text of ['раз', 'два', 'три']) sandbox.ok.commentByHand(id, { authorRef: 'user:7', authorName: 'Иван', text });
    const page = (anchor: string): Promise<unknown> =>
      callOk(sandbox, 'discussions.getComments', { discussionId: id, discussionType: 'GROUP_TOPIC', count: 2, anchor });
    const first = (await page('FIRST')) as { comments: { text: string }[]; anchor: string; has_more: boolean };
    expect(first).toMatchObject({
      has_more: true,
      comments: [{ text: 'раз' }, { text: 'два' }],
      entities: { users: [{ uid: '7' }] },
    });
    expect(await page(first.anchor)).toMatchObject({ has_more: false, comments: [{ text: 'три' }] });
  });
});
