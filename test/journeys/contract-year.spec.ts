import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contractStepsTimer, stageStepsTimer } from '../../src/modules/contracts/contracts.jobs.js';
import { silenceTimer } from '../../src/modules/fulfilment/acceptance/acceptance.jobs.js';
import { deadlinesTimer } from '../../src/modules/fulfilment/deadlines/deadlines.jobs.js';
import { reviewTimer } from '../../src/modules/fulfilment/penalties/penalties.jobs.js';
import { Timers } from '../../src/platform/queue/timers.js';
import { type Agency, anAgency, contractRequest } from '../builders/agency.js';
import { join, type Person } from '../builders/people.js';
import { aDraft, approve, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

/** Until the addendum one post a week, on Wednesdays; from May on one a month. The week of 16 February is missed, and 32 March is 1 April. */
const WEEKLY = { code: 'weekly', title: 'Публикация в неделю', kind: 'posts', period: 'week', network: 'vk', count: 1 };
const MONTHLY = { code: 'monthly', title: 'Публикация в месяц', kind: 'posts', period: 'month', network: 'vk', count: 1 };
const COUNTING = { partialPeriods: 'none' };
const DAYS: Readonly<Record<number, readonly number[]>> = {
  ...{ 1: [7, 14, 21, 28], 2: [4, 11, 25], 3: [4, 11, 18, 25, 32], 4: [8, 15, 22] },
  ...Object.fromEntries([5, 6, 7, 8, 9, 10, 11, 12].map((month) => [month, [6]])),
};
const PRICE = 100_000_000;
const PRICE_FROM_MAY = 112_345_678;
const ZONE_MIDNIGHT = 'T12:00:00Z';

const day = (month: number, ofMonth: number): string => new Date(Date.UTC(2026, month - 1, ofMonth)).toISOString().slice(0, 10);
/** Two days after the last midnight of a month on Kamchatka, where the 31st ends at noon in UTC. */
const frozenAt = (month: number): string => `${day(month + 1, 2)}T12:00:01Z`;

describe('a contract from its signature in December to its end a year later', () => {
  let harness: Harness;
  let agency: Agency;
  let accountant: Person;
  let contract: Loose;

  beforeAll(async () => {
    harness = await Harness.start();
    await harness.clock.set(new Date('2025-12-22T00:00:00Z'));
    agency = await anAgency(harness);
    accountant = await join(agency.owner, 'accountant');
    await agency.owner.api.put(`/v1/contracts/${agency.contract.id}/termination`, { reason: 'Вместо него — договор на год' });
    contract = await signed();
  }, 120_000);
  afterAll(() => harness.close());

  async function signed(): Promise<Loose> {
    const request = contractRequest(agency.client.id, [agency.vkPage.id], {
      ...{ number: '1/2026', kind: 'civilServices', concludedOn: '2025-12-22', startsOn: '2026-01-01', endsOn: '2026-12-31' },
      priceKopecks: PRICE,
      clauses: { requirements: [WEEKLY], counting: COUNTING, stagePlan: { kind: 'monthly' }, acceptanceDays: 10, paymentDays: 7 },
    });
    const draft = await agency.owner.api.post('/v1/contracts', request);
    expect([draft.status, draft.body.fields]).toEqual([201, undefined]);
    const answer = await agency.owner.api.put(`/v1/contracts/${draft.body.id}/signature`, { signedOn: '2025-12-22' });
    expect(answer.status).toBe(200);
    return answer.body;
  }
  const at = async (instant: string): Promise<void> => {
    await harness.clock.set(new Date(instant));
    for (const timer of [contractStepsTimer, stageStepsTimer, silenceTimer, reviewTimer])
      await harness.app.get(Timers).runOnce(timer);
    await harness.drain();
    await harness.app.get(Timers).runOnce(deadlinesTimer);
  };
  const read = async (what = ''): Promise<Loose> => (await agency.owner.api.get(`/v1/contracts/${contract.id}${what}`)).body;
  const acceptanceOf = async (month: number): Promise<Loose> => (await read('/acceptances')).data[month - 1];
  const put = async (who: Person, acceptance: Loose, what: string, body: object = {}): Promise<Loose> => {
    const answer = await who.api.put(`/v1/acceptances/${acceptance.id}/${what}`, body);
    expect([what, answer.status, answer.body.fields]).toEqual([what, 200, undefined]);
    return answer.body;
  };
  const actOf = async (acceptance: Loose): Promise<Loose> =>
    (await accountant.api.get(`/v1/acceptances/${acceptance.id}/act`)).body;

  /** Approved at the beginning of the month, and out at noon of each day. */
  async function publishMonth(month: number): Promise<void> {
    for (const ofMonth of DAYS[month]!) {
      const post = await approve(agency, await aDraft(agency));
      await schedule(agency, post, new Date(`${day(month, ofMonth)}T00:00:00Z`), [agency.vkPage]);
    }
    for (const ofMonth of DAYS[month]!) {
      await harness.clock.set(new Date(`${day(month, ofMonth)}T00:00:01Z`));
      await harness.drain();
    }
  }

  async function submit(month: number): Promise<Loose> {
    const opened = await acceptanceOf(month);
    await put(accountant, opened, 'submission', { documentNumber: `${month}/2026` });
    return put(accountant, opened, 'receipt', { receivedAt: harness.clock.now().toISOString() });
  }

  async function accept(acceptance: Loose): Promise<void> {
    await put(agency.pressOfficer, acceptance, 'decision', { decision: 'accepted' });
    const { date, totalKopecks } = await actOf(acceptance);
    await put(accountant, acceptance, 'invoice', { number: `С-${acceptance.id.slice(-4)}`, invoicedOn: date });
    const paid = await accountant.api.post(`/v1/acceptances/${acceptance.id}/payments`, {
      ...{ paidOn: date, kopecks: totalKopecks, document: 'п/п' },
    });
    expect([paid.status, paid.body.state]).toEqual([201, 'paid']);
  }

  async function excuseTheMissedWeek(): Promise<void> {
    const missed = (await read('/requirement-periods?requirement=weekly')).data.find(({ state }: Loose) => state === 'missed');
    expect([missed.startsOn, missed.missed]).toEqual(['2026-02-16', 1]);
    const answer = await agency.owner.api.post(`/v1/contracts/${contract.id}/excuses`, {
      ...{ requirement: 'weekly', cause: 'clientDelay', causedBy: 'Пресс-служба', reason: 'Текст согласован через неделю' },
      ...{ startsOn: '2026-02-16', endsOn: '2026-02-22', evidence: [{ title: 'Письмо от 24.02.2026' }] },
    });
    expect(answer.status).toBe(201);
    await harness.drain();
  }

  async function refuseAndCure(acceptance: Loose): Promise<void> {
    const remarks = [{ deliverable: 'line-1', reason: 'В отчёте нет охватов' }];
    await put(agency.pressOfficer, acceptance, 'decision', { decision: 'refused', remarks, cureOn: '2026-04-10' });
    await put(accountant, acceptance, 'rework');
    await at('2026-04-06T00:00:00Z');
    const again = await put(accountant, acceptance, 'submission', { documentNumber: '3-2/2026' });
    expect(again.rounds).toHaveLength(2);
  }

  async function amend(): Promise<void> {
    const answer = await agency.owner.api.post(`/v1/contracts/${contract.id}/addenda`, {
      ...{ number: '1', agreedOn: '2026-04-28', effectiveOn: '2026-05-01', reason: 'Стороны изменили объём' },
      ...{ priceKopecks: PRICE_FROM_MAY, clauses: { requirements: [MONTHLY] } },
    });
    expect([answer.status, answer.body.fields]).toEqual([201, undefined]);
    await harness.drain();
  }

  it('is measured, amended, accepted month by month and paid, and everything adds up to the kopeck', async () => {
    await at(`2025-12-31${ZONE_MIDNIGHT}`);
    expect((await read()).status).toBe('active');
    for (let month = 1; month <= 12; month += 1) {
      await publishMonth(month);
      if (month === 4) await amend();
      await at(frozenAt(month));
      if (month === 2) await excuseTheMissedWeek();
      const submitted = await submit(month);
      if (month === 3) await refuseAndCure(submitted);
      await accept(submitted);
    }
    const acceptances = (await read('/acceptances')).data;
    const acts = await Promise.all(acceptances.map(actOf));
    // The act of December is the first one of the next year.
    expect(acts.map(({ year, number }: Loose) => [year, number])).toEqual([
      ...Array.from({ length: 11 }, (_, i) => [2026, i + 1]),
      [2027, 1],
    ]);
    expect(acts[0]).toMatchObject({
      totalKopecks: 8_333_333,
      totalInWords: 'Восемьдесят три тысячи триста тридцать три рубля 33 копейки',
      vatKopecks: 1_502_732,
      vat: [{ percent: 22 }],
    });
    const sum = (of: (act: Loose) => number): number => acts.reduce((total: number, act: Loose) => total + of(act), 0);
    expect(sum(({ totalKopecks }) => totalKopecks)).toBe(PRICE_FROM_MAY);
    for (const { lines, totalKopecks, vatKopecks } of acts) {
      const added = (name: string): number => lines.reduce((total: number, line: Loose) => total + line[name], 0);
      expect([added('amountKopecks'), added('vatKopecks')]).toEqual([totalKopecks, vatKopecks]);
    }
  }, 240_000);

  it('has delivered what it owed, and its excuse is neither delivered nor missed', async () => {
    const { totals, requirements } = await read('/plan-fact');
    expect(totals).toMatchObject({
      planned: 24,
      done: 23,
      scheduled: 0,
      atRisk: 0,
      missed: 0,
      excused: 1,
      periodsWithoutSource: 0,
    });
    expect(requirements.map(({ requirement, totals: of }: Loose) => [requirement, of.planned, of.done, of.excused])).toEqual([
      ['monthly', 8, 8, 0],
      ['weekly', 16, 15, 1],
    ]);
    const posts = harness.sandbox.vk.posts(agency.vkGroupId);
    expect(posts).toHaveLength(23);
    const week = (await read('/requirement-periods?requirement=weekly&on=2026-03-04')).data[0];
    const { counted } = (await agency.owner.api.get(`/v1/requirement-periods/${week.id}`)).body;
    expect(counted.map(({ url }: Loose) => url)).toEqual([expect.stringContaining(String(agency.vkGroupId))]);
  });

  it('was frozen as it was submitted: March twice, before the cure and after', async () => {
    const march = await acceptanceOf(3);
    expect(march.rounds.map(({ decision }: Loose) => decision)).toEqual(['refused', 'accepted']);
    const [before, after] = await Promise.all(
      march.rounds.map(async ({ id }: Loose) => (await agency.owner.api.get(`/v1/acceptance-rounds/${id}`)).body),
    );
    expect(before.frozen.map(({ requirement, done }: Loose) => [requirement, done])).toEqual(Array(5).fill(['weekly', 1]));
    expect(after.frozen.length).toBe(before.frozen.length);
  });

  it('says in the director’s view that all of its money has come, and that nobody is late', async () => {
    const { data } = (await agency.owner.api.get(`/v1/portfolio/contracts?clientId=${agency.client.id}`)).body;
    const mine = data.find(({ contractId }: Loose) => contractId === contract.id);
    const none = { plannedKopecks: 0, submittedKopecks: 0, acceptedKopecks: 0, invoicedKopecks: 0, atRiskKopecks: 0 };
    expect(mine).toMatchObject({ number: '1/2026', money: { ...none, paidKopecks: PRICE_FROM_MAY }, late: [] });
    expect(mine.deliverables).toMatchObject({ planned: 24, done: 23, excused: 1 });
    const total = (await agency.owner.api.get('/v1/portfolio')).body;
    expect([total.contracts, total.money.paidKopecks]).toEqual([data.length, PRICE_FROM_MAY]);
    expect((await agency.pressOfficer.api.get('/v1/portfolio')).status).toBe(403);
    const missed = (await agency.owner.api.get(`/v1/deadlines?contractId=${contract.id}&state=missed`)).body.data;
    expect(missed).toEqual([]);
    const penalties = (await read('/penalty-proposals')).data;
    expect(penalties.filter(({ state }: Loose) => state === 'open')).toEqual([]);
  });

  it('reads as of any day as it was agreed then, and is over after its last midnight', async () => {
    const terms = (on: string): Promise<Loose> => read(`/terms?on=${on}`);
    expect([(await terms('2026-04-30')).priceKopecks, (await terms('2026-05-01')).priceKopecks]).toEqual([PRICE, PRICE_FROM_MAY]);
    expect((await read()).status).toBe('completed');
    const stages = (await read('/stages')).data;
    expect(stages.map(({ closesAt }: Loose) => closesAt).at(-1)).toBe(new Date(`2026-12-31${ZONE_MIDNIGHT}`).toISOString());
    const handover = await read('/handover');
    expect(handover.items.find(({ code }: Loose) => code === 'plannedPosts').state).toBe('done');
    expect((await agency.owner.api.put(`/v1/contracts/${contract.id}/archive`)).body.code).toBe('contracts.not-settled');
    const late = { clientId: agency.client.id, title: 'Вдогонку', mediaIds: [], variants: [{ network: 'vk', text: 'Вдогонку' }] };
    expect((await agency.editor.api.post('/v1/posts', late)).body.code).toBe('contracts.over');
  });
});
