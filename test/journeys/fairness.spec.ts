import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Spending, Urgency } from '../../src/modules/publishing/budget.js';
import { BudgetStore } from '../../src/modules/publishing/budget.store.js';
import { DispatchService } from '../../src/modules/publishing/dispatch.service.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../src/platform/database/work.js';
import { QueueActivity } from '../../src/platform/queue/activity.js';
import { type Agency, anAgency, connectPage, morePages, vkCredentials } from '../builders/agency.js';
import { anApprovedPost, publicationsOf, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

describe('when everyone posts at nine', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start({ budgets: 'documented' });
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    harness.sandbox.vk.scripts.clear();
    harness.sandbox.ok.scripts.clear();
    await harness.sql(`update publications set state = 'abandoned', rung_at = null where state = 'scheduled'`);
    await harness.clock.advance({ hours: 1 });
    agency = await anAgency(harness);
  });

  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);
  const dispatcher = (): DispatchService => harness.app.get(DispatchService, { strict: false });

  /** Pages of the agency's client that share one secret, all under its contract. */
  const pagesOf = (network: 'vk' | 'ok', count: number, first: number): Promise<Loose[]> =>
    morePages(harness, agency, { network, count, first });

  /** The same post many times on each of its pages, due one after the other within one second. */
  async function repeat(post: Loose, times: number): Promise<void> {
    await harness.sql(
      `insert into publications (contractor_id, id, client_id, post_id, page_id, network, slot, due_at, next_try_at, planned_local, time_zone,
         post_version, content_hash, marker, scheduled_by, prepared_at, budget_key)
       select contractor_id, gen_random_uuid(), client_id, post_id, page_id, network, n, due_at + n * interval '1 ms', due_at + n * interval '1 ms',
         planned_local, time_zone, post_version, content_hash, md5(page_id::text || n), scheduled_by, prepared_at, budget_key
       from publications, generate_series(2, $2) n where post_id = $1`,
      [post.id, times],
    );
  }

  /** Due in a minute, prepared, with what it draws on. */
  async function prepared(post: Loose, pages: Loose[], who = agency): Promise<Loose[]> {
    const publications = await schedule(who, post, inMinutes(1), pages);
    await harness.drain();
    return publications;
  }

  const whoWasRung = () =>
    harness.sql<{ contractor_id: string; page_id: string; id: string; at: number }>(
      `select contractor_id, page_id, id, extract(epoch from rung_at)::float8 as at from publications where rung_at is not null
       order by rung_at, due_at`,
    );

  /** The most calls of one secret within any second, by the sandbox's ledger. */
  function busiestSecond(method: string): number {
    const times = harness.sandbox.ledger.find({ method }).map(({ at, tokenLabel }) => ({ at: Date.parse(at), tokenLabel }));
    const within = (from: { at: number; tokenLabel: string | null }) =>
      times.filter(({ at, tokenLabel }) => tokenLabel === from.tokenLabel && at >= from.at && at < from.at + 1_000).length;
    return Math.max(...times.map(within));
  }

  describe('by the dispatcher alone, with no worker to take what it rings', () => {
    let activity: QueueActivity;
    beforeEach(() => {
      activity = harness.app.get(QueueActivity);
    });
    afterEach(() => activity.resume());

    it('C10 600 posts of one contractor delay another’s single post by no more than one round', async () => {
      const huge = await pagesOf('vk', 3, 510_000_000);
      await repeat(await anApprovedPostOn(huge), 200);
      const other = await anAgency(harness);
      await prepared(await anApprovedPost(other), [other.vkPage], other);
      await activity.pause();
      await harness.clock.advance({ minutes: 1, seconds: 2 });
      // A network that takes two at a time: the big one has had all his pages served before the small one comes.
      await harness.sql(`update network_budgets set per_second = 20, burst = 2`);
      await harness.sql(
        `insert into contractor_lanes values ($1, app_now()) on conflict (contractor_id) do update set served_at = app_now()`,
        [agency.contractorId],
      );
      await dispatcher().dispatch();
      await harness.sql(`update network_budgets set per_second = 200, burst = 30`);
      const rung = await whoWasRung();
      expect(rung.map(({ contractor_id }) => contractor_id).sort()).toEqual([agency.contractorId, other.contractorId].sort());
    });

    it('of those whose turn comes after a pause who has a single post goes first, then who has the most', async () => {
      await repeat(await anApprovedPostOn(await pagesOf('vk', 1, 514_000_000)), 50);
      const [few, one, another] = [await anAgency(harness), await anAgency(harness), await anAgency(harness)];
      const others = [few, one, another];
      const posts = new Map<Agency, Loose>();
      for (const other of others) {
        posts.set(other, await anApprovedPost(other));
        await prepared(posts.get(other)!, [other.vkPage], other);
      }
      await repeat(posts.get(few)!, 3);
      await activity.pause();
      await harness.clock.advance({ minutes: 1, seconds: 2 });
      // The big one was served yesterday, the others minutes ago: by now that is the same.
      await harness.sql(`insert into contractor_lanes select unnest($1::uuid[]), app_now() - interval '3 minutes'`, [
        others.map(({ contractorId }) => contractorId),
      ]);
      await harness.sql(`update network_budgets set per_second = 20, burst = 3`);
      await dispatcher().dispatch();
      await harness.sql(`update network_budgets set per_second = 200, burst = 30`);
      const rung = await whoWasRung();
      const served = [agency, one, another].map(({ contractorId }) => contractorId);
      expect(rung.map(({ contractor_id }) => contractor_id).sort()).toEqual(served.sort());
    });

    it('the longest row behind one secret has a turn of its own four times a second, and the others keep the rest', async () => {
      const [longer, one, another] = [await anAgency(harness), await anAgency(harness), await anAgency(harness)];
      const all = [agency, longer, one, another];
      for (const who of all) {
        const post = await anApprovedPost(who);
        await prepared(post, [who.okPage], who);
        await repeat(
          post,
          new Map([
            [agency, 20],
            [longer, 30],
          ]).get(who) ?? 1,
        );
      }
      await activity.pause();
      await harness.clock.advance({ minutes: 1, seconds: 2 });
      // Those with the long rows were served just now: by the order of turns alone they would come last.
      await harness.sql(
        `insert into contractor_lanes select unnest($1::uuid[]), app_now() on conflict (contractor_id) do update set served_at = app_now()`,
        [[agency, longer].map(({ contractorId }) => contractorId)],
      );
      await harness.sql(`update network_budgets set per_second = 20, burst = 1`);
      // This machine may be slower than a quarter of a second: when the longest row had its turn is said here.
      const lastTurn = (when: string) => harness.sql(`update network_budgets set for_longest_at = ${when} where network = 'ok'`);
      await dispatcher().dispatch();
      const [noted] = await harness.sql(
        `select for_longest_at = (select max(rung_at) from publications) as now from network_budgets where network = 'ok'`,
      );
      for (const when of [`app_now() + interval '30 s'`, `app_now() - interval '300 ms'`, `app_now() + interval '30 s'`]) {
        await harness.clock.advance({ seconds: 0.06 });
        await lastTurn(when);
        await dispatcher().dispatch();
      }
      await harness.sql(`update network_budgets set per_second = 200, burst = 30`);
      const names = new Map(all.map(({ contractorId }, i) => [contractorId, ['long', 'longer', 'one', 'another'][i]!]));
      const rung = (await whoWasRung()).map(({ contractor_id }) => names.get(contractor_id)!);
      expect([noted, rung[0], rung[2]]).toEqual([{ now: true }, 'longer', 'long']);
      expect([rung[1], rung[3]].sort()).toEqual(['another', 'one']);
    });

    it('nothing of a page is rung while another one of it is, and the first due comes first', async () => {
      const pages = await pagesOf('vk', 2, 511_000_000);
      await repeat(await anApprovedPostOn(pages), 5);
      await activity.pause();
      await harness.clock.advance({ minutes: 1, seconds: 2 });
      for (let i = 0; i < 3; i += 1) {
        await dispatcher().dispatch();
        await harness.clock.advance({ seconds: 1 });
      }
      const rung = await whoWasRung();
      expect(rung).toHaveLength(2);
      expect(new Set(rung.map(({ page_id }) => page_id)).size).toBe(2);
      const first = await harness.sql<{ id: string }>(
        `select distinct on (page_id) id from publications where contractor_id = $1 and state = 'scheduled' order by page_id, due_at`,
        [agency.contractorId],
      );
      expect(rung.map(({ id }) => id).sort()).toEqual(first.map(({ id }) => id).sort());
    });

    it('one secret of many pages has one turn at a time, however often and from how many dispatchers it is asked', async () => {
      const pages = await pagesOf('ok', 6, 61_000_000_000_000);
      await anApprovedPostOn(pages);
      await activity.pause();
      await harness.clock.advance({ minutes: 1, seconds: 2 });
      await Promise.all(Array.from({ length: 6 }, () => dispatcher().dispatch()));
      expect(await whoWasRung()).toHaveLength(1);
      for (let i = 0; i < 14; i += 1) {
        await harness.clock.advance({ seconds: 0.1 });
        await Promise.all([dispatcher().dispatch(), dispatcher().dispatch()]);
      }
      const times = (await whoWasRung()).map(({ at }) => at);
      // Two a second, of which we take 88 %; a turn that came late is made up for by the next.
      expect(times.length).toBeGreaterThanOrEqual(3);
      for (const [i, at] of times.entries()) expect(at - times[0]!).toBeGreaterThanOrEqual(i * 0.588 - 0.4);
    });

    it('two dispatchers at once ring nothing twice, and keep the network’s own budget', async () => {
      const pages = await pagesOf('vk', 12, 512_000_000);
      await anApprovedPostOn(pages);
      await activity.pause();
      await harness.clock.advance({ minutes: 1, seconds: 2 });
      await harness.sql(`update network_budgets set per_second = 10, burst = 5`);
      const rounds = await Promise.all(Array.from({ length: 8 }, () => dispatcher().dispatch()));
      const rung = rounds.reduce((total, round) => total + round.rung, 0);
      await harness.sql(`update network_budgets set per_second = 200, burst = 30`);
      expect(await whoWasRung()).toHaveLength(rung);
      expect(rung).toBeGreaterThanOrEqual(5);
      expect(rung).toBeLessThanOrEqual(8);
    });

    it('a clock that was set back stops nobody', async () => {
      const [page] = await pagesOf('vk', 1, 513_000_000);
      await anApprovedPostOn([page]);
      await harness.sql(`update network_budgets set tat = app_now() + interval '1 year'`);
      await harness.sql(`update credential_budgets set tat = app_now() + interval '1 year' where contractor_id = $1`, [
        agency.contractorId,
      ]);
      await activity.pause();
      await harness.clock.advance({ minutes: 1, seconds: 2 });
      expect((await dispatcher().dispatch()).rung).toBe(1);
      const [bucket] = await harness.sql<{ sane: boolean }>(
        `select bool_and(tat < app_now() + interval '1 minute') as sane from network_budgets where network = 'vk'`,
      );
      expect(bucket!.sane).toBe(true);
    });
  });

  describe('the budget of a secret', () => {
    const spending = { network: 'vk', credential: 'userToken', key: 'fingerprint', requests: 1 } as const;
    const budgets = (): BudgetStore => harness.app.get(BudgetStore, { strict: false });
    const ours = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
      harness.app.get(UnitOfWork).forTenant(wholeContractor(agency.contractorId), work);
    /** Three calls a second, of which we take 88 %. */
    const TURN_MS = 393;

    it('gives background work a turn only when publishing has left one unused', async () => {
      const take = (urgency: Urgency) => ours((tx) => budgets().take(tx, agency.contractorId, spending, urgency));
      expect(await take('publishing')).toBe(0);
      const wait = await take('publishing');
      expect([wait > TURN_MS / 2, wait <= TURN_MS]).toEqual([true, true]);
      await harness.clock.advance({ seconds: 0.4 });
      expect(await take('background')).toBeGreaterThan(0);
      expect(await take('publishing')).toBe(0);
      await harness.clock.advance({ seconds: 0.8 });
      expect(await take('background')).toBe(0);
    });

    it('keeps an upload’s two requests and what comes after within the rate', async () => {
      const upload = { ...spending, requests: 2 };
      const take = (what: Spending) => ours((tx) => budgets().take(tx, agency.contractorId, what, 'publishing'));
      expect(await take(spending)).toBe(0);
      expect(await take(upload)).toBeGreaterThan(TURN_MS);
      await harness.clock.advance({ seconds: 0.8 });
      expect(await take(upload)).toBe(0);
      expect(await take(spending)).toBeGreaterThan(TURN_MS);
    });

    it('makes whoever comes next wait for requests that were made without a turn, once', async () => {
      const used = () => ours((tx) => budgets().used(tx, agency.contractorId, { ...spending, requests: 3 }));
      const take = () => ours((tx) => budgets().take(tx, agency.contractorId, spending, 'publishing'));
      await harness.clock.advance({ seconds: 5 });
      await used();
      await used();
      const wait = await take();
      expect([wait > 2 * TURN_MS, wait <= 3 * TURN_MS]).toEqual([true, true]);
      await harness.clock.advance({ seconds: 1.2 });
      expect(await take()).toBe(0);
    });

    it('counts what connecting a page asks with each of its secrets', async () => {
      await harness.clock.advance({ seconds: 5 });
      const [now] = await harness.sql<{ began: Date }>('select app_now() as began');
      await pagesOf('vk', 1, 519_000_000);
      const rows = await harness.sql<{ credential: string }>(
        'select credential from credential_budgets where contractor_id = $1 and tat > $2 order by credential',
        [agency.contractorId, now!.began],
      );
      expect(rows.map(({ credential }) => credential)).toEqual(['serviceToken', 'userToken']);
    });

    it('makes whoever connects pages wait for a moment, so that the network refuses nobody', async () => {
      harness.sandbox.vk.settings.perSecond = { user: 3, service: 3, community: 20 };
      const secrets = vkCredentials(harness, 519_100_000);
      const connect = async (id: number): Promise<Loose> => {
        harness.sandbox.vk.addCommunity({ id, name: `Страница ${id}` });
        const communityToken = harness.sandbox.vk.issueCommunityToken(id).token;
        const page = { clientId: agency.client.id, network: 'vk', externalId: String(id) };
        return connectPage(agency.owner, page, { ...secrets, communityToken });
      };
      const pages = [await connect(519_100_000), await connect(519_100_001), await connect(519_100_002)];
      expect(pages.map(({ status }: Loose) => status as string)).toEqual(['connected', 'connected', 'connected']);
    });

    it('lets posts leave apart whose turns were apart but whose jobs arrive together', async () => {
      await ours((tx) => budgets().open(tx, agency.contractorId, spending));
      const waits = [];
      for (let i = 0; i < 3; i += 1) waits.push(await ours((tx) => budgets().book(tx, agency.contractorId, spending.key)));
      expect(waits[0]).toBe(0);
      // Real time passes between the bookings.
      expect([waits[1]! > 150, waits[1]! <= 371, waits[2]! > 400, waits[2]! <= 741]).toEqual([true, true, true, true]);
    });
  });

  it('publishes everything, in the order of each page, and no secret is used faster than its network allows', async () => {
    harness.sandbox.vk.settings.perSecond = { user: 3, service: 3, community: 20 };
    const vk = await pagesOf('vk', 2, 514_000_000);
    const ok = await pagesOf('ok', 4, 62_000_000_000_000);
    const post = await anApprovedPostOn([...vk, ...ok]);
    await harness.sql(`update publications set state = 'abandoned' where post_id = $1 and network = 'ok' and page_id = $2`, [
      post.id,
      ok[3].id,
    ]);
    await repeatOnVk(post, 8);
    await harness.clock.advance({ minutes: 1, seconds: 2 });
    await harness.drain();
    harness.sandbox.vk.settings.perSecond = { user: 1_000, service: 1_000, community: 1_000 };
    const states = await harness.sql<{ state: string }>(
      `select distinct state from publications where post_id = $1 and slot > 0`,
      [post.id],
    );
    expect(states.map(({ state }) => state).sort()).toEqual(['abandoned', 'published']);
    for (const { id } of vk) {
      const order = await harness.sql<{ external_id: string }>(
        `select external_id from publications where page_id = $1 order by due_at`,
        [id],
      );
      const ids = order.map(({ external_id }) => Number(external_id));
      expect(ids).toHaveLength(8);
      expect(ids).toEqual([...ids].sort((left, right) => left - right));
    }
    expect(busiestSecond('wall.post')).toBeLessThanOrEqual(20);
    expect(busiestSecond('mediatopic.post')).toBeLessThanOrEqual(2);
    expect(harness.sandbox.ledger.find({ method: 'wall.post' }).filter(({ answer }) => answer === 'error:6')).toEqual([]);
  });

  it('a page whose quota is used up waits until the next day and says so; the contractor’s other pages go on', async () => {
    // The network's day ends at midnight in Moscow: hours after whatever is planned here.
    await harness.clock.set(
      new Date(
        `${inMinutes(24 * 60)
          .toISOString()
          .slice(0, 10)}T06:00:00Z`,
      ),
    );
    const [full, free] = await pagesOf('vk', 2, 515_000_000);
    const [first, second] = [await anApprovedPost(agency), await anApprovedPost(agency)];
    harness.sandbox.vk
      .next('wall.post')
      .rejects(214, { message: 'Access to adding post denied: you can only add 500 posts a day' });
    await prepared(first, [full]);
    await schedule(agency, second, inMinutes(3), [full, free]);
    await agency.editor.api.put(`/v1/posts/${second.id}/schedule`, {
      ...{ publishAt: inMinutes(3).toISOString(), pageIds: [full.id, free.id], maxLatenessMinutes: 2_880 },
    });
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    expect((await publicationsOf(agency, first)).vk).toMatchObject({ state: 'scheduled', reason: { code: 'daily-limit' } });
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    const of = (await agency.editor.api.get(`/v1/posts/${second.id}/schedule`)).body.publications;
    const on = (page: Loose): Loose => of.find(({ pageId }: Loose) => pageId === page.id);
    expect([on(full).state, on(full).reason.code, on(free).state]).toEqual(['scheduled', 'daily-limit', 'published']);
    // The network's day ends at midnight in Moscow; the first one may not come so late and is asked about.
    expect(new Date(on(full).nextTryAt).toISOString()).toMatch(/T21:0\d/);
    const third = await anApprovedPost(agency);
    const [later] = await schedule(agency, third, inMinutes(5), [full]);
    expect(later.reason.code).toBe('daily-limit');
    await harness.clock.set(new Date(new Date(on(full).nextTryAt).getTime() + 1_000));
    await harness.drain();
    expect((await publicationsOf(agency, first)).vk).toMatchObject({ state: 'held', reason: { code: 'too-late' } });
    expect((await publicationsOf(agency, second)).vk.state).toBe('published');
  });

  it('after “too many per second” the secret rests, and everything still goes out once', async () => {
    const pages = await pagesOf('ok', 3, 63_000_000_000_000);
    harness.sandbox.vk.next('wall.post').rejects(6);
    await anApprovedPostOn([...pages, agency.vkPage]);
    await harness.clock.advance({ minutes: 1, seconds: 2 });
    await harness.drain();
    await harness.clock.advance({ seconds: 5 });
    await harness.drain();
    expect(harness.sandbox.vk.posts(agency.vkGroupId)).toHaveLength(1);
  });

  it('warns, and plans all the same, when more is planned for a page than its network takes in a day', async () => {
    await harness.sql(`update network_budgets set page_posts_per_day = 1 where network = 'vk'`);
    const plan = async (): Promise<Loose> => {
      const post = await anApprovedPost(agency);
      const pageIds = [agency.vkPage.id, agency.okPage.id];
      const answer = await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, { publishAt: '2098-12-01T06:00:00Z', pageIds });
      return answer.body;
    };
    expect((await plan()).warnings).toEqual([]);
    const { warnings, publications } = await plan();
    expect(warnings).toMatchObject([{ code: 'day-is-full', pageId: agency.vkPage.id }]);
    expect(warnings[0].message).toContain('на 01.12.2098');
    expect(publications.map(({ state }: Loose) => state)).toEqual(['scheduled', 'scheduled']);
    await harness.sql(`update network_budgets set page_posts_per_day = 500 where network = 'vk'`);
  });

  async function anApprovedPostOn(pages: Loose[]): Promise<Loose> {
    const post = await anApprovedPost(agency);
    await prepared(post, pages);
    return post;
  }

  async function repeatOnVk(post: Loose, times: number): Promise<void> {
    await repeat(post, times);
    await harness.sql(`delete from publications where post_id = $1 and network = 'ok' and slot > 1`, [post.id]);
  }
});
