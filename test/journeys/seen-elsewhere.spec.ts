import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Agency, anAgency } from '../builders/agency.js';
import { anApprovedPost, olderPosts, publicationsOf, schedule, timesOnPage } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { ClaimStore } from '../../src/modules/publishing/claim.store.js';
import { DispatchService } from '../../src/modules/publishing/dispatch.service.js';
import { PublicationReader } from '../../src/modules/publishing/publication-reader.service.js';
import { dispatchTimer } from '../../src/modules/publishing/publishing.jobs.js';
import { SendingService } from '../../src/modules/publishing/sending.service.js';
import { Networks } from '../../src/networks/networks.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { UnitOfWork } from '../../src/platform/database/work.js';
import { SystemIds } from '../../src/platform/ids/ids.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { Timers } from '../../src/platform/queue/timers.js';

/** What users of other systems reported: posts that went out twice, or never. */
describe('seen elsewhere, and not here', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
    await olderPosts(harness, agency);
  });
  afterAll(() => harness.close());
  beforeEach(() => {
    harness.sandbox.vk.scripts.clear();
    harness.sandbox.ok.scripts.clear();
  });

  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);
  const onVk = async (post: Loose): Promise<Loose> => (await publicationsOf(agency, post))['vk'];
  const onPage = (post: Loose): number => timesOnPage(harness, post, agency.vkPage);
  const service = <T>(type: new (...args: never[]) => T): T => harness.app.get<T>(type, { strict: false });
  const later = async (minutes: number, times = 1): Promise<void> => {
    for (let i = 0; i < times; i += 1) {
      await harness.clock.advance({ minutes });
      await harness.drain();
    }
  };

  async function dueNow(sketch: object = {}): Promise<Loose> {
    const post = await anApprovedPost(agency, sketch);
    await schedule(agency, post, inMinutes(1), [agency.vkPage]);
    await harness.clock.advance({ minutes: 1, seconds: 1 });
    return post;
  }

  const idOf = async (post: Loose): Promise<string> => (await onVk(post)).id;
  const send = (id: string): Promise<void> => service(SendingService).send(agency.contractorId, id);

  async function claim(post: Loose): Promise<void> {
    const key = { contractorId: agency.contractorId, publicationId: await idOf(post) };
    const claimed = await service(UnitOfWork).forTenant(wholeContractor(agency.contractorId), (tx) =>
      service(ClaimStore).claim(tx, key, new SystemIds().next()),
    );
    expect(claimed).toBeDefined();
  }

  it('a side effect that fails after a successful publish does not publish again', async () => {
    const post = await dueNow();
    await harness.sql(
      `create function fails() returns trigger language plpgsql as $$ begin raise exception 'no news today'; end $$`,
    );
    await harness.sql('create trigger fails before insert on outbox execute function fails()');
    await expect(send(await idOf(post))).rejects.toThrow('no news today');
    await harness.sql('drop trigger fails on outbox');
    await later(2, 2);
    const { state, attempts } = await onVk(post);
    expect([state, attempts.length, onPage(post)]).toEqual(['published', 1, 1]);
  });

  it.each<[string, () => unknown]>([
    ['after its claim', () => jest.spyOn(service(PublicationReader), 'read').mockRejectedValueOnce(new Error('crash'))],
    [
      'at the point of no return',
      () => jest.spyOn(service(ClaimStore), 'beginSending').mockRejectedValueOnce(new Error('crash')),
    ],
    ['before the first byte', () => jest.spyOn(vk(), 'publish').mockRejectedValueOnce(new Error('crash'))],
    ['after the answer', () => crashesAfterPublish()],
    ['while it writes the result', () => jest.spyOn(service(ClaimStore), 'settle').mockRejectedValueOnce(new Error('crash'))],
  ])('a worker that crashes %s leaves one post in the end, not two', async (_, plan) => {
    const post = await dueNow();
    const id = await idOf(post);
    plan();
    await expect(send(id)).rejects.toThrow('crash');
    jest.restoreAllMocks();
    await later(2, 3);
    expect([(await onVk(post)).state, onPage(post)]).toEqual(['published', 1]);
  });

  it('a live post that looks failed and is retried by its user is not published again', async () => {
    harness.sandbox.vk.next('wall.post').acceptsThenFails(502);
    const post = await dueNow();
    await harness.drain();
    const { id, state } = await onVk(post);
    expect([state, onPage(post)]).toEqual(['unclear', 1]);
    const body = { publishAt: inMinutes(1).toISOString(), pageIds: [agency.vkPage.id] };
    expect((await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, body)).body.code).toBe('publishing.already-sent');
    const again = await agency.editor.api.post(`/v1/publications/${id}/decisions`, { decision: 'sendAgain' });
    expect([again.status, again.body.code]).toEqual([409, 'publishing.decision-refused']);
    await later(2, 2);
    expect([(await onVk(post)).state, onPage(post)]).toEqual(['published', 1]);
  });

  it('a published post that is saved again with its old date does not go out again', async () => {
    const post = await dueNow();
    await harness.drain();
    const { dueAt } = await onVk(post);
    const { variants, title } = post;
    const edit = await agency.editor.api.put(`/v1/posts/${post.id}`, { title, variants, mediaIds: [] });
    const plan = await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, { publishAt: dueAt, pageIds: [agency.vkPage.id] });
    // The same content saved again is no change; another one would find the post locked.
    expect([edit.status, plan.body.code]).toEqual([200, 'publishing.already-sent']);
    await later(5);
    expect(onPage(post)).toBe(1);
  });

  it('a publish whose answer names no post is not called a success', async () => {
    harness.sandbox.vk.next('wall.post').answersInstead({}).withoutEffect();
    const post = await dueNow();
    await harness.drain();
    expect(await onVk(post)).toMatchObject({ state: 'unclear', externalId: null, url: null, publishedAt: null });
    const lie = harness.sql(`update publications set state = 'published', in_doubt = false where post_id = $1`, [post.id]);
    await expect(lie).rejects.toMatchObject({ code: '23514' });
    await later(2, 3);
    expect([(await onVk(post)).state, onPage(post)]).toEqual(['published', 1]);
  });

  it('a post that was saved and never reached the queue goes out', async () => {
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(1), [agency.vkPage]);
    await harness.drain();
    await harness.clock.advance({ minutes: 1, seconds: 1 });
    const ring = jest.spyOn(service(Queues), 'ring').mockResolvedValue(undefined);
    await service(Timers).runOnce(dispatchTimer);
    ring.mockRestore();
    expect(onPage(post)).toBe(0);
    await later(2, 2);
    expect(onPage(post)).toBe(1);
  });

  it('a post that is stuck in “publishing” after a crash is taken up again when the lease is over', async () => {
    const post = await dueNow();
    await claim(post);
    expect((await onVk(post)).state).toBe('claimed');
    await later(2);
    expect([(await onVk(post)).state, onPage(post)]).toEqual(['published', 1]);
  });

  it('a post whose worker is gone can be cancelled at once', async () => {
    const post = await dueNow();
    await claim(post);
    const cancelled = await agency.editor.api.put(`/v1/publications/${(await onVk(post)).id}/withdrawal`);
    expect([cancelled.status, cancelled.body.state]).toEqual([200, 'withdrawn']);
    await later(2, 2);
    expect([(await onVk(post)).state, onPage(post)]).toEqual(['withdrawn', 0]);
  });

  it('schedulers whose rounds overlap publish a post once', async () => {
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(1), [agency.vkPage]);
    await harness.drain();
    await harness.clock.advance({ minutes: 1, seconds: 1 });
    await Promise.all(Array.from({ length: 8 }, () => service(DispatchService).dispatch()));
    await harness.drain();
    expect([(await onVk(post)).attempts.length, onPage(post)]).toEqual([1, 1]);
  });

  it('every job that is delivered twice has one effect', async () => {
    const queues = service(Queues);
    const ring = queues.ring.bind(queues);
    const doubled = jest.spyOn(queues, 'ring').mockImplementation((definition, rings) =>
      ring(
        definition,
        rings.flatMap((one) => [one, { ...one, jobId: `${one.jobId}.again` }]),
      ),
    );
    const [plain, unclear] = [await anApprovedPost(agency, { photos: 1 }), await anApprovedPost(agency)];
    await schedule(agency, plain, inMinutes(1), [agency.vkPage]);
    await later(1.1);
    harness.sandbox.vk.next('wall.post').acceptsThenDrops();
    await schedule(agency, unclear, inMinutes(1), [agency.vkPage]);
    await later(1.1);
    await later(2, 2);
    expect([onPage(plain), onPage(unclear)]).toEqual([1, 1]);
    const { id, attempts, looks } = await onVk(unclear);
    expect([attempts.length, looks.map(({ result }: Loose) => result)]).toEqual([1, ['found']]);
    await agency.editor.api.put(`/v1/publications/${id}/withdrawal`);
    await harness.drain();
    doubled.mockRestore();
    expect([(await onVk(unclear)).state, onPage(plain), onPage(unclear)]).toEqual(['deleted', 1, 0]);
  });

  it('a retry runs although no new post comes', async () => {
    harness.sandbox.vk.next('wall.post').rejects(6);
    const post = await dueNow();
    await send(await idOf(post));
    expect([(await onVk(post)).state, onPage(post)]).toEqual(['scheduled', 0]);
    await harness.clock.advance({ seconds: 10 });
    await harness.drain();
    expect([(await onVk(post)).state, onPage(post)]).toEqual(['published', 1]);
  });

  it('old posts do not flood the page after an outage: people are asked', async () => {
    const posts = [await anApprovedPost(agency), await anApprovedPost(agency), await anApprovedPost(agency)];
    for (const post of posts) await schedule(agency, post, inMinutes(5));
    await harness.clock.advance({ days: 60 });
    await harness.drain();
    for (const post of posts) {
      const stories = Object.values(await publicationsOf(agency, post));
      expect(stories.map(({ state, reason }) => [state, reason.code])).toEqual([
        ['held', 'too-late'],
        ['held', 'too-late'],
      ]);
      expect(onPage(post)).toBe(0);
    }
  });

  const vk = () => service(Networks).get('vk');

  function crashesAfterPublish(): void {
    const publish = vk().publish.bind(vk());
    jest.spyOn(vk(), 'publish').mockImplementationOnce(async (request) => {
      await publish(request);
      throw new Error('crash');
    });
  }
});
