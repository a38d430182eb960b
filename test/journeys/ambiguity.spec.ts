import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Agency, anAgency } from '../builders/agency.js';
import { anApprovedPost, olderPosts, postRequest, publicationsOf, schedule, timesOnPage } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { Wire } from '../harness/wire.js';
import { ClaimStore } from '../../src/modules/publishing/claim.store.js';
import { DispatchService } from '../../src/modules/publishing/dispatch.service.js';
import { Networks } from '../../src/networks/networks.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { UnitOfWork } from '../../src/platform/database/work.js';
import { SystemIds } from '../../src/platform/ids/ids.js';

type Script = ReturnType<Harness['sandbox']['vk']['next']>;

const SEND = { vk: 'wall.post', ok: 'mediatopic.post' } as const;
const ownerOf = ({ vkGroupId, okGroupId }: Agency, network: 'vk' | 'ok'): string =>
  network === 'vk' ? String(-vkGroupId) : okGroupId;
const LOOK = { vk: 'wall.get', ok: 'mediatopic.getTopics' } as const;

const DAY_MS = 86_400_000;
/** Noon in Greenwich, 15:00 in Moscow. */
const NOON_MS = DAY_MS / 2;

describe('when an answer can’t be trusted', () => {
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
  const pageOn = (network: 'vk' | 'ok'): Loose => (network === 'vk' ? agency.vkPage : agency.okPage);
  const on = async (network: 'vk' | 'ok', post: Loose): Promise<Loose> => (await publicationsOf(agency, post))[network];
  const later = async (minutes: number, times = 1): Promise<void> => {
    for (let i = 0; i < times; i += 1) {
      await harness.clock.advance({ minutes });
      await harness.drain();
    }
  };

  /** Sent a minute from now to one page, whose network does as the script says. */
  async function sent(network: 'vk' | 'ok', play: (script: Script) => unknown, options: object = {}): Promise<Loose> {
    play(harness.sandbox[network].next(SEND[network]));
    const post = await anApprovedPost(agency);
    const body = { publishAt: inMinutes(1).toISOString(), pageIds: [pageOn(network).id], ...options };
    expect((await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, body)).status).toBe(200);
    await later(1.1);
    return post;
  }

  it.each<['vk' | 'ok']>([['vk'], ['ok']])(
    'B4 %s, which posts half a minute after our time-out: the settle time is longer, so that it is found and not sent again',
    async (network) => {
      const post = await sent(network, (script) => script.acceptsLate(30_000), { onAmbiguity: 'resend' });
      expect([(await on(network, post)).state, timesOnPage(harness, post, pageOn(network))]).toEqual(['unclear', 0]);
      await later(2, 3);
      const { state, attempts, looks } = await on(network, post);
      expect([state, attempts.length, looks.map(({ result }: Loose) => result)]).toEqual(['published', 1, ['found']]);
      expect(timesOnPage(harness, post, pageOn(network))).toBe(1);
    },
  );

  it('B4 OK, which posts later than any settle time: whoever asked to send again gets two, and the comparison of the page says so', async () => {
    const post = await sent('ok', (script) => script.acceptsLate(), { onAmbiguity: 'resend' });
    await later(2, 3);
    expect([(await on('ok', post)).state, timesOnPage(harness, post, agency.okPage)]).toEqual(['published', 1]);
    harness.sandbox.releaseLate();
    await later(16);
    expect(timesOnPage(harness, post, agency.okPage)).toBe(2);
    const { data } = (await agency.editor.api.get(`/v1/outside-posts?pageId=${agency.okPage.id}`)).body;
    expect(data[0].duplicateOf).toBe((await on('ok', post)).id);
  });

  it.each<['vk' | 'ok', number, string]>([
    ['vk', 29, 'daily-limit'],
    ['ok', 8, 'flood-control'],
    ['ok', 11, 'daily-limit'],
  ])('B8 %s error %i leaves that page alone for as long as it says (%s), and no other', async (network, code, reason) => {
    // Hours before the networks' midnight, at which a daily limit is over.
    const now = harness.clock.now().getTime();
    await harness.clock.set(new Date(Math.ceil((now - NOON_MS) / DAY_MS) * DAY_MS + NOON_MS));
    const busy = await anAgency(harness);
    harness.sandbox[network].next(SEND[network]).rejects(code);
    const post = await anApprovedPost(busy);
    await schedule(busy, post, inMinutes(1));
    await later(1.1);
    const calls = (): number => harness.sandbox.ledger.count({ method: SEND[network], owner: ownerOf(busy, network) });
    const before = calls();
    await later(10, 5);
    const { [network]: resting, [network === 'vk' ? 'ok' : 'vk']: other } = await publicationsOf(busy, post);
    expect([resting.state, resting.reason.code, resting.attempts.length]).toEqual(['scheduled', reason, 1]);
    expect([calls() - before, other.state]).toEqual([0, 'published']);
  });

  it('B8 VK error 9 says nothing about the post that it answers: it is looked for, and the page rests meanwhile', async () => {
    const busy = await anAgency(harness);
    await olderPosts(harness, busy);
    harness.sandbox.vk.next('wall.post').rejects(9).always();
    const [first, second] = [await anApprovedPost(busy), await anApprovedPost(busy)];
    await schedule(busy, first, inMinutes(1), [busy.vkPage]);
    await schedule(busy, second, inMinutes(2), [busy.vkPage]);
    await later(1.1);
    await later(5);
    const [{ vk: one }, { vk: two }] = [await publicationsOf(busy, first), await publicationsOf(busy, second)];
    expect([one!.attempts.length, two!.attempts.length, two!.reason.code]).toEqual([1, 0, 'flood-control']);
    harness.sandbox.vk.scripts.clear();
    await later(6, 3);
    for (const post of [first, second]) {
      expect((await publicationsOf(busy, post))['vk'].state).toBe('published');
      expect(timesOnPage(harness, post, busy.vkPage)).toBe(1);
    }
  });

  it.each<['vk' | 'ok', number, string]>([
    ['vk', 1, 'unknown error'],
    ['vk', 10, 'internal error'],
    ['ok', 1, 'unknown'],
    ['ok', 2, 'service unavailable'],
  ])('B11 %s error %i, “%s”, proves nothing: the post that stands there is adopted', async (network, code) => {
    const body = JSON.stringify(
      network === 'vk' ? { error: { error_code: code, error_msg: '' } } : { error_code: code, error_msg: '', error_data: null },
    );
    const post = await sent(network, (script) => script.thenAnswers({ kind: 'status', status: 200, body }));
    expect(await on(network, post)).toMatchObject({ state: 'unclear', reason: { networkCode: String(code) } });
    await later(2, 2);
    const { state, attempts } = await on(network, post);
    expect([state, attempts.length, timesOnPage(harness, post, pageOn(network))]).toEqual(['published', 1, 1]);
  });

  it.each<['vk' | 'ok']>([['vk'], ['ok']])(
    'B19 %s, which wants to be left alone for thirty years, is asked again within the hour',
    async (network) => {
      const retryAfter = { 'retry-after': '1000000000' };
      const post = await sent(network, (script) => script.failsBefore(429, retryAfter), { onAmbiguity: 'resend' });
      expect((await on(network, post)).state).toBe('unclear');
      harness.sandbox[network].next(LOOK[network]).failsBefore(429, retryAfter);
      await later(10, 6);
      expect([(await on(network, post)).state, timesOnPage(harness, post, pageOn(network))]).toEqual(['published', 1]);
    },
  );

  it('A2 an answer that is lost on its way to us: the same calls again give the same post and one publication for each page', async () => {
    const wire = await Wire.to(Number(new URL(harness.baseUrl).port));
    const call = async (method: string, path: string, body: object, key?: string): Promise<Loose> => {
      const headers = {
        ...{ authorization: `Bearer ${agency.editor.api.token}`, 'content-type': 'application/json', connection: 'close' },
        ...(key !== undefined && { 'idempotency-key': key }),
      };
      return fetch(`http://127.0.0.1:${wire.port}${path}`, { method, headers, body: JSON.stringify(body) }).then(
        (answer) => answer.json(),
        () => 'lost',
      );
    };
    const twice = async (...[method, path, body, key]: Parameters<typeof call>): Promise<Loose> => {
      const lost = wire.loseAnswer(`${method} ${path} `);
      expect(await call(method, path, body, key)).toBe('lost');
      await lost;
      return call(method, path, body, key);
    };
    for (let round = 0; round < 8; round += 1) {
      const request = { ...postRequest(agency), title: `Потерянный ответ № ${round}` };
      const created = await twice('POST', '/v1/posts', request, `lost-${round}`);
      expect(await harness.sql('select id from posts where title = $1', [request.title])).toEqual([{ id: created.id }]);
    }
    const post = await anApprovedPost(agency);
    const plan = { publishAt: inMinutes(600).toISOString(), pageIds: [agency.vkPage.id, agency.okPage.id] };
    expect((await twice('PUT', `/v1/posts/${post.id}/schedule`, plan)).publications).toHaveLength(2);
    expect(await harness.sql('select 1 from publications where post_id = $1', [post.id])).toHaveLength(2);
    await agency.editor.api.delete(`/v1/posts/${post.id}/schedule`);
    wire.close();
  });

  it.each([
    ['for twenty seconds, past the instant for its first byte', 20, 'retryLater'],
    ['for two minutes, past its lease, so that others have taken over', 120, 'fenced'],
  ])('A11 a worker that stands still %s sends nothing any more; the post goes out later, once', async (_, seconds, ended) => {
    const vk = harness.app.get(Networks).get('vk');
    const standing = jest.spyOn(vk, 'publish').mockImplementation(async (request) => {
      standing.mockRestore();
      await harness.clock.advance({ seconds });
      await harness.app.get(DispatchService, { strict: false }).sweep();
      return vk.publish(request);
    });
    const post = await sent('vk', (script) => script);
    await later(2, 3);
    const { state, attempts } = await on('vk', post);
    expect([state, timesOnPage(harness, post, agency.vkPage)]).toEqual(['published', 1]);
    expect(attempts.map(({ outcome }: Loose) => outcome)).toEqual([ended, 'published']);
  });

  it('C7 a publication that kills three workers in a row is held with the reason; others go out, and a person may send it again', async () => {
    const claims = harness.app.get(ClaimStore, { strict: false });
    const { contractorId } = agency;
    const [poison, healthy] = [await anApprovedPost(agency), await anApprovedPost(agency)];
    await schedule(agency, poison, inMinutes(1), [agency.vkPage]);
    await schedule(agency, healthy, inMinutes(2), [agency.vkPage]);
    const { id } = await on('vk', poison);
    await harness.clock.advance({ minutes: 1, seconds: 1 });
    for (let death = 1; death <= 3; death += 1) {
      const key = { contractorId, publicationId: id };
      const work = harness.app.get(UnitOfWork);
      const claim = await work.forTenant(wholeContractor(contractorId), (tx) => claims.claim(tx, key, new SystemIds().next()));
      expect(claim?.tries).toBe(death);
      await harness.clock.advance({ seconds: 61 });
      // The lease is over, and nobody has been rung for.
      if (death < 3) await harness.app.get(DispatchService, { strict: false }).sweep();
    }
    await harness.drain();
    expect(await on('vk', poison)).toMatchObject({ state: 'held', reason: { code: 'workers-lost' }, inDoubt: false });
    expect([(await on('vk', healthy)).state, timesOnPage(harness, poison, agency.vkPage)]).toEqual(['published', 0]);
    expect((await agency.editor.api.post(`/v1/publications/${id}/decisions`, { decision: 'sendAgain' })).status).toBe(201);
    await harness.drain();
    expect([(await on('vk', poison)).state, timesOnPage(harness, poison, agency.vkPage)]).toEqual(['published', 1]);
  });
});
