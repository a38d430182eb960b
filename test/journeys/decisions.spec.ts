import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  activeContract,
  type Agency,
  anAgency,
  clientRequest,
  connectedPages,
  connectPage,
  vkCredentials,
} from '../builders/agency.js';
import { join } from '../builders/people.js';
import { anApprovedPost, olderPosts, publicationsOf, schedule, withoutOlder } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

describe('what the machine can’t settle, a person decides', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    agency = await anAgency(harness);
  });
  afterEach(() => harness.forgetTenants());

  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);
  const decide = (publication: Loose, body: object) =>
    agency.editor.api.post(`/v1/publications/${publication.id}/decisions`, body);

  /** OK said nothing, and two looks found nothing: the machine stops here. */
  async function heldOnOk(): Promise<{ post: Loose; ok: Loose }> {
    await olderPosts(harness, agency);
    harness.sandbox.ok.next('mediatopic.post').dropsBeforeEffect();
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(1), [agency.okPage]);
    for (let i = 0; i < 4; i += 1) {
      await harness.clock.advance({ minutes: 2 });
      await harness.drain();
    }
    const { ok } = await publicationsOf(agency, post);
    expect(ok.state).toBe('held');
    return { post, ok };
  }

  it('“it is not there: send again” sends it once, with the name of who said so', async () => {
    const { post, ok } = await heldOnOk();
    const answer = await decide(ok, { decision: 'sendAgain', comment: 'Посмотрела страницу, записи нет' });
    expect([answer.status, answer.body.stateBefore, answer.body.decidedBy]).toEqual([201, 'held', agency.editor.id]);
    await harness.drain();
    expect((await publicationsOf(agency, post)).ok.state).toBe('published');
    expect(withoutOlder(harness.sandbox.ok.topics(agency.okGroupId))).toHaveLength(1);
    const { data } = (await agency.owner.api.get(`/v1/publications/${ok.id}/decisions`)).body;
    expect(data).toMatchObject([{ decision: 'sendAgain', comment: 'Посмотрела страницу, записи нет' }]);
    const audit = (await agency.owner.api.get(`/v1/audit-entries?objectId=${ok.id}`)).body.data;
    expect(audit.map(({ action }: Loose) => action)).toEqual(
      expect.arrayContaining(['publication.held', 'publication.scheduled', 'publication.published']),
    );
  });

  it('“adopt this address” is verified at the network, and tells when the text is another', async () => {
    const { post, ok } = await heldOnOk();
    const okText = post.variants.find(({ network }: Loose) => network === 'ok').text;
    const topic = harness.sandbox.ok.postByHand(agency.okGroupId, { text: okText });
    const url = (id: string | number) => `https://ok.ru/group/${agency.okGroupId}/topic/${id}`;
    const wrongPage = await decide(ok, { decision: 'adopt', url: 'https://ok.ru/group/1/topic/1' });
    expect([wrongPage.status, wrongPage.body.fields[0].field]).toEqual([400, 'url']);
    const missing = await decide(ok, { decision: 'adopt', url: url(999) });
    expect([missing.status, missing.body.code]).toEqual([422, 'publishing.post-not-there']);
    const adopted = await decide(ok, { decision: 'adopt', url: url(topic.id) });
    expect(adopted.body).toMatchObject({ verified: true, textMatches: true });
    expect((await publicationsOf(agency, post)).ok).toMatchObject({
      state: 'published',
      externalId: String(topic.id),
      reason: null,
    });

    const second = await heldOnOk();
    const other = harness.sandbox.ok.postByHand(agency.okGroupId, { text: 'Совсем другой текст' });
    expect((await decide(second.ok, { decision: 'adopt', url: url(topic.id) })).body.fields[0].field).toBe('url');
    expect((await decide(second.ok, { decision: 'adopt', url: url(other.id) })).body.textMatches).toBe(false);
    expect((await publicationsOf(agency, second.post)).ok.reason.code).toBe('text-differs');
  });

  it('“give up” ends it, and nothing is decided twice', async () => {
    const { post, ok } = await heldOnOk();
    expect((await decide(ok, { decision: 'giveUp' })).status).toBe(201);
    expect((await publicationsOf(agency, post)).ok.state).toBe('abandoned');
    const again = await decide(ok, { decision: 'sendAgain' });
    expect([again.status, again.body.code, again.body.allowedTransitions]).toEqual([409, 'publishing.decision-refused', []]);
  });

  it('two people at once: one decision counts', async () => {
    const { ok } = await heldOnOk();
    const answers = await Promise.all([decide(ok, { decision: 'giveUp' }), decide(ok, { decision: 'sendAgain' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  describe('publishing by hand', () => {
    it('is offered where the credentials don’t allow it, and is closed by pasting the permalink', async () => {
      const groupId = 700_000_001;
      harness.sandbox.vk.addCommunity({ id: groupId, name: 'Без ключа редактора' });
      const { communityToken, serviceToken } = vkCredentials(harness, groupId) as {
        communityToken: string;
        serviceToken: string;
      };
      const body = { clientId: agency.client.id, network: 'vk', externalId: String(groupId) };
      const page = await connectPage(agency.owner, body, { communityToken, serviceToken });
      await activeContract(agency.owner, agency.client.id, [page.id], { number: '14' });
      const post = await anApprovedPost(agency, { photos: 1 });
      const put = (byHand: boolean) =>
        agency.editor.api.put(`/v1/posts/${post.id}/schedule`, {
          publishAt: inMinutes(5).toISOString(),
          pageIds: [page.id],
          byHand,
        });
      expect((await put(false)).status).toBe(409);
      expect((await put(true)).body.publications[0].state).toBe('byHand');
      await harness.clock.advance({ hours: 1 });
      await harness.drain();
      expect(harness.sandbox.vk.posts(groupId)).toHaveLength(0);

      const tasks = (await agency.editor.api.get('/v1/publications?state=byHand')).body.data;
      expect(tasks.map(({ postId }: Loose) => postId)).toContain(post.id);
      const text = post.variants.find(({ network }: Loose) => network === 'vk').text;
      const made = harness.sandbox.vk.postByHand(groupId, { text });
      const url = `https://vk.com/wall-${groupId}_${made.id}`;
      expect((await decide(tasks[0], { decision: 'sendAgain' })).status).toBe(409);
      expect((await decide(tasks[0], { decision: 'adopt', url })).body).toMatchObject({ verified: true, textMatches: true });
      expect((await publicationsOf(agency, post)).vk).toMatchObject({ state: 'published', url });
    });
  });

  describe('a quiet period', () => {
    it('holds at once what is due within it, of its client alone, and releases nothing by itself', async () => {
      const other = await anAgency(harness);
      const [soon, later, foreign] = [await anApprovedPost(agency), await anApprovedPost(agency), await anApprovedPost(other)];
      await schedule(agency, soon, inMinutes(10));
      await schedule(agency, later, inMinutes(600));
      await schedule(other, foreign, inMinutes(10));
      const period = { clientId: agency.client.id, kind: 'mourning', title: 'День траура', endsAt: inMinutes(300).toISOString() };
      const made = await agency.owner.api.post('/v1/quiet-periods', period);
      expect(made.status).toBe(201);
      const states = async (who: Agency, post: Loose) => Object.values(await publicationsOf(who, post)).map(({ state }) => state);
      expect([await states(agency, soon), await states(agency, later)]).toEqual([
        ['held', 'held'],
        ['scheduled', 'scheduled'],
      ]);
      await harness.clock.advance({ minutes: 11 });
      await harness.drain();
      await harness.clock.advance({ minutes: 290 });
      await harness.drain();
      expect([await states(agency, soon), await states(other, foreign)]).toEqual([
        ['held', 'held'],
        ['published', 'published'],
      ]);
    });

    it('of the whole contractor is seen by everybody, begins in the future, and is met by the claim as well', async () => {
      const post = await anApprovedPost(agency);
      await schedule(agency, post, inMinutes(30));
      const body = { kind: 'emergency', title: 'Режим ЧС', startsAt: inMinutes(20).toISOString() };
      const { id } = (await agency.owner.api.post('/v1/quiet-periods', body)).body;
      expect((await publicationsOf(agency, post)).vk.state).toBe('scheduled');
      expect((await agency.pressOfficer.api.get(`/v1/quiet-periods/${id}`)).body.clientId).toBeNull();
      await harness.clock.advance({ minutes: 31 });
      await harness.drain();
      expect((await publicationsOf(agency, post)).vk).toMatchObject({ state: 'held', reason: { code: 'quiet-period' } });
      const ended = await agency.owner.api.patch(`/v1/quiet-periods/${id}`, { endsAt: inMinutes(1).toISOString() });
      expect(ended.status).toBe(200);
    });

    it('of a region holds its clients and nobody else’s, and one decision releases them', async () => {
      const elsewhere = await anAgency(harness);
      const neighbour = (await agency.owner.api.post('/v1/clients', clientRequest({ regionCode: '25' }))).body;
      expect([agency.client.regionCode, agency.client.regionName]).toEqual(['41', 'Камчатский край']);
      const pages = await connectedPages(harness, agency.owner, neighbour.id);
      await activeContract(agency.owner, neighbour.id, [pages.vkPage.id, pages.okPage.id], { number: '25' });
      const pressOfficer = await join(agency.owner, 'pressOfficer', [neighbour.id]);
      const next: Agency = { ...agency, client: neighbour, ...pages, pressOfficer };
      const [here, there, foreign] = [await anApprovedPost(agency), await anApprovedPost(next), await anApprovedPost(elsewhere)];
      for (const [who, post] of [
        [agency, here],
        [next, there],
        [elsewhere, foreign],
      ] as const)
        await schedule(who, post, inMinutes(10));
      const body = { regionCode: '41', kind: 'mourning', title: 'День траура в крае', endsAt: inMinutes(60).toISOString() };
      const made = await agency.owner.api.post('/v1/quiet-periods', body);
      expect(made.body).toMatchObject({ clientId: null, regionCode: '41', regionName: 'Камчатский край' });
      // What is planned afterwards meets it when it is due.
      const afterwards = await anApprovedPost(agency);
      await schedule(agency, afterwards, inMinutes(20));
      await harness.clock.advance({ minutes: 21 });
      await harness.drain();
      const states = async (who: Agency, post: Loose) => Object.values(await publicationsOf(who, post)).map(({ state }) => state);
      expect(await states(agency, here)).toEqual(['held', 'held']);
      expect(await states(agency, afterwards)).toEqual(['held', 'held']);
      expect([await states(next, there), await states(elsewhere, foreign)]).toEqual(Array(2).fill(['published', 'published']));
      const held = (await agency.editor.api.get('/v1/publications?state=held')).body.data.map(({ id }: Loose) => id);
      expect(held).toHaveLength(4);
      await harness.clock.advance({ minutes: 60 });
      await agency.editor.api.post('/v1/publication-reviews', { publicationIds: held, decision: 'release' });
      await harness.drain();
      expect([await states(agency, here), await states(agency, afterwards)]).toEqual(Array(2).fill(['published', 'published']));
    });

    it('names a client or a region that there is, not both', async () => {
      const period = (changes: object) =>
        agency.owner.api.post('/v1/quiet-periods', { kind: 'other', title: 'Тишина', ...changes }, { unchecked: true });
      const both = await period({ clientId: agency.client.id, regionCode: '41' });
      const unknown = await period({ regionCode: '80' });
      expect([both, unknown].map(({ status, body }) => [status, body.fields[0].field])).toEqual(
        Array(2).fill([400, 'regionCode']),
      );
      const change = await agency.owner.api.patch(`/v1/clients/${agency.client.id}`, { regionCode: null });
      expect([change.status, change.body.regionCode, change.body.regionName]).toEqual([200, null, null]);
    });

    it('is followed by a review: one decision for many posts, all or nothing', async () => {
      const posts = [await anApprovedPost(agency), await anApprovedPost(agency)];
      for (const post of posts) await schedule(agency, post, inMinutes(5));
      const body = { clientId: agency.client.id, kind: 'other', title: 'Тишина', endsAt: inMinutes(20).toISOString() };
      await agency.owner.api.post('/v1/quiet-periods', body);
      await harness.clock.advance({ minutes: 21 });
      const held = (await agency.editor.api.get(`/v1/publications?state=held&clientId=${agency.client.id}`)).body.data.map(
        ({ id }: Loose) => id,
      );
      expect(held).toHaveLength(4);
      const review = (publicationIds: string[], decision: string) =>
        agency.editor.api.post('/v1/publication-reviews', { publicationIds, decision });
      const partly = await review([...held, '019b76da-a800-7000-8000-000000000001'], 'release');
      expect([partly.status, partly.body.fields[0].field]).toEqual([409, 'publicationIds.4']);
      expect((await review(held.slice(0, 3), 'release')).body.publications.map(({ state }: Loose) => state)).toEqual(
        Array(3).fill('scheduled'),
      );
      expect((await review(held.slice(3), 'giveUp')).body.publications[0].state).toBe('abandoned');
      await harness.drain();
      const published = [...harness.sandbox.vk.posts(agency.vkGroupId), ...harness.sandbox.ok.topics(agency.okGroupId)];
      expect(withoutOlder<object>(published)).toHaveLength(3);
    });
  });
});
