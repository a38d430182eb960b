import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  activeContract,
  type Agency,
  anAgency,
  connectedPages,
  connectPage,
  contractRequest,
  vkCredentials,
} from '../builders/agency.js';
import { anApprovedPost, publicationsOf, schedule } from '../builders/posts.js';
import { wallTimeOf } from '../../src/platform/clock/zones.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

describe('a schedule', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.close());
  // A fresh agency each time: moving the clock past one contract must not decide another test.
  beforeEach(async () => {
    agency = await anAgency(harness);
  });
  afterEach(() => harness.forgetTenants());

  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);
  const put = (post: Loose, body: object) => agency.editor.api.put(`/v1/posts/${post.id}/schedule`, body);
  const wall = () => harness.sandbox.vk.posts(agency.vkGroupId);

  it('takes a local time of the client, keeps it, and means that instant', async () => {
    const post = await anApprovedPost(agency);
    const { body } = await put(post, { publishAtLocal: '2099-07-01T09:00', pageIds: [agency.vkPage.id] });
    expect(body.publications).toMatchObject([
      { dueAt: '2099-06-30T21:00:00.000Z', plannedLocal: '2099-07-01T09:00:00', timeZone: 'Asia/Kamchatka', state: 'scheduled' },
    ]);
  });

  it.each([
    ['no time', {}, 'publishAt'],
    ['two times', { publishAt: '2099-01-01T00:00:00Z', publishAtLocal: '2099-01-01T00:00' }, 'publishAt'],
    ['a past time', { publishAt: '2026-01-01T00:00:00Z' }, 'publishAt'],
    ['an instant without an offset', { publishAt: '2099-01-01T00:00:00' }, 'publishAt'],
    ['a day that does not exist', { publishAtLocal: '2099-02-30T09:00' }, 'publishAtLocal'],
  ])('is refused with %s', async (_, time, field) => {
    const post = await anApprovedPost(agency);
    const { status, body } = await put(post, { ...time, pageIds: [agency.vkPage.id] });
    expect([status, body.fields[0].field]).toEqual([400, field]);
    expect((await agency.editor.api.get(`/v1/posts/${post.id}/schedule`)).status).toBe(404);
  });

  it('is refused for a post that is not approved', async () => {
    const post = await anApprovedPost(agency);
    await agency.pressOfficer.api.delete(`/v1/posts/${post.id}/approval`);
    const { status, body } = await put(post, { publishAt: inMinutes(60).toISOString(), pageIds: [agency.vkPage.id] });
    expect([status, body.code]).toEqual([409, 'content.post-not-approved']);
  });

  it('is refused, all or nothing, when one page is unsuitable or unknown', async () => {
    const post = await anApprovedPost(agency, { photos: 1 });
    const groupId = 500_000_001;
    harness.sandbox.vk.addCommunity({ id: groupId, name: 'Без ключа редактора' });
    const { communityToken } = vkCredentials(harness, groupId);
    const textOnly = await connectPage(
      agency.owner,
      { clientId: agency.client.id, network: 'vk', externalId: String(groupId) },
      { communityToken: communityToken! },
    );
    await activeContract(agency.owner, agency.client.id, [textOnly.id], { number: '13' });
    const unsuitable = await put(post, { publishAt: inMinutes(60).toISOString(), pageIds: [agency.vkPage.id, textOnly.id] });
    expect([unsuitable.status, unsuitable.body.fields[0].field]).toEqual([409, 'pageIds.1']);
    expect(unsuitable.body.fields[0].reason).toMatch(/[а-я]/);
    const unknown = await put(post, {
      publishAt: inMinutes(60).toISOString(),
      pageIds: [agency.vkPage.id, '019b76da-a800-7000-8000-000000000001'],
    });
    expect([unknown.status, unknown.body.code]).toEqual([400, 'publishing.pages-unknown']);
    expect((await agency.editor.api.get(`/v1/posts/${post.id}/schedule`)).status).toBe(404);
  });

  it('moves: the old time passes silently, the new one counts; a page that is not named any more is withdrawn', async () => {
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(60));
    await schedule(agency, post, inMinutes(180), [agency.vkPage]);
    await harness.clock.advance({ minutes: 61 });
    await harness.drain();
    expect(wall()).toHaveLength(0);
    await harness.clock.advance({ minutes: 120 });
    await harness.drain();
    const { vk, ok } = await publicationsOf(agency, post);
    expect([vk.state, ok.state]).toEqual(['published', 'withdrawn']);
    expect(harness.sandbox.ok.topics(agency.okGroupId)).toHaveLength(0);
  });

  it('can’t move once the post is published, and its text can’t change any more', async () => {
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(1));
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    const again = await put(post, { publishAt: inMinutes(60).toISOString(), pageIds: [agency.vkPage.id] });
    expect([again.status, again.body.code]).toEqual([409, 'publishing.already-sent']);
    const variants = post.variants.map((variant: Loose) => ({ ...variant, text: 'Другой текст' }));
    const edit = await agency.editor.api.put(`/v1/posts/${post.id}`, { title: 'x', variants, mediaIds: [] });
    expect([edit.status, edit.body.code]).toEqual([409, 'content.post-locked']);
    const revoke = await agency.pressOfficer.api.delete(`/v1/posts/${post.id}/approval`);
    expect([revoke.status, revoke.body.code]).toEqual([409, 'content.post-locked']);
    await harness.clock.advance({ hours: 2 });
    await harness.drain();
    expect(wall()).toHaveLength(1);
  });

  describe('withdrawn', () => {
    it('before its time never goes out, and the press officer may do it too', async () => {
      const post = await anApprovedPost(agency);
      await schedule(agency, post, inMinutes(60));
      const { status, body } = await agency.pressOfficer.api.delete(`/v1/posts/${post.id}/schedule`);
      expect([status, body.publications.map(({ state }: Loose) => state)]).toEqual([200, ['withdrawn', 'withdrawn']]);
      await harness.clock.advance({ hours: 2 });
      await harness.drain();
      expect(wall()).toHaveLength(0);
      expect(harness.sandbox.ok.topics(agency.okGroupId)).toHaveLength(0);
    });

    it('after it was published is deleted on the network, and only then called deleted', async () => {
      const post = await anApprovedPost(agency);
      const [publication] = await schedule(agency, post, inMinutes(1), [agency.vkPage]);
      await harness.clock.advance({ minutes: 2 });
      await harness.drain();
      const asked = await agency.editor.api.put(`/v1/publications/${publication.id}/withdrawal`);
      expect([asked.status, asked.body.state]).toEqual([202, 'published']);
      expect(wall()).toHaveLength(1);
      await harness.drain();
      expect(wall()).toHaveLength(0);
      expect((await publicationsOf(agency, post)).vk.state).toBe('deleted');
      const again = await agency.editor.api.put(`/v1/publications/${publication.id}/withdrawal`);
      expect([again.status, again.body.code]).toEqual([409, 'publishing.nothing-to-withdraw']);
    });

    it('may be scheduled again', async () => {
      const post = await anApprovedPost(agency);
      await schedule(agency, post, inMinutes(60));
      await agency.editor.api.delete(`/v1/posts/${post.id}/schedule`);
      await schedule(agency, post, inMinutes(90));
      await harness.clock.advance({ minutes: 91 });
      await harness.drain();
      expect(wall()).toHaveLength(1);
    });
  });

  describe('without a contract in force', () => {
    async function clientOnContract(changes: object): Promise<Agency> {
      const client = (await agency.owner.api.post('/v1/clients', { ...clientOf(agency), timeZone: 'Asia/Kamchatka' })).body;
      const pages = await connectedPages(harness, agency.owner, client.id);
      const contract = await activeContract(agency.owner, client.id, [pages.vkPage.id, pages.okPage.id], changes);
      const { join } = await import('../builders/people.js');
      return { ...agency, client, ...pages, contract, pressOfficer: await join(agency.owner, 'pressOfficer', [client.id]) };
    }

    it('nothing can be scheduled: a draft, a signed one, and one that ends earlier do not count', async () => {
      const client = (await agency.owner.api.post('/v1/clients', clientOf(agency))).body;
      const pages = await connectedPages(harness, agency.owner, client.id);
      const { join } = await import('../builders/people.js');
      const other = { ...agency, client, ...pages, pressOfficer: await join(agency.owner, 'pressOfficer', [client.id]) };
      const post = await anApprovedPost(other);
      const tryIt = (at: Date) => put(post, { publishAt: at.toISOString(), pageIds: [pages.vkPage.id] });
      expect((await tryIt(inMinutes(60))).body.code).toBe('publishing.no-contract');
      const draft = (
        await agency.owner.api.post('/v1/contracts', contractRequest(client.id, [pages.vkPage.id], { endsOn: '2090-12-31' }))
      ).body;
      expect((await tryIt(inMinutes(60))).status).toBe(409);
      await agency.owner.api.put(`/v1/contracts/${draft.id}/signature`, { signedOn: '2026-01-11' });
      expect((await tryIt(inMinutes(60))).status).toBe(409);
      await agency.owner.api.put(`/v1/contracts/${draft.id}/activation`);
      expect((await tryIt(new Date('2091-01-01T00:00:00Z'))).body.code).toBe('publishing.no-contract');
      expect((await tryIt(inMinutes(60))).status).toBe(200);
    });

    it('what was scheduled is held at once, and does not go out when it is due', async () => {
      const post = await anApprovedPost(agency);
      await schedule(agency, post, inMinutes(60));
      const ended = await agency.owner.api.put(`/v1/contracts/${agency.contract.id}/termination`, {
        reason: 'Соглашение сторон',
      });
      expect(ended.body.status).toBe('terminated');
      await harness.drain();
      const { vk, ok } = await publicationsOf(agency, post);
      expect([vk.state, vk.reason.code, ok.state]).toEqual(['held', 'past-contract', 'held']);
      await harness.clock.advance({ minutes: 61 });
      await harness.drain();
      expect((await publicationsOf(agency, post)).vk).toMatchObject({ state: 'held', attempts: [] });
      expect(wall()).toHaveLength(0);
    });

    it('what lies past the day of a notice is held until the notice is withdrawn; what lies before goes out', async () => {
      const day = (days: number): string => wallTimeOf(inMinutes(days * 1_440), agency.client.timeZone).slice(0, 10);
      const [before, after] = [await anApprovedPost(agency), await anApprovedPost(agency)];
      await schedule(agency, before, inMinutes(60), [agency.vkPage]);
      await schedule(agency, after, inMinutes(20 * 1_440), [agency.vkPage]);
      const notice = { ground: 'mutual', reason: 'Соглашение сторон', noticeOn: day(0), effectiveOn: day(15) };
      await agency.owner.api.put(`/v1/contracts/${agency.contract.id}/termination`, notice);
      await harness.drain();
      const states = async () => [(await publicationsOf(agency, before)).vk.state, (await publicationsOf(agency, after)).vk];
      expect(await states()).toMatchObject(['scheduled', { state: 'held', reason: { code: 'past-contract' } }]);
      await agency.owner.api.delete(`/v1/contracts/${agency.contract.id}/termination`);
      await harness.drain();
      expect(await states()).toMatchObject(['scheduled', { state: 'scheduled', reason: null }]);
      await harness.clock.advance({ minutes: 20 * 1_440 });
      await harness.drain();
      expect(await states()).toMatchObject(['held', { state: 'published' }]);
    });

    it('a task for a person is held, too, and has to be scheduled again', async () => {
      const post = await anApprovedPost(agency);
      const plan = { publishAt: inMinutes(60).toISOString(), pageIds: [agency.vkPage.id], byHand: true };
      expect((await put(post, plan)).status).toBe(200);
      await harness.sql(
        `update publications set state = 'byHand', reason = '{"code":"by-hand","message":"вручную"}' where post_id = $1`,
        [post.id],
      );
      await agency.owner.api.put(`/v1/contracts/${agency.contract.id}/termination`, { reason: 'Соглашение сторон' });
      await harness.drain();
      const { vk } = await publicationsOf(agency, post);
      expect([vk.state, vk.reason.code]).toEqual(['held', 'past-contract-by-hand']);
    });

    // 31 December ends in Kamchatka at noon in UTC.
    it.each([
      ['one second before its end', -1, 'published'],
      ['at its end', 0, 'held'],
      ['one second after its end', 1, 'held'],
    ])('E-6 a post that is due %s is %s', async (_, offset, state) => {
      const year = 2030 + offset;
      const ends = new Date(`${year}-12-31T12:00:00Z`);
      const other = await clientOnContract({ startsOn: '2026-01-12', endsOn: `${year}-12-31`, number: `К-${year}` });
      const longer = await activeContract(agency.owner, other.client.id, [other.vkPage.id], { number: 'дольше' });
      const post = await anApprovedPost(other);
      // Scheduled under the longer contract, which is then terminated: what counts is the instant of sending.
      const due = new Date(ends.getTime() + offset * 1_000);
      await schedule(other, post, due, [other.vkPage]);
      await agency.owner.api.put(`/v1/contracts/${longer.id}/termination`, { reason: 'Проверка границы срока' });
      const before = harness.clock.now();
      // Half a second of room: the claim happens within it.
      await harness.clock.set(new Date(due.getTime() + 100));
      await harness.drain();
      expect((await publicationsOf(other, post)).vk.state).toBe(state);
      await harness.clock.set(before);
    });
  });

  it('E-10 that could not be kept for longer than it may be late is held and asked about, never dumped', async () => {
    const post = await anApprovedPost(agency);
    await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, {
      ...{ publishAt: inMinutes(10).toISOString(), pageIds: [agency.vkPage.id], maxLatenessMinutes: 30 },
    });
    await harness.clock.advance({ minutes: 41 });
    await harness.drain();
    const { vk } = await publicationsOf(agency, post);
    expect([vk.state, vk.reason.code, wall().length]).toEqual(['held', 'too-late', 0]);
    await schedule(agency, post, inMinutes(1), [agency.vkPage]);
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    expect(wall()).toHaveLength(1);
  });

  it('on a page that was disconnected is held', async () => {
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(5));
    await agency.owner.api.delete(`/v1/pages/${agency.vkPage.id}/connection`);
    await harness.clock.advance({ minutes: 6 });
    await harness.drain();
    const { vk, ok } = await publicationsOf(agency, post);
    expect([vk.state, vk.reason.code, ok.state]).toEqual(['held', 'page-not-connected', 'published']);
  });
});

function clientOf(agency: Agency): object {
  const { kind, name, inn, kpp, ogrn, address, email, phones, timeZone } = agency.client;
  return { kind, name, inn, kpp, ogrn, address, email, phones, timeZone };
}
