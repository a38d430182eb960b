import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency, clientRequest } from '../builders/agency.js';
import { aDraft, anApprovedPost, publicationsOf, schedule, timesOnPage } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { NETWORK_NAMES } from '../../src/networks/network.js';
import { QueueActivity } from '../../src/platform/queue/activity.js';

const RUSSIA = [
  ...['Europe/Kaliningrad', 'Europe/Moscow', 'Europe/Samara', 'Asia/Yekaterinburg', 'Asia/Omsk', 'Asia/Krasnoyarsk'],
  ...['Asia/Irkutsk', 'Asia/Yakutsk', 'Asia/Vladivostok', 'Asia/Magadan', 'Asia/Kamchatka'],
];
const OPEN_STATES = ['scheduled', 'claimed', 'sending', 'unclear'];

/** What users of other systems reported: plans that are lost, shifted or not to be seen. */
describe('seen elsewhere with plans, and not here', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());
  beforeEach(() => harness.sandbox.vk.scripts.clear());

  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);
  const put = (post: Loose, body: object, who = agency) => who.editor.api.put(`/v1/posts/${post.id}/schedule`, body);
  const later = async (minutes: number): Promise<void> => {
    await harness.clock.advance({ minutes });
    await harness.drain();
  };

  it('no scheduled post is missed in silence: each ends somewhere, and says why it is not out', async () => {
    const other = await anAgency(harness);
    const [out, refused, held] = [await anApprovedPost(agency), await anApprovedPost(agency), await anApprovedPost(other)];
    harness.sandbox.vk.next('wall.post').rejects(222);
    await schedule(agency, refused, inMinutes(1), [agency.vkPage]);
    await schedule(agency, out, inMinutes(2));
    await schedule(other, held, inMinutes(2));
    await other.owner.api.put(`/v1/contracts/${other.contract.id}/termination`, { reason: 'Соглашение сторон' });
    await later(1.1);
    await later(2);
    await later(180);
    const rows = await harness.sql<{ state: string; silent: boolean }>(
      `select state, state <> 'published' and (reason ->> 'message') is null as silent from publications where post_id = any($1)`,
      [[out.id, refused.id, held.id]],
    );
    expect(rows.map(({ state }) => state).sort()).toEqual(['held', 'held', 'published', 'published', 'refused']);
    expect(rows.filter(({ state, silent }) => silent || OPEN_STATES.includes(state))).toEqual([]);
    const { vk } = await publicationsOf(other, held);
    const audit = (await other.owner.api.get(`/v1/audit-entries?objectId=${vk.id}`)).body.data;
    expect(audit[0]).toMatchObject({ action: 'publication.held', details: { code: 'past-contract' } });
  });

  it('a post that waits in the queue can be read by its id, is seen to be late, and may be sent for again without harm', async () => {
    const post = await anApprovedPost(agency);
    const plan = { publishAt: inMinutes(1).toISOString(), pageIds: [agency.vkPage.id] };
    const [{ id }] = (await put(post, plan)).body.publications;
    await harness.clock.advance({ minutes: 25 });
    const waiting = await agency.editor.api.get(`/v1/publications/${id}`);
    expect([waiting.status, waiting.body.state, waiting.body.attempts]).toEqual([200, 'scheduled', []]);
    await harness.api.get('/readyz');
    const numbers = await (await fetch(`${harness.baseUrl}/metrics`)).text();
    expect(numbers).toContain('vestnik_publications_overdue 1');
    const again = (await put(post, { ...plan, publishAt: inMinutes(0).toISOString() })).body.publications;
    expect(again.map((publication: Loose) => publication.id)).toEqual([id]);
    await later(1);
    expect(timesOnPage(harness, post, agency.vkPage)).toBe(1);
    expect(await (await fetch(`${harness.baseUrl}/metrics`)).text()).toMatch(
      /vestnik_publication_lateness_seconds_count\{network="vk"\} [1-9]/,
    );
  });

  it('a post that stays in the queue past its time is reported, and so is a worker that takes nothing', async () => {
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(1), [agency.vkPage]);
    await harness.app.get(QueueActivity).pause();
    await harness.clock.advance({ minutes: 3 });
    const { status, body } = await harness.api.get('/readyz');
    expect([status, body.checks]).toMatchObject([
      503,
      { publishing: expect.stringContaining('1 publications are due'), queue: expect.stringContaining('stand still') },
    ]);
    await harness.app.get(QueueActivity).resume();
    await harness.drain();
    expect((await harness.api.get('/readyz')).status).toBe(200);
  });

  it('every network has a worker that takes its posts', async () => {
    const budgets = await harness.sql<{ network: string }>('select network from network_budgets order by network');
    expect(budgets.map(({ network }) => network)).toEqual([...NETWORK_NAMES].sort());
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(1));
    await later(1.1);
    const published = Object.entries(await publicationsOf(agency, post)).filter(([, { state }]) => state === 'published');
    expect(published.map(([network]) => network).sort()).toEqual([...NETWORK_NAMES].sort());
  });

  it('a naive time is not shifted by the zone of the machine', async () => {
    const naive = await harness.sql(
      `select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type = 'timestamp without time zone'`,
    );
    expect(naive).toEqual([]);
    const program = `import { instantOf, startOfDay, wallTimeOf } from './dist/src/platform/clock/zones.js';
      const at = instantOf('2026-12-01T09:00', 'Asia/Kamchatka');
      console.log(at.toISOString(), wallTimeOf(at, 'Europe/Moscow'), startOfDay('2026-12-01', 'Asia/Omsk').toISOString());`;
    const answers = ['UTC', 'Europe/Moscow', 'Asia/Kamchatka', 'America/New_York'].map((TZ) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', program], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      }).trim(),
    );
    expect(new Set(answers)).toEqual(new Set(['2026-11-30T21:00:00.000Z 2026-12-01T00:00:00 2026-11-30T18:00:00.000Z']));
  });

  it('a local time comes back as it was saved, from Kaliningrad to Kamchatka', async () => {
    const post = await anApprovedPost(agency);
    for (const [i, timeZone] of RUSSIA.entries()) {
      const patched = await agency.owner.api.patch(`/v1/clients/${agency.client.id}`, { timeZone });
      expect(patched.body.timeZone).toBe(timeZone);
      const publishAtLocal = `2027-0${1 + (i % 9)}-15T09:30`;
      expect((await put(post, { publishAtLocal, pageIds: [agency.vkPage.id] })).status).toBe(200);
      const [read] = (await agency.editor.api.get(`/v1/posts/${post.id}/schedule`)).body.publications;
      expect([read.timeZone, read.plannedLocal]).toEqual([timeZone, `${publishAtLocal}:00`]);
      const twice = (await put(post, { publishAtLocal: read.plannedLocal, pageIds: [agency.vkPage.id] })).body.publications[0];
      expect(twice.dueAt).toBe(read.dueAt);
    }
    await agency.owner.api.patch(`/v1/clients/${agency.client.id}`, clientRequest());
    await agency.editor.api.delete(`/v1/posts/${post.id}/schedule`);
  });

  it('a post with a photo, a video and a document arrives with all of them', async () => {
    const [full, plain] = [
      await anApprovedPost(agency, { photos: 1, videos: 1, documents: 1 }),
      await anApprovedPost(agency, { photos: 1, videos: 1 }),
    ];
    await schedule(agency, full, inMinutes(5), [agency.vkPage]);
    await schedule(agency, plain, inMinutes(5), [agency.okPage]);
    await harness.drain();
    await later(6);
    expect([timesOnPage(harness, full, agency.vkPage), timesOnPage(harness, plain, agency.okPage)]).toEqual([1, 1]);
    const onVk = JSON.stringify(harness.sandbox.vk.posts(agency.vkGroupId)[0]);
    const onOk = JSON.stringify(harness.sandbox.ok.topics(agency.okGroupId)[0]);
    for (const kind of ['photo', 'video', 'doc']) expect(onVk).toContain(kind);
    for (const kind of ['"type":"photo"', '"type":"movie"']) expect(onOk).toContain(kind);
  });

  it('the same text on the same page within a day is warned of', async () => {
    const text = 'Отключение воды на улице Ленина с 9 до 18 часов';
    const [first, second, third] = [await aText(text), await aText(text), await aText(`${text}!`)];
    const plan = async (post: Loose, publishAt: string, page = agency.vkPage): Promise<Loose> =>
      (await put(post, { publishAt, pageIds: [page.id] })).body;
    expect((await plan(first, '2097-03-01T06:00:00Z')).warnings).toEqual([]);
    const { warnings, publications } = await plan(second, '2097-03-01T20:00:00Z');
    expect([warnings, publications[0].state]).toMatchObject([[{ code: 'same-text', pageId: agency.vkPage.id }], 'scheduled']);
    expect(warnings[0].message).toContain('01.03.2097 в 18:00');
    expect((await plan(second, '2097-03-02T06:00:01Z')).warnings).toEqual([]);
    expect((await plan(third, '2097-03-01T06:30:00Z')).warnings).toEqual([]);
    expect((await plan(second, '2097-03-01T06:30:00Z', agency.okPage)).warnings).toEqual([]);
    await agency.editor.api.delete(`/v1/posts/${first.id}/schedule`);
    expect((await plan(second, '2097-03-01T07:00:00Z')).warnings).toEqual([]);
    for (const post of [second, third]) await agency.editor.api.delete(`/v1/posts/${post.id}/schedule`);
  });

  it('a post can be read, changed, planned, moved and withdrawn by its id', async () => {
    const draft = await aDraft(agency);
    const variants = draft.variants.map((variant: Loose) => ({ ...variant, text: 'Исправленный текст' }));
    const changed = await agency.editor.api.put(`/v1/posts/${draft.id}`, { title: 'Новое название', variants, mediaIds: [] });
    expect([changed.status, (await agency.editor.api.get(`/v1/posts/${draft.id}`)).body.title]).toEqual([200, 'Новое название']);
    const post = await anApprovedPost(agency);
    for (const minutes of [60, 90])
      expect((await put(post, { publishAt: inMinutes(minutes).toISOString(), pageIds: [agency.vkPage.id] })).status).toBe(200);
    const deleted = await agency.editor.api.delete(`/v1/posts/${post.id}/schedule`);
    expect([deleted.status, deleted.body.publications[0].state]).toEqual([200, 'withdrawn']);
    await later(120);
    expect(timesOnPage(harness, post, agency.vkPage)).toBe(0);
  });

  it('a draft that never had a date takes any date of the future', async () => {
    const post = await anApprovedPost(agency);
    expect((await agency.editor.api.get(`/v1/posts/${post.id}/schedule`)).status).toBe(404);
    for (const publishAt of [inMinutes(1).toISOString(), '2098-12-31T23:59:59Z'])
      expect((await put(post, { publishAt, pageIds: [agency.vkPage.id] })).status).toBe(200);
    await agency.editor.api.delete(`/v1/posts/${post.id}/schedule`);
  });

  async function aText(text: string): Promise<Loose> {
    return anApprovedPost(agency, { text });
  }
});

describe('seen elsewhere with the queue’s server away, and not here', () => {
  it('the status page tells what is wrong instead of failing itself', async () => {
    const harness = await Harness.start({ queueUrl: () => 'redis://127.0.0.1:1' });
    try {
      expect((await harness.api.get('/healthz')).status).toBe(200);
      const { status, body } = await harness.api.get('/readyz');
      expect([status, body.checks]).toMatchObject([
        503,
        { database: 'ok', queue: expect.stringMatching(/does not answer|stand still/) },
      ]);
      expect((await fetch(`${harness.baseUrl}/metrics`)).status).toBe(200);
    } finally {
      await harness.close();
    }
  });
});
