import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency, vkCredentials } from '../builders/agency.js';
import { anApprovedPost, approve, aDraft, postRequest, publicationsOf, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

const POLL = { question: 'Где ставить ёлку?', answers: ['В парке', 'У порта'] };

describe('what a post can carry', () => {
  let harness: Harness;
  let agency: Agency;
  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());

  async function publishNow(post: Loose, pages?: Loose[]): Promise<Record<string, Loose>> {
    await schedule(agency, post, harness.clock.now(), pages);
    await harness.drain();
    return publicationsOf(agency, post);
  }

  const vkPost = (text: string) => harness.sandbox.vk.posts(agency.vkGroupId).find((post) => post.text === text);
  const okTopic = (text: string) =>
    harness.sandbox.ok
      .topics(agency.okGroupId)
      .find(({ blocks }) => blocks.some((block) => 'text' in block && block.text === text));
  const kindsOf = (post: ReturnType<typeof vkPost>) => post?.attachments.map(({ kind }) => kind);
  const calls = (method: string) => harness.sandbox.ledger.entries.filter((entry) => entry.method === method).length;

  /** Asks for a schedule as it comes, refusal or not. */
  const asked = (post: Loose, pages: Loose[], more: object = {}) =>
    agency.editor.api.put(`/v1/posts/${post.id}/schedule`, {
      ...{ publishAt: harness.clock.now().toISOString(), pageIds: pages.map(({ id }) => id) },
      ...more,
    });

  describe('a post with a video and a poll', () => {
    it('stands on both networks with everything that was approved', async () => {
      const text = 'Парад: смотрим и голосуем';
      const post = await anApprovedPost(agency, { text, photos: 1, videos: 1, poll: POLL });
      const { vk, ok } = await publishNow(post);
      expect([vk?.state, ok?.state]).toEqual(['published', 'published']);
      expect(kindsOf(vkPost(text))).toEqual(['photo', 'video', 'poll']);
      expect(okTopic(`${text} (ОК)`)?.blocks.map(({ type }) => type)).toEqual(['text', 'photo', 'movie', 'poll']);
      expect(vk?.content).toMatchObject({ text, poll: { ...POLL, anonymous: true, multiple: false }, link: null });
      expect(vk?.content.media.map(({ kind }: Loose) => kind)).toEqual(['photo', 'video']);
    });

    it('has them on the network before it is due, once, though the first call was lost', async () => {
      const text = 'Загрузка заранее';
      const post = await anApprovedPost(agency, { text, videos: 1, poll: POLL });
      harness.sandbox.vk.next('polls.create').failsBefore(502);
      const [uploads, polls] = [calls('upload.video'), calls('polls.create')];
      await schedule(agency, post, new Date(harness.clock.now().getTime() + 300_000), [agency.vkPage]);
      for (let minute = 0; minute < 4; minute += 1) {
        await harness.drain();
        await harness.clock.advance({ minutes: 1 });
      }
      expect(vkPost(text)).toBeUndefined();
      expect([calls('upload.video') - uploads, calls('polls.create') - polls]).toEqual([1, 2]);
      await harness.clock.advance({ minutes: 2 });
      await harness.drain();
      expect(kindsOf(vkPost(text))).toEqual(['video', 'poll']);
      expect(calls('upload.video') - uploads).toBe(1);
    });

    it('whose answer was lost is found on the wall by its attachments and not sent again', async () => {
      const text = 'Ответ потерялся';
      const post = await anApprovedPost(agency, { text, videos: 1, poll: POLL });
      harness.sandbox.vk.next('wall.post').acceptsThenDrops();
      await publishNow(post, [agency.vkPage]);
      await harness.clock.advance({ minutes: 3 });
      await harness.drain();
      const { vk } = await publicationsOf(agency, post);
      expect([vk?.state, vk?.looks.map(({ result }: Loose) => result)]).toEqual(['published', ['found']]);
      expect(harness.sandbox.vk.posts(agency.vkGroupId).filter((standing) => standing.text === text)).toHaveLength(1);
    });

    it('shows every word of the poll and every file to those who approve, and a change of one voids their approvals', async () => {
      const draft = await aDraft(agency, { text: 'Опрос на согласовании', videos: 1, poll: POLL });
      expect(draft.variants[0].poll).toEqual({ ...POLL, anonymous: true, multiple: false });
      expect(draft.media).toMatchObject([{ kind: 'video', type: 'video/mp4', title: 'парад-0' }]);
      const approved = await approve(agency, draft);
      const variants = draft.variants.map((variant: Loose) => ({ ...variant, poll: { ...POLL, answers: ['В парке', 'Нигде'] } }));
      const change = { title: draft.title, variants, mediaIds: draft.media.map(({ mediaId }: Loose) => mediaId) };
      const edited = await agency.editor.api.put(`/v1/posts/${draft.id}`, change);
      expect([edited.status, edited.body.status]).toEqual([200, 'draft']);
      expect(edited.body.contentHash).not.toBe(approved.contentHash);
    });

    it('that somebody robs of its video on the page is seen to be edited', async () => {
      const text = 'Видео убрали';
      const post = await anApprovedPost(agency, { text, videos: 1 });
      await publishNow(post, [agency.vkPage]);
      const standing = vkPost(text)!;
      (standing as { attachments: unknown[] }).attachments = [];
      await harness.clock.advance({ minutes: 90 });
      await harness.drain();
      expect((await publicationsOf(agency, post)).vk).toMatchObject({ state: 'published', drift: 'edited' });
    });
  });

  describe('a post with a document', () => {
    it('goes out on VK with the document under its public name; on OK a person publishes it', async () => {
      const text = 'Смета на ремонт моста';
      const post = await anApprovedPost(agency, { text, documents: 1 });
      const refused = await asked(post, [agency.vkPage, agency.okPage]);
      expect([refused.status, refused.body.code]).toEqual([409, 'publishing.page-unsuitable']);
      expect(refused.body.fields).toEqual([{ field: 'pageIds.1', reason: expect.stringContaining('документ') }]);

      expect((await asked(post, [agency.vkPage, agency.okPage], { byHand: true })).status).toBe(200);
      await harness.drain();
      const { vk, ok } = await publicationsOf(agency, post);
      expect([vk?.state, ok?.state]).toEqual(['published', 'byHand']);
      expect(kindsOf(vkPost(text))).toEqual(['doc']);
      expect(ok?.reason).toEqual({ code: 'by-hand', message: expect.stringContaining('документ') });
      expect(ok?.content).toMatchObject({ text: `${text} (ОК)`, media: [{ kind: 'document', title: 'смета-0.pdf' }] });
      const file = await agency.editor.api.get(`/v1/media/${ok?.content.media[0].mediaId}/file`);
      expect(file.headers['content-type']).toBe('application/pdf');
    });

    it('published by hand is closed by its permalink, which OK itself confirms', async () => {
      const text = 'Документ по ссылке';
      const post = await anApprovedPost(agency, { text, documents: 1 });
      await asked(post, [agency.okPage], { byHand: true });
      const { ok } = await publicationsOf(agency, post);
      const { id } = harness.sandbox.ok.postByHand(agency.okGroupId, { text: `${text} (ОК)` });
      const url = `https://ok.ru/group/${agency.okGroupId}/topic/${id}`;
      const decided = await agency.editor.api.post(`/v1/publications/${ok?.id}/decisions`, { decision: 'adopt', url });
      expect(decided.body).toMatchObject({ verified: true, textMatches: true });
      await harness.clock.advance({ minutes: 90 });
      await harness.drain();
      expect((await publicationsOf(agency, post)).ok).toMatchObject({ state: 'published', url, drift: null, reason: null });
    });
  });

  describe('what the page’s keys don’t allow', () => {
    it.each([
      ['a video', { videos: 1 }],
      ['a poll', { poll: POLL }],
    ])('%s on VK without a user’s token, is offered by hand with the reason', async (_, sketch) => {
      const other = await anAgency(harness);
      const { communityToken, serviceToken } = vkCredentials(harness, other.vkGroupId);
      const credentials = { communityToken, serviceToken };
      await other.owner.api.delete(`/v1/pages/${other.vkPage.id}/connection`);
      await other.owner.api.put(`/v1/pages/${other.vkPage.id}/connection`, { credentials });
      const post = await anApprovedPost(other, { text: 'Без ключа', ...sketch });
      const request = { publishAt: harness.clock.now().toISOString(), pageIds: [other.vkPage.id] };
      const refused = await other.editor.api.put(`/v1/posts/${post.id}/schedule`, request);
      expect([refused.status, refused.body.fields[0].reason]).toEqual([409, expect.stringContaining('токен пользователя')]);
      await other.editor.api.put(`/v1/posts/${post.id}/schedule`, { ...request, byHand: true });
      expect((await publicationsOf(other, post)).vk).toMatchObject({ state: 'byHand', reason: { code: 'by-hand' } });
    });

    it('too small a video for OK is told when the post is written', async () => {
      const small = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'), Buffer.alloc(500)]);
      const media = await agency.editor.api.upload(`/v1/clients/${agency.client.id}/media`, small, 'клип.mp4');
      const { status, body } = await agency.editor.api.post('/v1/posts', postRequest(agency, {}, [media.body.id]));
      expect([status, body.fields]).toEqual([400, [{ field: 'mediaIds.0', reason: expect.stringContaining('16 KiB') }]]);
    });
  });
});
