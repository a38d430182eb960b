import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { contractStepsTimer, stageStepsTimer } from '../../src/modules/contracts/contracts.jobs.js';
import { AcceptanceDates } from '../../src/modules/fulfilment/acceptance/acceptance-dates.service.js';
import { AcceptanceMoney } from '../../src/modules/fulfilment/acceptance/acceptance-money.service.js';
import { silenceTimer } from '../../src/modules/fulfilment/acceptance/acceptance.jobs.js';
import { reviewTimer } from '../../src/modules/fulfilment/penalties/penalties.jobs.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { UnitOfWork } from '../../src/platform/database/work.js';
import { Timers } from '../../src/platform/queue/timers.js';
import { type Agency, anAgency, contractRequest } from '../builders/agency.js';
import { join, type Person } from '../builders/people.js';
import { aDraft, approve, publicationsOf, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

/** Noon of a Monday on Kamchatka, twelve hours ahead of UTC. */
const MONDAY = '2026-02-02T00:00:00Z';
const POSTS = { code: 'posts-vk', title: 'Публикации за неделю', kind: 'posts', period: 'week', network: 'vk', count: 2 };
const SIGNATORY = { name: 'Иванова Мария Петровна', position: 'Глава района', basis: 'Устав' };

describe('the acceptance of a stage', () => {
  let harness: Harness;
  let agency: Agency;
  let accountant: Person;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    await harness.clock.set(new Date(MONDAY));
    await harness.forgetTenants();
    agency = await anAgency(harness);
    accountant = await join(agency.owner, 'accountant');
  });

  const at = async (instant: string): Promise<void> => {
    await harness.clock.set(new Date(instant));
    const timers = harness.app.get(Timers);
    // Twice and at once: whoever comes first, the result is the same.
    for (const timer of [contractStepsTimer, stageStepsTimer, silenceTimer, reviewTimer])
      await Promise.all([timers.runOnce(timer), timers.runOnce(timer)]);
    await harness.drain();
  };
  /** Two weeks of February, a million rubles. */
  const signed = async (clauses: object = {}, changes: object = {}): Promise<Loose> => {
    const request = contractRequest(agency.client.id, [agency.vkPage.id], {
      ...{ number: '5/2026', startsOn: '2026-02-02', endsOn: '2026-02-15', priceKopecks: 100_000_000 },
      ...changes,
    }) as Loose;
    const customer = { signatory: SIGNATORY };
    const answer = await agency.owner.api.post('/v1/contracts', {
      ...request,
      clauses: { ...request.clauses, requirements: [POSTS], customer, ...clauses },
    });
    expect([answer.status, answer.body.fields]).toEqual([201, undefined]);
    const { status } = await agency.owner.api.put(`/v1/contracts/${answer.body.id}/signature`, { signedOn: '2026-02-01' });
    expect(status).toBe(200);
    return answer.body;
  };
  const all = async (contract: Loose): Promise<Loose[]> =>
    (await accountant.api.get(`/v1/contracts/${contract.id}/acceptances`)).body.data;
  const first = async (contract: Loose): Promise<Loose> => (await all(contract))[0];
  const put = (who: Person, acceptance: Loose, what: string, body?: object, headers = {}) =>
    who.api.put(`/v1/acceptances/${acceptance.id}/${what}`, body, { headers });
  const done = async (who: Person, acceptance: Loose, what: string, body?: object): Promise<Loose> => {
    const answer = await put(who, acceptance, what, body);
    expect([answer.status, answer.body.fields, answer.body.code]).toEqual([200, undefined, undefined]);
    return answer.body;
  };
  const act = async (acceptance: Loose, query = ''): Promise<Loose> =>
    (await agency.pressOfficer.api.get(`/v1/acceptances/${acceptance.id}/act${query}`)).body;
  const penalties = async (contract: Loose): Promise<Loose[]> =>
    (await agency.owner.api.get(`/v1/contracts/${contract.id}/penalty-proposals`)).body.data;
  const published = async (): Promise<Loose> => {
    const post = await approve(agency, await aDraft(agency));
    const when = new Date(harness.clock.now().getTime() + 60_000);
    await schedule(agency, post, when);
    await harness.drain();
    await at(new Date(when.getTime() + 1_000).toISOString());
    return post;
  };
  /** As services above are told. */
  const told = (contracts: readonly Loose[]) => {
    const { contractorId } = agency;
    const ids = contracts.map(({ id }) => id);
    const [money, dates] = [harness.app.get(AcceptanceMoney), harness.app.get(AcceptanceDates)];
    return harness.app.get(UnitOfWork).reading(wholeContractor(contractorId), async (tx) => ({
      money: [...(await money.ofContracts(tx, contractorId, ids)).values()],
      dates: await dates.datesOf(tx, { contractorId, contractId: ids[0] }),
    }));
  };
  const rate = async (from: string, percentHundredths: number): Promise<void> => {
    expect((await accountant.api.put(`/v1/key-rates/${from}`, { percentHundredths })).status).toBe(200);
    await harness.drain();
  };

  it('goes from its report over a refusal and its cure to the money, and proposes what lateness costs', async () => {
    const contract = await signed();
    const post = await published();
    expect(await all(contract)).toEqual([]);
    // Frozen two days after its last midnight on Kamchatka.
    await at('2026-02-17T12:00:01Z');
    const opened = await first(contract);
    expect(opened).toMatchObject({ state: 'awaitingSubmission', stageKopecks: 100_000_000, submitOverdue: false });
    expect(opened.duties).toEqual([{ kind: 'submission', round: 1, dueOn: '2026-02-20', provisional: false, metOn: null }]);

    // Two days late, over a weekend with a holiday: the fifth working day was the 20th.
    await at('2026-02-24T00:00:00Z');
    expect((await first(contract)).submitOverdue).toBe(true);
    const submitted = await done(accountant, opened, 'submission', { documentNumber: '5-1' });
    expect(submitted).toMatchObject({ state: 'submitted', claimedKopecks: 100_000_000, submitOverdue: false });
    const [round] = submitted.rounds;
    expect(round.lines).toMatchObject([{ title: expect.stringContaining('с 02.02.2026 по 15.02.2026'), quantity: 1 }]);
    const frozen = async (): Promise<Loose> => {
      const { body } = await agency.pressOfficer.api.get(`/v1/acceptance-rounds/${round.id}`);
      expect(createHash('sha256').update(body.snapshot).digest('hex')).toBe(round.snapshotSha256);
      return { lines: body.lines, frozen: body.frozen, snapshot: body.snapshot };
    };
    const before = await frozen();
    expect(before.frozen).toMatchObject([
      { requirement: 'posts-vk', planned: 2, done: 1, missed: 1, counted: [{ kind: 'publication', title: post.title }] },
      { planned: 2, done: 0, missed: 2 },
    ]);

    // 23:00 on the 24th in Moscow is the 25th on Kamchatka; twenty working days later it is the 25th of March, over 9 March.
    await at('2026-02-24T20:30:00Z');
    const received = await done(accountant, opened, 'receipt', { receivedAt: '2026-02-24T20:00:00Z' });
    expect(received.duties[1]).toMatchObject({ kind: 'acceptance', dueOn: '2026-03-26', provisional: false, metOn: null });

    await at('2026-03-01T22:00:00Z');
    const reasons = { remarks: [{ deliverable: 'posts-vk', reason: 'Нет публикаций второй недели' }], cureOn: '2026-03-06' };
    const vague = await put(agency.pressOfficer, opened, 'decision', {
      decision: 'refused',
      remarks: [{ deliverable: 'polls', reason: 'Нет опросов' }],
    });
    expect([vague.status, vague.body.fields.map(({ field }: Loose) => field)]).toEqual([
      409,
      ['remarks.0.deliverable', 'cureOn'],
    ]);
    const unnamed = await put(agency.owner, opened, 'decision', { decision: 'refused', ...reasons });
    expect(unnamed.body.fields[0].field).toBe('documentNumber');
    const refused = await done(agency.pressOfficer, opened, 'decision', { decision: 'refused', ...reasons });
    expect(refused).toMatchObject({ state: 'refused', allowedTransitions: ['rework'], claimedKopecks: 0, acceptedKopecks: 0 });
    expect((await agency.pressOfficer.api.get(`/v1/acceptances/${opened.id}/act`)).status).toBe(404);
    const again = await put(accountant, opened, 'submission', {});
    expect([again.status, again.body.allowedTransitions]).toEqual([409, ['rework']]);

    await done(accountant, opened, 'rework');
    await at('2026-03-07T22:00:00Z');
    expect((await first(contract)).submitOverdue).toBe(true);
    await at('2026-03-10T00:00:00Z');
    expect((await done(accountant, opened, 'submission', {})).rounds).toHaveLength(2);
    const decision = { decision: 'partiallyAccepted', documentNumber: 'Акт заказчика № 3', decidedAt: '2026-03-10T00:00:00Z' };
    const lines = [{ line: 1, acceptedKopecks: 80_000_000, reason: 'Публикаций второй недели нет' }];
    const partly = await done(agency.owner, opened, 'decision', { ...decision, lines });
    expect(partly).toMatchObject({ state: 'partiallyAccepted', acceptedKopecks: 80_000_000 });

    const issued = await act(opened);
    expect(issued).toMatchObject({ number: 1, year: 2026, version: 1, date: '2026-03-10', totalKopecks: 80_000_000 });
    expect(issued.totalInWords).toBe('Восемьсот тысяч рублей 00 копеек');
    expect(issued).toMatchObject({ vatKopecks: 14_426_230, vat: [{ percent: 22 }], splitText: null });
    expect(issued.vatText).toBe('В том числе НДС 22 % — 144\u00a0262,30 руб.');
    expect(issued.claimsText).toContain('Публикаций второй недели нет');
    expect(issued.customer).toMatchObject({ inn: '7707083893', signatory: SIGNATORY });
    expect(issued.contract.procurementCode).toBe('263770708389377070100100010017021244');

    const ahead = await put(accountant, opened, 'invoice', { number: '17', invoicedOn: '2026-03-11' });
    expect([ahead.status, ahead.body.fields[0].field]).toEqual([409, 'invoicedOn']);
    await at('2026-03-11T00:00:00Z');
    expect(await done(accountant, opened, 'invoice', { number: '17', invoicedOn: '2026-03-11' })).toMatchObject({
      state: 'invoiced',
    });
    const pay = (paidOn: string, kopecks: number) =>
      accountant.api.post(`/v1/acceptances/${opened.id}/payments`, { paidOn, kopecks, document: 'п/п 118' });
    await at('2026-03-25T00:00:00Z');
    // The seventh working day after the 10th was the 19th.
    expect(await first(contract)).toMatchObject({ paymentOverdue: true, state: 'invoiced' });
    expect((await pay('2026-03-18', 50_000_000)).body).toMatchObject({ state: 'invoiced', paidKopecks: 50_000_000 });
    expect((await pay('2026-03-25', 30_000_001)).body.fields[0].field).toBe('kopecks');
    expect((await pay('2026-03-25', 30_000_000)).body).toMatchObject({ state: 'paid', paymentOverdue: false });
    await harness.drain();

    // Nobody has entered a key rate yet.
    const unknown = await penalties(contract);
    expect(unknown.map(({ kind, kopecks }) => [kind, kopecks]).sort()).toEqual([
      ...[
        ['lateCure', null],
        ['latePayment', null],
        ['lateSubmission', null],
      ],
      ...[
        ['missedRequirement', 100_000],
        ['missedRequirement', 100_000],
      ],
    ]);
    expect(unknown.find(({ kind }) => kind === 'latePayment').doubts[0]).toContain('Ключевая ставка на 25.03.2026 не внесена');
    await rate('2026-01-01', 1_600);
    await at('2026-03-25T00:30:00Z');
    const known = await penalties(contract);
    expect(known.map(({ id }) => id)).toEqual(unknown.map(({ id }) => id));
    const payment = known.find(({ kind }) => kind === 'latePayment');
    // Of what came on the 25th, six days late.
    expect(payment).toMatchObject({ against: 'client', kopecks: 96_000, parts: [{ kopecks: 30_000_000, days: 6 }] });
    expect(payment.calculation).toBe('300\u00a0000,00 × 6 дн. × 16,00 % ÷ 300 = 960,00 руб.');
    expect(known.find(({ kind }) => kind === 'lateSubmission').kopecks).toBe(213_333);
    const decide = (body: object) => agency.owner.api.put(`/v1/penalty-proposals/${payment.id}/decision`, body);
    const charged = await decide({ decision: 'charged', reason: 'Претензия от 25.03.2026' });
    expect(charged.body).toMatchObject({ state: 'charged', kopecks: 96_000, allowedTransitions: [] });
    expect((await decide({ decision: 'waived', reason: 'Передумали' })).status).toBe(409);
    await rate('2026-01-01', 2_000);
    await at('2026-03-25T00:31:00Z');
    const after = await penalties(contract);
    expect(after.find(({ kind }) => kind === 'latePayment').kopecks).toBe(96_000);
    expect(after.find(({ kind }) => kind === 'lateSubmission').kopecks).toBe(266_667);

    // What is deleted later changes nothing of what was submitted and accepted.
    const { vk } = await publicationsOf(agency, post);
    await agency.editor.api.put(`/v1/publications/${vk.id}/withdrawal`);
    await harness.drain();
    expect((await publicationsOf(agency, post)).vk.state).toBe('deleted');
    expect(await frozen()).toEqual(before);
    expect(await first(contract)).toMatchObject({ state: 'paid', acceptedKopecks: 80_000_000, lostEvidence: [vk.id] });
    const entries = (await agency.owner.api.get(`/v1/audit-entries?objectId=${opened.id}&limit=200`)).body.data;
    expect(entries.map(({ action }: Loose) => action).toReversed()).toEqual([
      ...['acceptance.opened', 'acceptance.submitted', 'acceptance.received', 'acceptance.decided', 'acceptance.reworkBegan'],
      ...['acceptance.submitted', 'acceptance.decided', 'acceptance.invoiced'],
      ...['acceptance.paymentRecorded', 'acceptance.paymentRecorded', 'acceptance.evidenceLost'],
    ]);
  }, 240_000);

  it('is accepted by silence only where the contract says so, once, and as of the end of the term', async () => {
    const silent = await signed({ silenceAccepts: true, requirements: [] });
    const loud = await signed({ requirements: [] }, { number: '6/2026' });
    await at('2026-02-18T00:00:00Z');
    for (const contract of [silent, loud]) {
      const acceptance = await first(contract);
      await done(accountant, acceptance, 'submission', { documentNumber: '1' });
      await done(accountant, acceptance, 'receipt', { receivedAt: '2026-02-18T00:00:00Z' });
    }
    // Twenty working days after the 18th, on Kamchatka, over two holidays.
    await at('2026-03-20T09:00:00Z');
    expect(await first(silent)).toMatchObject({ state: 'submitted', acceptOverdue: false });
    // The workers were down for a month.
    await at('2026-04-20T00:00:00Z');
    const accepted = await first(silent);
    expect(accepted).toMatchObject({ state: 'accepted', acceptedKopecks: 100_000_000 });
    expect(accepted.rounds).toMatchObject([{ decision: 'accepted', decidedBy: null, decidedAt: '2026-03-20T12:00:00.000Z' }]);
    expect(await first(loud)).toMatchObject({ state: 'submitted', acceptOverdue: true, acceptedKopecks: 0 });
    const issued = await act(accepted);
    expect(issued).toMatchObject({ number: 1, version: 1, date: '2026-03-21', issuedBy: null });
    expect(issued.claimsText).toContain('считаются принятыми');
    const { money, dates } = await told([silent, loud]);
    const none = { submittedKopecks: 0n, acceptedKopecks: 0n, invoicedKopecks: 0n, paidKopecks: 0n };
    expect(money).toEqual([
      { ...none, acceptedKopecks: 100_000_000n },
      { ...none, submittedKopecks: 100_000_000n },
    ]);
    expect(dates.map(({ kind, dueOn, met }) => [kind, dueOn, met])).toEqual([
      ['submission', '2026-02-20', true],
      ['acceptance', '2026-03-20', true],
      ['payment', '2026-03-31', false],
    ]);
    const late = await put(agency.pressOfficer, accepted, 'decision', { decision: 'accepted' });
    expect([late.status, late.body.allowedTransitions]).toEqual([409, ['invoiced']]);
  });

  it('numbers acts without gaps, and corrects one by another version under its number', async () => {
    const monthly = { stagePlan: { kind: 'monthly' }, vatMode: 'simplifiedExempt' };
    const contract = await signed({ requirements: [], ...monthly }, { endsOn: '2026-03-31' });
    const units = [{ title: 'Публикация', unit: 'шт.', priceKopecks: 1_000_001 }];
    const counted = await signed({ requirements: [], priceType: 'unitPrices', unitPrices: units }, { number: '7/2026' });
    await at('2026-03-03T00:00:00Z');
    const [fixed, byUnits] = [await first(contract), await first(counted)];
    expect(await all(contract)).toHaveLength(1);
    const stale = await put(accountant, fixed, 'submission', {}, { 'if-match': '"7"' });
    expect(stale.status).toBe(412);
    await done(accountant, fixed, 'submission', {});
    // Refused after a number was taken: none is lost.
    const early = { decision: 'accepted', documentNumber: 'А-1', decidedAt: '2026-02-01T00:00:00Z' };
    expect((await put(agency.owner, fixed, 'decision', early)).body.fields[0].field).toBe('decidedAt');
    await done(agency.pressOfficer, fixed, 'decision', { decision: 'accepted' });

    const quantities = (quantity: number) => ({ quantities: [{ title: 'Публикация', quantity }] });
    expect((await put(accountant, byUnits, 'submission', quantities(100))).body.fields[0].field).toBe('quantities');
    await done(accountant, byUnits, 'submission', quantities(12));
    const eleven = [{ line: 1, acceptedQuantity: 11, reason: 'Одна не о том' }];
    await done(agency.pressOfficer, byUnits, 'decision', { decision: 'partiallyAccepted', lines: eleven });
    await done(accountant, byUnits, 'rework');
    // In all for the stage: what was accepted is not claimed again.
    expect(await done(accountant, byUnits, 'submission', quantities(12))).toMatchObject({ claimedKopecks: 1_000_001 });
    expect(await done(agency.pressOfficer, byUnits, 'decision', { decision: 'accepted' })).toMatchObject({ state: 'accepted' });

    const [one, two, rest] = [await act(fixed), await act(byUnits, '?version=1'), await act(byUnits)];
    expect([one, two, rest].map(({ number, version }) => [number, version])).toEqual([
      ...[
        [1, 1],
        [2, 1],
        [2, 2],
      ],
    ]);
    expect(one).toMatchObject({ vatKopecks: 0, vatText: expect.stringContaining('Без НДС'), customer: { signatory: SIGNATORY } });
    expect([two.totalKopecks, rest.totalKopecks]).toEqual([11_000_011, 12_000_012]);
    expect(rest.lines).toMatchObject([{ title: 'Публикация', unit: 'шт.', quantity: 12, priceKopecks: 1_000_001 }]);

    const deputy = { ...SIGNATORY, name: 'Петров Пётр Петрович', basis: 'Доверенность № 4 от 01.02.2026' };
    const addendum = { number: '1', agreedOn: '2026-03-03', effectiveOn: '2026-03-01', reason: 'Смена подписанта' };
    const clauses = { customer: { signatory: deputy } };
    expect((await agency.owner.api.post(`/v1/contracts/${contract.id}/addenda`, { ...addendum, clauses })).status).toBe(201);
    const corrected = await accountant.api.post(`/v1/acceptances/${fixed.id}/act-versions`, { reason: 'Исправлен подписант' });
    expect(corrected.body).toMatchObject({ number: 1, version: 2, date: one.date, reason: 'Исправлен подписант' });
    expect(corrected.body.customer.signatory).toEqual(deputy);
    expect(await act(fixed, '?version=1')).toEqual(one);
  });
});
