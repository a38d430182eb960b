import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { contractStepsTimer, stageStepsTimer } from '../../src/modules/contracts/contracts.jobs.js';
import { Timers } from '../../src/platform/queue/timers.js';
import { type Agency, anAgency, contractRequest } from '../builders/agency.js';
import { aDraft, approve, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

/** Noon of a Monday on Kamchatka. */
const MONDAY = '2027-01-11T00:00:00Z';

const POSTS = { code: 'posts-vk', title: 'Две публикации в неделю', kind: 'posts', period: 'week', network: 'vk', count: 2 };
const PHOTOS = { code: 'photos', title: 'Фото', kind: 'formatPosts', period: 'term', format: 'photo', count: 1 };
const REPORT = { code: 'report', title: 'Отчёт к пятому рабочему дню', kind: 'report', period: 'month', workingDay: 5 };

describe('plan and fact of a contract', () => {
  let harness: Harness;
  let agency: Agency;
  let contract: Loose;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    await harness.clock.set(new Date(MONDAY));
    await harness.forgetTenants();
    agency = await anAgency(harness);
    contract = await signed([POSTS, PHOTOS, REPORT]);
  });

  const draft = (requirements: object[]) =>
    agency.owner.api.post(
      '/v1/contracts',
      contractRequest(agency.client.id, [agency.vkPage.id, agency.okPage.id], {
        ...{ number: '7/2027', kind: 'civilServices', startsOn: '2027-01-11', endsOn: '2027-02-07' },
        clauses: { requirements, stagePlan: { kind: 'monthly' } },
      }),
    );
  const signed = async (requirements: object[]): Promise<Loose> => {
    const { body } = await draft(requirements);
    const answer = await agency.owner.api.put(`/v1/contracts/${body.id}/signature`, { signedOn: '2027-01-11' });
    expect([answer.status, answer.body.fields]).toEqual([200, undefined]);
    await harness.drain();
    return body;
  };
  const get = async (path: string): Promise<Loose> => (await agency.pressOfficer.api.get(path)).body;
  const planFact = () => get(`/v1/contracts/${contract.id}/plan-fact`);
  const weeks = async (): Promise<Loose[]> =>
    (await get(`/v1/contracts/${contract.id}/requirement-periods?requirement=posts-vk`)).data;
  const explained = async (week = 0): Promise<Loose> => get(`/v1/requirement-periods/${(await weeks())[week]?.id}`);
  const at = async (instant: string): Promise<void> => {
    await harness.clock.set(new Date(instant));
    await harness.drain();
  };
  const published = async (photos = 0): Promise<void> => {
    const post = await approve(agency, await aDraft(agency, { photos }));
    const when = new Date(harness.clock.now().getTime() + 60_000);
    await schedule(agency, post, when);
    await harness.drain();
    await at(new Date(when.getTime() + 1_000).toISOString());
  };
  const excuse = (changes: object = {}) =>
    agency.owner.api.post(`/v1/contracts/${contract.id}/excuses`, {
      ...{ requirement: 'posts-vk', cause: 'clientDelay', causedBy: 'Пресс-служба', reason: 'Не согласовано в срок' },
      ...{ startsOn: '2027-01-11', endsOn: '2027-01-17', evidence: [{ title: 'Письмо от 15.01.2027' }] },
      ...changes,
    });

  it('owes from the signature on what its requirements say, and what nobody tells is not zero', async () => {
    const { totals, requirements, stages } = await planFact();
    expect(totals).toEqual({
      ...{ planned: 9, done: 0, scheduled: 0, atRisk: 0, impossibleOn: null, missed: 0, excused: 0 },
      // Two months of reports.
      periodsWithoutSource: 2,
    });
    expect(requirements.map((one: Loose) => [one.requirement, one.current.state])).toEqual([
      ...[
        ['posts-vk', 'open'],
        ['photos', 'open'],
        ['report', 'noSource'],
      ],
    ]);
    expect(requirements[2].current).toMatchObject({ planned: 1, done: null, missed: 0 });
    // Weeks belong to the stage in which they end.
    expect(stages.map((stage: Loose) => stage.totals.planned)).toEqual([6, 3]);
  });

  it('counts a post when it is published, and shows where it stands', async () => {
    const post = await approve(agency, await aDraft(agency, { photos: 1 }));
    await schedule(agency, post, new Date('2027-01-12T00:00:00Z'));
    await harness.drain();
    expect((await weeks())[0]).toMatchObject({ done: 0, scheduled: 1 });
    await at('2027-01-12T00:00:01Z');
    const week = await explained();
    expect(week).toMatchObject({ state: 'open', planned: 2, done: 1, scheduled: 0, source: 'publications' });
    expect(week.counted).toMatchObject([{ kind: 'publication', title: post.title, url: expect.stringContaining('wall-') }]);
    expect(week.rule).toContain('Не меньше 2 публикаций в неделю: ВКонтакте');
    // On two pages together a post is one.
    const photos = (await planFact()).requirements[1];
    expect(photos.totals).toMatchObject({ planned: 1, done: 1 });
    expect((await get(`/v1/requirement-periods/${photos.current.id}`)).notCounted).toMatchObject([
      { reason: 'Та же публикация уже засчитана на другой странице' },
    ]);
  });

  it('counts what was posted by hand once a person says who did it', async () => {
    await published();
    harness.sandbox.vk.postByHand(agency.vkGroupId, { text: 'Вручную' });
    await harness.clock.advance({ minutes: 20 });
    await harness.drain();
    expect(await explained()).toMatchObject({ done: 1, notCounted: [{ reason: 'Не указано, кто опубликовал запись' }] });
    const [outside] = (await agency.owner.api.get('/v1/outside-posts')).body.data;
    await agency.owner.api.patch(`/v1/outside-posts/${outside.id}`, { origin: 'contractorByHand' });
    await harness.drain();
    expect((await weeks())[0]).toMatchObject({ state: 'done', done: 2 });
  });

  it('tells in time what will be missing, and from which day on it can’t be made up', async () => {
    await at('2027-01-12T00:00:00Z');
    expect((await weeks())[0]!.state).toBe('open');
    await at('2027-01-13T00:00:00Z');
    // One a day, at best, leaves Saturday and Sunday.
    const atRisk = { atRisk: 2, impossibleOn: '2027-01-17' };
    expect((await weeks())[0]).toMatchObject({ state: 'atRisk', done: 0, ...atRisk });
    expect((await planFact()).totals).toMatchObject(atRisk);
    await published();
    expect((await weeks())[0]).toMatchObject({ state: 'open', done: 1, atRisk: 0 });
    await at('2027-01-17T12:00:00Z');
    expect((await weeks())[0]).toMatchObject({ state: 'missed', missed: 1, atRisk: 0, impossibleOn: null });
    expect((await weeks())[1]!.state).toBe('open');
  });

  it('is excused by somebody else’s fault, with proof, until the excuse is withdrawn', async () => {
    await at('2027-01-18T00:00:00Z');
    expect((await weeks())[0]).toMatchObject({ state: 'missed', missed: 2 });
    const recorded = await excuse();
    expect(recorded.status).toBe(201);
    await harness.drain();
    expect((await weeks())[0]).toMatchObject({ state: 'excused', missed: 0, excused: 2 });
    expect((await planFact()).totals).toMatchObject({ missed: 0, excused: 2 });
    const withdraw = () => agency.owner.api.put(`/v1/excuses/${recorded.body.id}/withdrawal`, { reason: 'Письмо не о том' });
    expect((await withdraw()).body.withdrawnWhy).toBe('Письмо не о том');
    expect((await withdraw()).body.code).toBe('fulfilment.excuse-withdrawn');
    await harness.drain();
    expect((await weeks())[0]).toMatchObject({ state: 'missed', missed: 2, excused: 0 });
    const { data } = (await agency.owner.api.get(`/v1/audit-entries?objectId=${recorded.body.id}`)).body;
    expect(data.map(({ action }: Loose) => action)).toEqual(['excuse.withdrawn', 'excuse.recorded']);
    expect((await get(`/v1/contracts/${contract.id}/excuses`)).data).toHaveLength(1);
  });

  it.each<[string, object, number, string]>([
    ['without proof', { evidence: [] }, 400, 'evidence'],
    ['that ends before it begins', { endsOn: '2027-01-10' }, 400, 'endsOn'],
    ['for a requirement that was never agreed', { requirement: 'polls' }, 409, 'requirement'],
    ['for days on which nothing is owed', { startsOn: '2028-01-01', endsOn: '2028-01-02' }, 409, 'startsOn'],
  ])('takes no excuse %s', async (_, changes, status, field) => {
    const refused = await excuse(changes);
    expect([refused.status, refused.body.fields[0].field]).toEqual([status, field]);
  });

  it('owes by addendum something else from its day on; what was before stays, with its ids', async () => {
    const before = await weeks();
    const amended = await agency.owner.api.post(`/v1/contracts/${contract.id}/addenda`, {
      ...{ number: '1', agreedOn: '2027-01-11', effectiveOn: '2027-01-25', reason: 'Больше публикаций' },
      clauses: { requirements: [{ ...POSTS, count: 3 }, PHOTOS, REPORT] },
    });
    expect([amended.status, amended.body.fields]).toEqual([201, undefined]);
    await harness.drain();
    const after = await weeks();
    expect(after.map(({ planned, contractVersion }) => [planned, contractVersion])).toEqual([
      ...[
        [2, 1],
        [2, 1],
        [3, 2],
        [3, 2],
      ],
    ]);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  it('owes nothing any more after the day on which it is terminated', async () => {
    await harness.clock.set(new Date('2027-01-20T00:00:00Z'));
    const timers = harness.app.get(Timers);
    for (const timer of [contractStepsTimer, stageStepsTimer]) await timers.runOnce(timer);
    await agency.owner.api.put(`/v1/contracts/${contract.id}/termination`, { reason: 'Соглашение сторон' });
    await harness.drain();
    // The week is cut after three of its days, or by the hour before: it owes its share.
    expect((await weeks()).map(({ endsOn, planned }) => [endsOn, planned])).toEqual([
      ...[
        ['2027-01-17', 2],
        ['2027-01-20', 1],
      ],
    ]);
  });

  it('is not written with requirements that contradict themselves', async () => {
    const refused = await draft([POSTS, { ...REPORT, count: 1 }]);
    expect([refused.status, refused.body.fields]).toMatchObject([400, [{ field: 'clauses.requirements.1.count' }]]);
  });
});
