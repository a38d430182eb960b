import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contractStepsTimer, stageStepsTimer } from '../../src/modules/contracts/contracts.jobs.js';
import { collectTimer } from '../../src/modules/metrics/collecting/collecting.jobs.js';
import { CollectionStore } from '../../src/modules/metrics/collecting/collection.store.js';
import { RollupStore } from '../../src/modules/metrics/collecting/rollup.store.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { UnitOfWork } from '../../src/platform/database/work.js';
import { Timers } from '../../src/platform/queue/timers.js';
import { type Agency, anAgency, contractRequest, morePages, vkCredentials } from '../builders/agency.js';
import { anApprovedPost, publicationsOf, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

/** Noon of a Tuesday on Kamchatka. */
const START = '2027-02-02T00:00:00Z';
const HOUR = 3_600_000;

describe('collected numbers', () => {
  let harness: Harness;
  let agency: Agency;
  let post: Record<string, Loose>;

  beforeAll(async () => {
    harness = await Harness.start();
    await harness.clock.set(new Date(START));
    agency = await anAgency(harness);
    const approved = await anApprovedPost(agency);
    await schedule(agency, approved, new Date(harness.clock.now().getTime() + 60_000));
    await harness.drain();
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    post = await publicationsOf(agency, approved);
    for (const day of ['25', '26', '27', '28', '29', '30', '31'])
      harness.sandbox.vk.numbers.setDay(agency.vkGroupId, `2027-01-${day}`, { reach: 100, subscribed: 3 });
  });
  afterAll(() => harness.close());

  const collect = async (): Promise<void> => {
    await harness.app.get(Timers).runOnce(collectTimer);
    await harness.drain();
  };
  const after = async (hours: number): Promise<void> => {
    await harness.clock.set(new Date(harness.clock.now().getTime() + hours * HOUR));
    await collect();
  };
  const get = async (path: string): Promise<Loose> => {
    const { status, body } = await agency.pressOfficer.api.get(path);
    expect([path, status]).toEqual([path, 200]);
    return body;
  };
  const numbers = () => get(`/v1/publications/${post.vk!.id}/numbers`);
  const snapshots = async (): Promise<Loose[]> => (await get(`/v1/publications/${post.vk!.id}/snapshots`)).data;
  const vkPostId = () => Number(post.vk!.externalId);
  const countVk = (counters: object) => harness.sandbox.vk.numbers.setPost(agency.vkGroupId, vkPostId(), counters);
  const callsOf = (method: string) => harness.sandbox.ledger.count({ network: 'vk', what: 'call', method });

  it('are none before the first round, which is not zero', async () => {
    expect(await numbers()).toEqual({ latest: null, flags: [] });
  });

  it('come with the first round, with an instant and without a gap', async () => {
    countVk({ views: 120, likes: 3, reposts: 1, reachTotal: 90, reachSubscribers: 70 });
    await collect();
    expect((await numbers()).latest).toMatchObject({
      ...{ views: 120, likes: 3, comments: 0, reposts: 1, reach: 90, reachSubscribers: 70, gaps: [] },
      takenAt: expect.stringMatching(/^2027-02-02T00:0/),
    });
    const ok = await get(`/v1/publications/${post.ok!.id}/numbers`);
    expect(ok.latest).toMatchObject({ views: 0, reach: 0, gaps: [] });
    expect(await get(`/v1/pages/${agency.vkPage.id}/collection`)).toMatchObject({
      state: 'collecting',
      parked: null,
      postGaps: [],
    });
  });

  it('are not asked for again before their time, however often the round is run', async () => {
    await collect();
    await after(0.25);
    expect(await snapshots()).toHaveLength(1);
  });

  it('come each hour while the post is young, and after a downtime once', async () => {
    countVk({ views: 300 });
    await after(1);
    expect(await snapshots()).toHaveLength(2);
    countVk({ views: 280 });
    await after(40);
    expect((await snapshots()).map(({ views }: Loose) => views)).toEqual([280, 300, 120]);
  });

  it('that fell are kept, and somebody is told', async () => {
    expect((await numbers()).flags).toMatchObject([{ kind: 'fell', number: 'views', before: 300, after: 280 }]);
    const days = (await get(`/v1/publications/${post.vk!.id}/rollups`)).data;
    // Wednesday is a gap: the workers were down.
    expect(days.map(({ startsAt, views, snapshots: many, fell }: Loose) => [startsAt, views, many, fell])).toEqual([
      ['2027-02-03T12:00:00.000Z', 280, 1, ['views']],
      ['2027-02-01T12:00:00.000Z', 300, 2, []],
    ]);
    const hours = await get(`/v1/publications/${post.vk!.id}/rollups?unit=hour&limit=2`);
    expect(hours.data).toHaveLength(2);
    expect((await get(`/v1/publications/${post.vk!.id}/rollups?unit=hour&cursor=${hours.nextCursor}`)).data).toHaveLength(1);
  });

  it('that come late are counted once, however often they are told', async () => {
    const { id } = post.vk!;
    const day = async () => (await get(`/v1/publications/${id}/rollups`)).data[0];
    const [late] = await harness.sql<{ at: Date }>(
      `insert into post_snapshots (contractor_id, client_id, page_id, publication_id, taken_at, views, likes, gaps)
       select contractor_id, client_id, page_id, publication_id, taken_at - interval '2 hours', 290, 40, '{}' from post_snapshots
       where publication_id = $1 order by taken_at desc limit 1 returning taken_at as at`,
      [id],
    );
    for (let times = 0; times < 2; times += 1) {
      await harness.app
        .get(UnitOfWork)
        .forTenant(wholeContractor(agency.contractorId), (tx) =>
          harness.app
            .get(RollupStore)
            .posts(tx, [id], { contractorId: agency.contractorId, at: late!.at, timeZone: 'Asia/Kamchatka' }),
        );
    }
    // The last of the day stays the last.
    expect(await day()).toMatchObject({ snapshots: 2, views: 280, likes: 3, fell: ['views', 'likes'] });
    await harness.sql(`delete from post_snapshots where publication_id = $1 and likes = 40`, [id]);
  });

  it('of a page stand by day of its zone, with gaps, and with what the network says of its days', async () => {
    const { data } = await get(`/v1/pages/${agency.vkPage.id}/days?from=2027-01-30&until=2027-02-04`);
    expect(data.map(({ day, members, network }: Loose) => [day, members !== null, network?.reach ?? null])).toEqual([
      ...[
        ['2027-01-30', false, 100],
        ['2027-01-31', false, 100],
        ['2027-02-01', false, null],
      ],
      ...[
        ['2027-02-02', expect.any(Boolean), null],
        ['2027-02-03', expect.any(Boolean), null],
        ['2027-02-04', expect.any(Boolean), null],
      ],
    ]);
    const rollups = (await get(`/v1/pages/${agency.vkPage.id}/rollups`)).data;
    expect(rollups.map(({ startsAt, snapshots: many }: Loose) => [startsAt, many])).toEqual([
      ['2027-02-03T12:00:00.000Z', 1],
      ['2027-02-01T12:00:00.000Z', 2],
    ]);
    expect(rollups[0].weekReach).toBe(700);
  });

  it('give the page a score for each day, with what is missing and what the law wants', async () => {
    const read = (day: string) => get(`/v1/pages/${agency.vkPage.id}/audit?day=${day}`);
    const before = await read('2027-02-04');
    expect(before).toMatchObject({ day: '2027-02-04', most: 100, modelVersion: 1 });
    const widgets = before.findings.find(({ subject }: Loose) => subject === 'widgets');
    expect(widgets).toMatchObject({ value: null, points: 0, state: 'unknown' });
    const activity = before.findings.find(({ subject }: Loose) => subject === 'activity');
    expect(activity).toMatchObject({ value: 1, points: 0, advice: 'За 7 дней записей 1, нужно не меньше 3: 40 баллов.' });
    expect(before.duties.find(({ duty }: Loose) => duty === 'email').state).toBe('missing');
    const check = { subject: 'widgets', value: 2, note: 'Обе формы стоят в меню' };
    expect((await agency.editor.api.post(`/v1/pages/${agency.vkPage.id}/checks`, check)).status).toBe(201);
    expect((await read('2027-02-04')).score).toBe(before.score + 10);
    // What was known of an earlier day stays.
    expect(await read('2027-02-02')).toMatchObject({ day: '2027-02-02', score: expect.any(Number) });
    expect((await get(`/v1/pages/${agency.vkPage.id}/checks`)).data).toMatchObject([{ ...check, checkedBy: agency.editor.id }]);
    const tooMany = await agency.editor.api.post(`/v1/pages/${agency.vkPage.id}/checks`, { subject: 'cover', value: 2 });
    expect(tooMany.body.fields).toMatchObject([{ field: 'value' }]);
    const missing = await agency.owner.api.get(`/v1/pages/${agency.vkPage.id}/audit?day=2027-01-01`);
    expect(missing.body.code).toBe('metrics.page-not-audited');
  });

  it('are scored by a new version of the model from the next look on', async () => {
    const [first] = (await get('/v1/scoring-models')).data;
    expect(first).toMatchObject({ version: 1, origin: expect.stringContaining('Амурской области') });
    const model = {
      ...{ name: 'Только активность', origin: 'Приказ департамента' },
      items: [{ subject: 'activity', steps: [{ value: 1, above: false, points: 50 }] }],
    };
    const add = (headers = {}) => agency.owner.api.post('/v1/scoring-models', model, { headers });
    expect((await add()).body).toMatchObject({ version: 2, ...model });
    expect((await add({ 'if-match': '"1"' })).status).toBe(412);
    expect(await get(`/v1/pages/${agency.vkPage.id}/audit`)).toMatchObject({ modelVersion: 1, most: 100 });
    await after(2);
    expect(await get(`/v1/pages/${agency.vkPage.id}/audit`)).toMatchObject({ modelVersion: 2, score: 50, most: 50 });
  });

  it('tell which of all pages lose points, and how it was on a day', async () => {
    const list = (query = '') => get(`/v1/audits${query}`);
    const { data, nextCursor } = await list();
    expect([data.length, nextCursor]).toEqual([2, null]);
    for (const page of data) {
      const audit = await get(`/v1/pages/${page.pageId}/audit`);
      expect(page).toMatchObject({ day: audit.day, score: audit.score, most: audit.most, lost: audit.most - audit.score });
      expect(page.missing).toEqual(audit.findings.filter(({ state }: Loose) => state !== 'full'));
    }
    const ids = data.map(({ pageId }: Loose) => pageId);
    expect(data.map(({ lost }: Loose) => lost)).toEqual([...data.map(({ lost }: Loose) => lost)].sort((a, b) => b - a));
    const first = await list('?limit=1');
    const second = await list(`?limit=1&cursor=${first.nextCursor}`);
    expect([...first.data, ...second.data].map(({ pageId }) => pageId)).toEqual(ids);
    expect((await list('?sort=best')).data.map(({ pageId }: Loose) => pageId)).toEqual(ids.toReversed());
    // Before the model was changed widgets were scored, and nobody had looked at those of the group.
    const before = await list('?day=2027-02-03&lacks=widgets');
    expect(before.data.find(({ network }: Loose) => network === 'ok')).toMatchObject({ modelVersion: 1, most: 100 });
    expect((await list('?day=2027-01-01')).data).toEqual([]);
    expect((await list(`?clientId=${agency.client.id}`)).data).toHaveLength(2);
    expect((await list('?lacks=widgets')).data).toEqual([]);
    const refused = await agency.owner.api.get('/v1/audits?cursor=x');
    expect([refused.status, refused.body.fields]).toMatchObject([400, [{ field: 'cursor' }]]);
  });

  it('are parked while the network refuses, with the reason and until when, and come back', async () => {
    harness.sandbox.vk.next('wall.getById').rejects(9);
    await after(5);
    const parked = await get(`/v1/pages/${agency.vkPage.id}/collection`);
    expect(parked).toMatchObject({ state: 'parked', parked: { code: 'flood-control', until: parked.nextAt } });
    expect(await snapshots()).toHaveLength(3);
    await harness.clock.set(new Date(parked.nextAt));
    await collect();
    expect(await snapshots()).toHaveLength(4);
    expect((await get('/v1/collections')).data).toMatchObject([
      { state: 'collecting', parked: null },
      { state: 'collecting', parked: null },
    ]);
  });

  it('are counters alone where the rights for more are missing, and nobody is asked in vain', async () => {
    const { vk } = harness.sandbox;
    const credentials = {
      communityToken: vk.issueCommunityToken(agency.vkGroupId).token,
      serviceToken: vk.issueServiceToken().token,
    };
    // Secrets that are not given again stay, unless the page was disconnected.
    await agency.owner.api.delete(`/v1/pages/${agency.vkPage.id}/connection`);
    expect((await agency.owner.api.put(`/v1/pages/${agency.vkPage.id}/connection`, { credentials })).status).toBe(200);
    await harness.drain();
    const before = callsOf('stats.getPostReach');
    await after(7);
    const { latest } = await numbers();
    expect(latest).toMatchObject({ views: 280, reach: null });
    expect(latest.gaps.map(({ number, code }: Loose) => [number, code])).toContainEqual(['reach', 'capability-missing']);
    expect(callsOf('stats.getPostReach')).toBe(before);
    const collection = await get(`/v1/pages/${agency.vkPage.id}/collection`);
    expect(collection.postGaps.map(({ number }: Loose) => number)).toEqual(['reach', 'reachSubscribers', 'linkClicks', 'hides']);
    expect(collection.pageGaps).toContainEqual({
      ...{ number: 'weekReach', code: 'capability-missing' },
      message: expect.stringContaining('нет права'),
    });
  });

  it('end with the connection, and say so', async () => {
    await agency.owner.api.delete(`/v1/pages/${agency.vkPage.id}/connection`);
    await after(7);
    expect(await get(`/v1/pages/${agency.vkPage.id}/collection`)).toMatchObject({
      ...{ state: 'stopped', nextAt: null },
      parked: { code: 'not-connected', until: null },
    });
  });

  describe('that a contract is measured by', () => {
    /** A week that was over on Kamchatka before Moscow's day had ended. */
    const REACH = { code: 'reach-vk', title: 'Охват', kind: 'reachShare', period: 'week', network: 'vk', percent: 30 };
    let contract: Loose;

    const reachOf = (days: readonly string[], reach: number): void => {
      for (const day of days) harness.sandbox.vk.numbers.setDay(agency.vkGroupId, `2027-02-${day}`, { reach });
    };
    const period = async (): Promise<Loose> => {
      const { data } = await get(`/v1/contracts/${contract.id}/requirement-periods?requirement=${REACH.code}`);
      return get(`/v1/requirement-periods/${data[0].id}`);
    };
    const at = async (instant: string): Promise<void> => {
      await harness.clock.set(new Date(instant));
      for (const timer of [contractStepsTimer, stageStepsTimer, collectTimer]) await harness.app.get(Timers).runOnce(timer);
      await harness.drain();
    };

    it('are neither met nor missed when the week is over and nobody has told them', async () => {
      const draft = contractRequest(agency.client.id, [agency.vkPage.id], {
        ...{ number: '8/2027', kind: 'civilServices', startsOn: '2027-02-01', endsOn: '2027-02-07' },
        clauses: { requirements: [REACH] },
      });
      contract = (await agency.owner.api.post('/v1/contracts', draft)).body;
      const signed = await agency.owner.api.put(`/v1/contracts/${contract.id}/signature`, { signedOn: '2027-02-01' });
      expect([signed.status, signed.body.fields]).toEqual([200, undefined]);
      await at(harness.clock.now().toISOString());
      expect(await period()).toMatchObject({ state: 'open', planned: 1, done: 0, measured: null });
      await at('2027-02-07T12:00:01Z');
      const untold = { planned: 1, done: null, missed: 0, atRisk: 0, measured: null };
      expect(await period()).toMatchObject({ state: 'untold', ...untold });
      const { totals } = await get(`/v1/contracts/${contract.id}/plan-fact`);
      expect(totals).toMatchObject({ planned: 0, done: 0, missed: 0, periodsWithoutSource: 1 });
      const { data } = (await agency.owner.api.get('/v1/portfolio/contracts')).body;
      expect(data.find(({ contractId }: Loose) => contractId === contract.id).deliverables).toEqual(totals);
    });

    it('come late, and it is met', async () => {
      await at('2027-02-11T00:00:00Z');
      const [acceptance] = (await agency.owner.api.get(`/v1/contracts/${contract.id}/acceptances`)).body.data;
      const submitted = await agency.owner.api.put(`/v1/acceptances/${acceptance.id}/submission`, { documentNumber: '1' });
      expect([submitted.status, submitted.body.fields]).toEqual([200, undefined]);
      harness.sandbox.vk.addCommunity({ id: agency.vkGroupId, name: 'Район', profile: { members_count: 1_000 } });
      reachOf(['01', '02', '03', '04', '05', '06', '07'], 50);
      const credentials = vkCredentials(harness, agency.vkGroupId);
      expect((await agency.owner.api.put(`/v1/pages/${agency.vkPage.id}/connection`, { credentials })).status).toBe(200);
      await harness.drain();
      await at('2027-02-11T00:30:00Z');
      const met = await period();
      expect(met).toMatchObject({ state: 'done', done: 1, missed: 0, measured: 35, source: 'reach' });
      expect(met.counted).toMatchObject([{ title: 'Охват за неделю 01.02.2027–07.02.2027: 350, подписчиков 1000' }]);
      // What was handed over stays as it was known then.
      const round = await get(`/v1/acceptance-rounds/${submitted.body.rounds[0].id}`);
      expect(round.frozen).toMatchObject([{ requirement: REACH.code, state: 'untold', done: null }]);
    });

    it('are corrected by the network, and it is missed', async () => {
      reachOf(['02', '03'], 0);
      await at('2027-02-11T07:00:00Z');
      expect(await period()).toMatchObject({ state: 'missed', done: 0, missed: 1, measured: 25 });
    });
  });

  it('of pages that share a secret come with one call, and a refusal of one leaves the others', async () => {
    await agency.owner.api.delete(`/v1/pages/${agency.okPage.id}/connection`);
    const pages = await morePages(harness, agency, { network: 'ok', count: 3, first: 61_000_000_000_000 });
    const shared = await anApprovedPost(agency);
    const publications = await schedule(agency, shared, new Date(harness.clock.now().getTime() + 60_000), pages);
    await harness.drain();
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    const viewsOf = () => Promise.all(publications.map(({ id }: Loose) => get(`/v1/publications/${id}/snapshots`)));
    const asked = () => harness.sandbox.ledger.count({ network: 'ok', what: 'call', method: 'mediatopic.getByIds' });
    const counted = async (before: () => void = () => {}): Promise<[calls: number, snapshots: number[]]> => {
      await harness.clock.advance({ hours: 1 });
      // Publishing reads topics back with the same method.
      await harness.drain();
      before();
      const askedBefore = asked();
      await collect();
      return [asked() - askedBefore, (await viewsOf()).map(({ data }: Loose) => data.length)];
    };
    // Who has which secret is learnt by the first round.
    expect((await counted())[1]).toEqual([1, 1, 1]);
    expect(await counted()).toEqual([1, [2, 2, 2]]);
    const refused = () => void harness.sandbox.ok.next('mediatopic.getByIds').rejects(10);
    expect(await counted(refused)).toEqual([4, [3, 3, 3]]);
  });

  it('of one contractor do not wait for all of another', async () => {
    const [many, few] = [randomUUID(), randomUUID()];
    const due = (contractorId: string, count: number, ago: string) =>
      `insert into page_collections (contractor_id, page_id, client_id, next_at)
       select '${contractorId}', uuidv7(), uuidv7(), app_now() - interval '${ago}' from generate_series(1, ${count})`;
    await harness.sql(
      `begin; set local session_replication_role = replica; ${due(many, 400, '2 days')}; ${due(few, 10, '1 minute')}; commit`,
    );
    const picked = await harness.app
      .get(UnitOfWork)
      .acrossTenants('who is next', (tx) => harness.app.get(CollectionStore).pickDue(tx, 100));
    const theirs = picked.map(({ contractorId }, place) => ({ contractorId, place }));
    const places = theirs.filter(({ contractorId }) => contractorId === few).map(({ place }) => place);
    expect(places).toHaveLength(10);
    // They take turns, so the tenth comes before the others have had many.
    expect(Math.max(...places)).toBeLessThan(30);
    expect(theirs.filter(({ contractorId }) => contractorId === many).length).toBeGreaterThan(80);
    await harness.sql(`delete from page_collections where contractor_id in ('${many}', '${few}')`);
  });
});
