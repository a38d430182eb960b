import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency } from '../builders/agency.js';
import { anApprovedPost, olderPosts, publicationsOf, schedule, withoutOlder } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { SendingService } from '../../src/modules/publishing/sending.service.js';
import { ClaimStore } from '../../src/modules/publishing/claim.store.js';
import { UnitOfWork } from '../../src/platform/database/work.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { SystemIds } from '../../src/platform/ids/ids.js';

describe('publishing when the network misbehaves', () => {
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
  const vkPosts = (): Loose => withoutOlder(harness.sandbox.vk.posts(agency.vkGroupId));
  const okTopics = (): Loose => withoutOlder(harness.sandbox.ok.topics(agency.okGroupId));

  /** An approved post that is due now, not yet seen by a worker. */
  async function dueNow(sketch: { photos?: number } = {}): Promise<Loose> {
    const post = await anApprovedPost(agency, sketch);
    await schedule(agency, post, inMinutes(1));
    await harness.clock.advance({ minutes: 1, seconds: 1 });
    return post;
  }

  it('A9 leaves the VK publication published when OK refuses the same post, with OK’s own words', async () => {
    harness.sandbox.ok.next('mediatopic.post').rejects(601);
    const post = await dueNow();
    await harness.drain();
    const { vk, ok } = await publicationsOf(agency, post);
    expect([vk.state, ok.state, ok.reason.networkCode]).toEqual(['published', 'refused', '601']);
    expect(ok.reason.message).toMatch(/[а-я]/);
    expect(okTopics()).toHaveLength(0);
  });

  it('publishes a refused post when it is scheduled again', async () => {
    harness.sandbox.ok.next('mediatopic.post').rejects(601);
    const post = await dueNow();
    await harness.drain();
    await schedule(agency, post, inMinutes(1), [agency.okPage]);
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    const { vk, ok } = await publicationsOf(agency, post);
    expect([vk.state, ok.state, ok.attempts.map(({ outcome }: Loose) => outcome)]).toEqual([
      'published',
      'published',
      ['refused', 'published'],
    ]);
    expect([vkPosts().length, okTopics().length]).toEqual([1, 1]);
  });

  it.each<[string, (script: ReturnType<Harness['sandbox']['vk']['next']>) => unknown]>([
    ['B1 accepts and drops the connection', (script) => script.acceptsThenDrops()],
    ['B3 answers 502 after accepting', (script) => script.acceptsThenFails(502)],
    ['B5 cuts its answer', (script) => script.answersTruncated()],
    ['B5 answers nothing', (script) => script.answersEmpty()],
    ['B6 answers an HTML page', (script) => script.answersHtml()],
  ])('%s: the post is found on the page and adopted, never sent twice', async (_, misbehave) => {
    misbehave(harness.sandbox.vk.next('wall.post'));
    const post = await dueNow();
    await harness.drain();
    expect((await publicationsOf(agency, post)).vk.state).toBe('unclear');
    expect(vkPosts()).toHaveLength(1);
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    const { vk } = await publicationsOf(agency, post);
    expect([vk.state, vk.externalId]).toEqual(['published', String(vkPosts()[0].id)]);
    expect(vk.looks).toMatchObject([{ result: 'found', matches: [{ externalId: vk.externalId }] }]);
    expect(vkPosts()).toHaveLength(1);
  });

  it('B2 VK, dropped before it accepted: after two looks it is sent again with the same guid', async () => {
    await olderPosts(harness, agency);
    harness.sandbox.vk.next('wall.post').dropsBeforeEffect();
    const post = await dueNow();
    await harness.drain();
    for (let i = 0; i < 2; i += 1) {
      await harness.clock.advance({ minutes: 2 });
      await harness.drain();
    }
    const { vk } = await publicationsOf(agency, post);
    expect(vk.looks.map(({ result }: Loose) => result)).toEqual(['absent', 'absent']);
    expect([vk.state, vk.attempts.map(({ outcome }: Loose) => outcome)]).toEqual(['published', ['unclear', 'published']]);
    expect(vkPosts()).toHaveLength(1);
    const markers = await harness.sql('select distinct marker from publication_attempts where publication_id = $1', [vk.id]);
    expect(markers).toHaveLength(1);
  });

  it('B2 OK, dropped before it accepted: it is held for a person, not sent again', async () => {
    await olderPosts(harness, agency);
    harness.sandbox.ok.next('mediatopic.post').dropsBeforeEffect();
    const post = await dueNow();
    await harness.drain();
    for (let i = 0; i < 3; i += 1) {
      await harness.clock.advance({ minutes: 2 });
      await harness.drain();
    }
    const { ok } = await publicationsOf(agency, post);
    expect([ok.state, ok.reason.code, ok.attempts.length, okTopics().length]).toEqual(['held', 'absent', 1, 0]);
  });

  it('B2 OK, an urgent notice that says “resend” is sent again after two looks', async () => {
    await olderPosts(harness, agency);
    harness.sandbox.ok.next('mediatopic.post').dropsBeforeEffect();
    const post = await anApprovedPost(agency);
    const pageIds = [agency.okPage.id];
    await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, {
      publishAt: inMinutes(1).toISOString(),
      pageIds,
      onAmbiguity: 'resend',
    });
    for (let i = 0; i < 4; i += 1) {
      await harness.clock.advance({ minutes: 2 });
      await harness.drain();
    }
    expect((await publicationsOf(agency, post)).ok.state).toBe('published');
    expect(okTopics()).toHaveLength(1);
  });

  it('B10 a revoked token stops the page with one call, holds what is due, and says what to do; reconnecting helps', async () => {
    const posts = [await anApprovedPost(agency), await anApprovedPost(agency)];
    for (const post of posts) await schedule(agency, post, inMinutes(1), [agency.okPage]);
    harness.sandbox.ok.next('mediatopic.post').rejects(102).always();
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    const stories = await Promise.all(posts.map((post) => publicationsOf(agency, post)));
    expect(stories.map(({ ok }) => ok.state)).toEqual(['held', 'held']);
    const page = (await agency.owner.api.get(`/v1/pages/${agency.okPage.id}`)).body;
    expect([page.status, page.statusReason.networkCode]).toEqual(['broken', '102']);
    expect(stories.every(({ ok }) => /[а-я]/.test(ok.reason.message))).toBe(true);

    harness.sandbox.ok.scripts.clear();
    const { okCredentials } = await import('../builders/agency.js');
    await agency.owner.api.put(`/v1/pages/${agency.okPage.id}/connection`, {
      credentials: okCredentials(harness, agency.okGroupId),
    });
    await schedule(agency, posts[0], inMinutes(1), [agency.okPage]);
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    expect((await publicationsOf(agency, posts[0])).ok.state).toBe('published');
  });

  it('B10 VK: an answer that the token is dead is not proof, but nothing more is sent to the page meanwhile', async () => {
    harness.sandbox.vk.next('wall.post').rejects(27, { message: 'Group authorization failed' }).always();
    const posts = [await anApprovedPost(agency), await anApprovedPost(agency)];
    for (const [i, post] of posts.entries()) await schedule(agency, post, inMinutes(1 + i), [agency.vkPage]);
    await harness.clock.advance({ minutes: 1, seconds: 1 });
    await harness.drain();
    expect((await agency.owner.api.get(`/v1/pages/${agency.vkPage.id}`)).body.status).toBe('broken');
    await harness.clock.advance({ minutes: 1 });
    await harness.drain();
    const [first, second] = await Promise.all(posts.map((post) => publicationsOf(agency, post)));
    expect([first!.vk.attempts.length, second!.vk.state, second!.vk.attempts]).toEqual([1, 'held', []]);
  });

  it('B7 a captcha pauses the page and is never tried blindly', async () => {
    harness.sandbox.vk.next('wall.post').rejects(14).always();
    const post = await dueNow();
    await harness.drain();
    await harness.clock.advance({ hours: 1 });
    await harness.drain();
    const { vk } = await publicationsOf(agency, post);
    expect([vk.state, vk.reason.networkCode, vk.attempts.length]).toEqual(['held', '14', 1]);
    expect((await agency.owner.api.get(`/v1/pages/${agency.vkPage.id}`)).body.status).toBe('broken');
  });

  it('B9 “too many per second” is tried again a moment later', async () => {
    harness.sandbox.vk.next('wall.post').rejects(6);
    const post = await dueNow();
    // A slow machine may take the moment to get here: it is told by the attempts, not by what stands in between.
    await harness.drain();
    await harness.clock.advance({ seconds: 5 });
    await harness.drain();
    const [refused, taken, ...more] = (await publicationsOf(agency, post)).vk.attempts as Loose[];
    expect([refused!.outcome, taken!.outcome, more]).toEqual(['retryLater', 'published', []]);
    expect(Date.parse(taken!.startedAt) - Date.parse(refused!.endedAt)).toBeGreaterThanOrEqual(1_000);
    expect(vkPosts()).toHaveLength(1);
  });

  it('B12 a success with a wrong number is not believed', async () => {
    harness.sandbox.vk.next('wall.post').answersInstead({ post_id: 0 });
    const post = await dueNow();
    await harness.drain();
    expect((await publicationsOf(agency, post)).vk.state).toBe('unclear');
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    expect((await publicationsOf(agency, post)).vk.state).toBe('published');
    expect(vkPosts()).toHaveLength(1);
  });

  it('B16 a look-up that does not show our newest known post proves nothing', async () => {
    const first = await dueNow();
    await harness.drain();
    expect((await publicationsOf(agency, first)).ok.state).toBe('published');
    harness.sandbox.ok.next('mediatopic.post').acceptsThenDrops();
    const second = await dueNow();
    await harness.drain();
    harness.sandbox.ok.settings.lookupLagMs = 3_600_000;
    for (let i = 0; i < 3; i += 1) {
      await harness.clock.advance({ minutes: 2 });
      await harness.drain();
    }
    const lagging = (await publicationsOf(agency, second)).ok;
    expect([lagging.state, new Set(lagging.looks.map(({ result }: Loose) => result))]).toEqual([
      'unclear',
      new Set(['noControl']),
    ]);
    harness.sandbox.ok.settings.lookupLagMs = 0;
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    expect((await publicationsOf(agency, second)).ok.state).toBe('published');
    expect(okTopics()).toHaveLength(2);
  });

  it('B13 an upload that is refused says so, and nothing is sent', async () => {
    harness.sandbox.ok.next('upload.photo').rejects(504).always();
    const post = await dueNow({ photos: 1 });
    await harness.drain();
    const { ok, vk } = await publicationsOf(agency, post);
    expect([ok.state, ok.attempts, vk.state]).toEqual(['refused', [], 'published']);
    expect(okTopics()).toHaveLength(0);
  });

  it('B14 an upload address at a host that is not the network’s gets no byte', async () => {
    harness.sandbox.ok.next('photosV2.getUploadUrl').pointsUploadTo('http://127.0.0.1:1/upload');
    const post = await dueNow({ photos: 1 });
    await harness.drain();
    expect(['refused', 'held', 'scheduled']).toContain((await publicationsOf(agency, post)).ok.state);
    expect(okTopics()).toHaveLength(0);
  });

  it('uploads photos minutes before the time, so that nothing is late by them', async () => {
    const post = await anApprovedPost(agency, { photos: 2 });
    await schedule(agency, post, inMinutes(9));
    await harness.drain();
    expect(await harness.sql('select 1 from publication_uploads')).not.toHaveLength(0);
    const uploads = () => harness.sandbox.ledger.count({ method: 'upload.photo' });
    const before = uploads();
    await harness.clock.advance({ minutes: 10 });
    await harness.drain();
    expect(uploads()).toBe(before);
    expect((await publicationsOf(agency, post)).vk.state).toBe('published');
  });

  describe('and when a worker dies', () => {
    async function claim(publicationId: string): Promise<Loose> {
      const key = { contractorId: agency.contractorId, publicationId };
      return harness.app
        .get(UnitOfWork)
        .forTenant(wholeContractor(agency.contractorId), (tx) =>
          harness.app.get(ClaimStore, { strict: false }).claim(tx, key, new SystemIds().next()),
        );
    }

    it('A3 with a claim, before the point of no return: another one publishes it, once', async () => {
      const post = await dueNow();
      const { vk } = await publicationsOf(agency, post);
      expect(await claim(vk.id)).toBeDefined();
      await harness.clock.advance({ seconds: 61 });
      await harness.drain();
      const story = (await publicationsOf(agency, post)).vk;
      expect([story.state, story.attempts.map(({ outcome }: Loose) => outcome)]).toEqual([
        'published',
        ['released', 'published'],
      ]);
      expect(vkPosts()).toHaveLength(1);
    });

    it('A4 after the point of no return: it is unclear, looked for, and VK is sent again with the same guid', async () => {
      await olderPosts(harness, agency);
      const post = await dueNow();
      const { vk } = await publicationsOf(agency, post);
      const mine = await claim(vk.id);
      const claims = harness.app.get(ClaimStore, { strict: false });
      await harness.app
        .get(UnitOfWork)
        .forTenant(wholeContractor(agency.contractorId), (tx) => claims.beginSending(tx, mine, 'hash'));
      await harness.clock.advance({ seconds: 61 });
      await harness.drain();
      expect((await publicationsOf(agency, post)).vk.state).toBe('unclear');
      for (let i = 0; i < 3; i += 1) {
        await harness.clock.advance({ minutes: 2 });
        await harness.drain();
      }
      expect((await publicationsOf(agency, post)).vk.state).toBe('published');
      expect(vkPosts()).toHaveLength(1);
    });

    it('A10 and comes back after its lease: its writes are fenced and it sends nothing', async () => {
      const post = await dueNow();
      const { vk } = await publicationsOf(agency, post);
      const stale = await claim(vk.id);
      await harness.clock.advance({ seconds: 61 });
      await harness.drain();
      const claims = harness.app.get(ClaimStore, { strict: false });
      const work = harness.app.get(UnitOfWork);
      const begun = await work.forTenant(wholeContractor(agency.contractorId), (tx) => claims.beginSending(tx, stale, 'hash'));
      const settled = await work.forTenant(wholeContractor(agency.contractorId), (tx) =>
        claims.settle(tx, stale, { state: 'refused', reason: { code: 'x', message: 'x' } }),
      );
      expect([begun, settled]).toEqual([false, false]);
      expect((await publicationsOf(agency, post)).vk.state).toBe('published');
    });

    it('C6 a job that runs twice, or twenty times at once, has one effect', async () => {
      const post = await dueNow();
      const { vk } = await publicationsOf(agency, post);
      const sending = harness.app.get(SendingService, { strict: false });
      await Promise.all(Array.from({ length: 20 }, () => sending.send(agency.contractorId, vk.id)));
      expect(vkPosts()).toHaveLength(1);
      expect((await publicationsOf(agency, post)).vk.attempts).toHaveLength(1);
    });

    it('C8 a job with another tenant’s contractor finds nothing and does nothing', async () => {
      const other = await anAgency(harness);
      const post = await dueNow();
      const { vk } = await publicationsOf(agency, post);
      await harness.app.get(SendingService, { strict: false }).send(other.contractorId, vk.id);
      expect((await publicationsOf(agency, post)).vk.state).toBe('scheduled');
    });

    it('C9 a job that rings early finds that it is not due', async () => {
      const post = await anApprovedPost(agency);
      const [publication] = await schedule(agency, post, inMinutes(30));
      await harness.app.get(SendingService, { strict: false }).send(agency.contractorId, publication.id);
      expect(vkPosts()).toHaveLength(0);
      expect((await publicationsOf(agency, post)).vk.attempts).toEqual([]);
    });
  });

  it('E-8 a withdrawal and a claim at the same instant: exactly one wins, and 200 means nothing went out', async () => {
    const sending = harness.app.get(SendingService, { strict: false });
    for (let i = 0; i < 20; i += 1) {
      const post = await dueNow();
      const { vk } = await publicationsOf(agency, post);
      const before = vkPosts().length;
      const [answer] = await Promise.all([
        agency.editor.api.put(`/v1/publications/${vk.id}/withdrawal`),
        sending.send(agency.contractorId, vk.id),
      ]);
      const { state } = (await publicationsOf(agency, post)).vk;
      if (answer.status === 200) expect([state, vkPosts().length]).toEqual(['withdrawn', before]);
      else expect([answer.status, state]).toEqual([202, 'published']);
    }
  });

  it('E-9 a withdrawal while it is being sent is kept: deleted once it is known to be there', async () => {
    harness.sandbox.vk.next('wall.post').acceptsThenDrops();
    const post = await dueNow();
    await harness.drain();
    const { vk } = await publicationsOf(agency, post);
    const answer = await agency.pressOfficer.api.put(`/v1/publications/${vk.id}/withdrawal`);
    expect([answer.status, answer.body.state]).toEqual([202, 'unclear']);
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    expect([(await publicationsOf(agency, post)).vk.state, vkPosts().length]).toEqual(['deleted', 0]);
  });
});
