import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency } from '../builders/agency.js';
import { anApprovedPost, olderPosts, publicationsOf, schedule, withoutOlder } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { ClaimStore } from '../../src/modules/publishing/claim.store.js';
import { ResolutionService } from '../../src/modules/publishing/resolution.service.js';
import { UnitOfWork } from '../../src/platform/database/work.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { SystemIds } from '../../src/platform/ids/ids.js';

describe('while nobody knows whether a post stands on its page', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    harness.sandbox.ok.settings.lookupLagMs = 0;
    harness.sandbox.vk.settings.lookupLagMs = 0;
    agency = await anAgency(harness);
    await olderPosts(harness, agency);
  });
  afterEach(() => harness.forgetTenants());

  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);
  const topics = (): Loose[] => withoutOlder(harness.sandbox.ok.topics(agency.okGroupId)) as Loose[];
  const vkPosts = (): Loose[] => withoutOlder(harness.sandbox.vk.posts(agency.vkGroupId)) as Loose[];
  const decide = (publication: Loose, body: object) =>
    agency.editor.api.post(`/v1/publications/${publication.id}/decisions`, body);
  const withdraw = (publication: Loose) => agency.editor.api.put(`/v1/publications/${publication.id}/withdrawal`, {});
  const again = async (minutes: number, times = 1): Promise<void> => {
    for (let i = 0; i < times; i += 1) {
      await harness.clock.advance({ minutes });
      await harness.drain();
    }
  };

  /** Sent to OK a minute from now; what came of it the network did not say. */
  async function unclearOnOk(script: (send: Loose) => void): Promise<Loose> {
    script(harness.sandbox.ok.next('mediatopic.post'));
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(1), [agency.okPage]);
    await again(1.1);
    expect((await publicationsOf(agency, post)).ok.state).toBe('unclear');
    return post;
  }

  /** The look-up failed, so that a person must look; the post stands there. */
  async function heldInDoubt(): Promise<Loose> {
    const post = await unclearOnOk((send) => send.acceptsThenDrops());
    // It may not look: nobody will find out.
    harness.sandbox.ok.next('mediatopic.getTopics').rejects(10);
    await again(2, 2);
    expect((await publicationsOf(agency, post)).ok).toMatchObject({ state: 'held', inDoubt: true });
    return post;
  }

  it('taking back what is held makes us look again, and says “withdrawn” only of what is not there', async () => {
    const post = await heldInDoubt();
    const answer = await withdraw((await publicationsOf(agency, post)).ok);
    expect([answer.status, answer.body.state]).toEqual([202, 'unclear']);
    await again(2, 3);
    expect((await publicationsOf(agency, post)).ok.state).toBe('deleted');
    expect(topics()).toHaveLength(0);
  });

  it('it is neither scheduled anew nor released by a review: somebody must say whether it is there', async () => {
    const post = await heldInDoubt();
    const { ok } = await publicationsOf(agency, post);
    const planned = await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, {
      publishAt: inMinutes(5).toISOString(),
      pageIds: [agency.okPage.id],
    });
    expect([planned.status, planned.body.code]).toEqual([409, 'publishing.already-sent']);
    const review = await agency.editor.api.post('/v1/publication-reviews', { publicationIds: [ok.id], decision: 'release' });
    expect([review.status, review.body.fields]).toEqual([
      409,
      [{ field: 'publicationIds.0', reason: expect.stringContaining('may stand on the page') }],
    ]);
    expect((await decide(ok, { decision: 'giveUp', comment: 'Нет на странице' })).status).toBe(201);
    expect((await publicationsOf(agency, post)).ok).toMatchObject({ state: 'abandoned', inDoubt: false });
  });

  it('nobody decides before the page can show it', async () => {
    const post = await unclearOnOk((send) => send.acceptsThenDrops());
    const { ok } = await publicationsOf(agency, post);
    for (const decision of ['sendAgain', 'giveUp']) {
      const answer = await decide(ok, { decision });
      expect([answer.status, answer.body.code]).toEqual([409, 'publishing.decision-refused']);
      expect(answer.body.title).toContain(new Date(ok.settlesAt).toISOString());
      expect(answer.body.allowedTransitions).toEqual(['adopt']);
    }
    await again(2);
    expect((await publicationsOf(agency, post)).ok.state).toBe('published');
    expect(topics()).toHaveLength(1);
  });

  it('what is being taken back is not given up meanwhile', async () => {
    const post = await unclearOnOk((send) => send.acceptsThenDrops());
    const { ok } = await publicationsOf(agency, post);
    expect((await withdraw(ok)).status).toBe(202);
    await harness.clock.advance({ minutes: 2 });
    expect((await decide(ok, { decision: 'giveUp' })).status).toBe(409);
    await harness.drain();
    await again(2);
    expect((await publicationsOf(agency, post)).ok.state).toBe('deleted');
  });

  it('a page that shows nothing that we know proves nothing, and ends with a person', async () => {
    const fresh = await anAgency(harness);
    agency = fresh;
    const post = await unclearOnOk((send) => send.dropsBeforeEffect());
    await again(2, 5);
    const { ok } = await publicationsOf(agency, post);
    expect([ok.state, new Set(ok.looks.map(({ result }: Loose) => result))]).toEqual(['unclear', new Set(['noControl'])]);
    await again(10, 5);
    expect((await publicationsOf(agency, post)).ok).toMatchObject({
      state: 'held',
      reason: { code: 'no-control' },
      inDoubt: true,
    });
  });

  it('a newer post than those we know shows that the page is fresh', async () => {
    const post = await unclearOnOk((send) => send.dropsBeforeEffect());
    const [older] = harness.sandbox.ok.topics(agency.okGroupId) as Loose[];
    harness.sandbox.ok.deleteByHand(older!.id);
    harness.sandbox.ok.postByHand(agency.okGroupId, { text: 'Другая запись, новее' });
    await again(2, 3);
    expect((await publicationsOf(agency, post)).ok).toMatchObject({ state: 'held', reason: { code: 'absent' }, inDoubt: false });
  });

  it('a repeat that waited until VK has forgotten the first is not sent, and asks a person', async () => {
    harness.sandbox.vk.next('wall.post').dropsBeforeEffect();
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(1), [agency.vkPage]);
    await again(1.1);
    const { contractorId } = agency;
    const { vk } = await publicationsOf(agency, post);
    // Two looks found nothing, and then nobody took the repeat: every worker was away.
    await harness.clock.advance({ minutes: 2 });
    const resolution = harness.app.get(ResolutionService);
    await resolution.resolve(contractorId, vk.id);
    await harness.clock.advance({ minutes: 2 });
    await resolution.resolve(contractorId, vk.id);
    expect((await publicationsOf(agency, post)).vk.state).toBe('scheduled');
    await again(50);
    expect((await publicationsOf(agency, post)).vk).toMatchObject({ state: 'held', reason: { code: 'repeat-too-late' } });
    expect(vkPosts()).toHaveLength(0);
    expect((await decide(vk, { decision: 'sendAgain' })).status).toBe(201);
    await harness.drain();
    expect(vkPosts()).toHaveLength(1);
  });

  it('the network’s late “published” is believed, whatever became of the publication meanwhile', async () => {
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(1), [agency.vkPage]);
    await harness.clock.advance({ minutes: 1, seconds: 1 });
    const { vk } = await publicationsOf(agency, post);
    const { contractorId } = agency;
    const [claims, work] = [new ClaimStore(), harness.app.get(UnitOfWork)];
    const attemptId = new SystemIds().next();
    const run = <T>(step: Parameters<UnitOfWork['forTenant']>[1]): Promise<T> =>
      work.forTenant(wholeContractor(contractorId), step) as Promise<T>;
    const claim = await run<Loose>((tx) => claims.claim(tx, { contractorId, publicationId: vk.id }, attemptId));
    await run((tx) => claims.beginSending(tx, claim as never, 'sha'));
    // Its lease runs out, a look may not be made, and it is held; then the worker comes back with the answer.
    harness.sandbox.vk.next('wall.get').rejects(15);
    await again(2, 3);
    expect((await publicationsOf(agency, post)).vk).toMatchObject({ state: 'held', inDoubt: true });
    expect(await run<boolean>((tx) => claims.adoptLate(tx, claim as never, '991', 'https://vk.com/wall-1_991'))).toBe(true);
    expect((await publicationsOf(agency, post)).vk).toMatchObject({ state: 'published', externalId: '991', inDoubt: false });
  });

  it('a look that began too soon, or for an earlier send, says nothing', async () => {
    const post = await unclearOnOk((send) => send.dropsBeforeEffect());
    const { ok } = await publicationsOf(agency, post);
    await harness.app.get(ResolutionService).resolve(agency.contractorId, ok.id);
    expect((await publicationsOf(agency, post)).ok.looks).toHaveLength(0);
    await harness.clock.advance({ minutes: 2 });
    const look = (): Promise<void> => harness.app.get(ResolutionService).resolve(agency.contractorId, ok.id);
    await Promise.all([look(), look(), look()]);
    const { looks, state } = (await publicationsOf(agency, post)).ok;
    expect([state, looks.length]).toEqual(['unclear', 1]);
  });
});
