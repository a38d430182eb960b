import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { contractStepsTimer, stageStepsTimer } from '../../src/modules/contracts/contracts.jobs.js';
import { deadlinesTimer } from '../../src/modules/fulfilment/deadlines/deadlines.jobs.js';
import { remindersTimer } from '../../src/modules/fulfilment/reminders/reminders.jobs.js';
import { Timers } from '../../src/platform/queue/timers.js';
import { type Agency, anAgency, clientRequest, connectedPages, contractRequest } from '../builders/agency.js';
import { join, type Person } from '../builders/people.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

/** Noon on Kamchatka, three at night in Moscow. */
const START = '2026-11-02T00:00:00Z';
const REPORT = { code: 'report', title: 'Отчёт за месяц', kind: 'report', period: 'month', workingDay: 5 };
const PLAN = { code: 'plan', title: 'Контент-план', kind: 'contentPlan', period: 'month', dayOfMonth: 25 };
const SECURITY = { kind: 'performance', form: 'money', amountKopecks: 1_000_000, returnOn: '2027-02-15' };

/** With a transfer that puts the fifth working day after December one day later. */
const Y2027 = {
  ...{ year: 2027, status: 'official', source: 'Постановление Правительства РФ, для примера', workingWeekends: [] },
  weekdaysOff: [
    ...['2027-01-01', '2027-01-04', '2027-01-05', '2027-01-06', '2027-01-07', '2027-01-08', '2027-01-11', '2027-02-23'],
    ...['2027-03-08', '2027-05-03', '2027-05-10', '2027-06-14', '2027-11-04'],
  ],
};

describe('deadlines', () => {
  let harness: Harness;
  let agency: Agency;
  let manager: Person;
  let contract: Loose;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    await harness.clock.set(new Date(START));
    await harness.forgetTenants();
    agency = await anAgency(harness);
    manager = await join(agency.owner, 'manager');
    contract = await signed();
  });

  const timers = () => harness.app.get(Timers);
  const settle = async (): Promise<void> => {
    await timers().runOnce(contractStepsTimer);
    await timers().runOnce(stageStepsTimer);
    await harness.drain();
    await timers().runOnce(deadlinesTimer);
    await harness.drain();
  };
  const remind = async (): Promise<void> => {
    await settle();
    await timers().runOnce(remindersTimer);
  };
  const at = async (instant: string): Promise<void> => {
    await harness.clock.set(new Date(instant));
    await remind();
  };
  const signed = async (changes: object = {}): Promise<Loose> => {
    const clauses = { requirements: [REPORT, PLAN], stagePlan: { kind: 'monthly' }, securities: [SECURITY], handoverDays: 10 };
    const terms = { number: '7/2026', kind: 'civilServices', startsOn: '2026-11-02', endsOn: '2026-12-31', clauses, ...changes };
    const { body } = await agency.owner.api.post('/v1/contracts', contractRequest(agency.client.id, [agency.vkPage.id], terms));
    const answer = await agency.owner.api.put(`/v1/contracts/${body.id}/signature`, { signedOn: '2026-11-02' });
    expect([answer.status, answer.body.fields]).toEqual([200, undefined]);
    await settle();
    return body;
  };
  const list = async (query = '', who = agency.pressOfficer): Promise<Loose[]> =>
    (await who.api.get(`/v1/deadlines?limit=200${query}`)).body.data;
  const ofContract = (query = '') => list(`&contractId=${contract.id}${query}`);
  const one = async (kind: string): Promise<Loose> => (await ofContract(`&kind=${kind}`)).at(-1);
  const inbox = async (who: Person, query = ''): Promise<Loose[]> =>
    (await who.api.get(`/v1/reminders?limit=200${query}`)).body.data;
  const told = async (who: Person, deadline: Loose): Promise<number[]> =>
    (await inbox(who)).filter(({ deadlineId }) => deadlineId === deadline.id).map(({ step }) => step);
  const auditOf = async ({ id }: Loose): Promise<Loose[]> =>
    (await agency.owner.api.get(`/v1/audit-entries?objectId=${id}`)).body.data;
  const load = async (calendar: object = Y2027): Promise<void> => {
    expect((await agency.owner.api.post('/v1/production-calendars', calendar)).status).toBe(201);
    await settle();
  };
  const aFeed = async (who: Person, filter: object = {}): Promise<Loose> =>
    (await who.api.post('/v1/calendar-feeds', { name: 'Телефон', ...filter })).body;
  const feed = async ({ token }: Loose, headers: Record<string, string> = {}) => {
    const response = await fetch(`${harness.baseUrl}/v1/calendar-feeds/${token}.ics`, { headers });
    const text = await response.text();
    return {
      status: response.status,
      etag: response.headers.get('etag') ?? '',
      type: response.headers.get('content-type'),
      text,
    };
  };
  const events = (text: string): Loose[] =>
    new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => ({
      component,
      ...{ uid: component.getFirstPropertyValue('uid'), summary: component.getFirstPropertyValue('summary') },
      ...{ start: String(component.getFirstPropertyValue('dtstart')), end: String(component.getFirstPropertyValue('dtend')) },
      ...{ status: component.getFirstPropertyValue('status'), sequence: component.getFirstPropertyValue('sequence') },
    }));

  it('stand in one list, soonest first, with whom they wait for', async () => {
    const rows = await ofContract();
    expect(
      rows.map(({ kind, dueOn, state, waitingFor, provisionalYear }) => [dueOn, kind, state, waitingFor, provisionalYear]),
    ).toEqual([
      ['2026-10-25', 'contentPlanDue', 'open', 'contractor', null],
      ['2026-11-25', 'contentPlanDue', 'open', 'contractor', null],
      ['2026-11-30', 'stageClose', 'open', 'contractor', null],
      ['2026-12-07', 'submission', 'open', 'contractor', null],
      ['2026-12-07', 'reportDue', 'open', 'contractor', null],
      ['2026-12-22', 'handoverBegins', 'open', 'nobody', null],
      ['2026-12-31', expect.stringMatching(/stageClose|contractEnd/), 'open', expect.anything(), null],
      ['2026-12-31', expect.stringMatching(/stageClose|contractEnd/), 'open', expect.anything(), null],
      ['2027-01-15', 'submission', 'open', 'contractor', 2027],
      ['2027-01-15', 'reportDue', 'open', 'contractor', 2027],
      ['2027-02-15', 'securityReturn', 'open', 'client', null],
    ]);
    expect(rows[2]).toMatchObject({ dueAt: '2026-11-30T12:00:00.000Z', timeZone: 'Asia/Kamchatka', untold: false });
    expect(rows[3]).toMatchObject({ title: 'Сдать результаты: Этап 1 · договор № 7/2026', untold: false });
    expect(rows[4]).toMatchObject({ title: 'Отчёт за месяц (02.11.2026–30.11.2026) · договор № 7/2026', untold: true });
    expect((await agency.pressOfficer.api.get(`/v1/deadlines/${rows[4].id}`)).body).toEqual(rows[4]);
    expect((await ofContract('&provisional=true')).map(({ dueOn }) => dueOn)).toEqual(['2027-01-15', '2027-01-15']);
    expect((await ofContract('&waitingFor=client')).map(({ kind }) => kind)).toEqual(['securityReturn']);
    expect(await ofContract('&from=2026-12-01&to=2026-12-21')).toHaveLength(2);
    expect(await ofContract('&state=cancelled')).toEqual([]);
    // By pages, none is twice and none is left out.
    const paged: Loose[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = `contractId=${contract.id}&limit=2${cursor && `&cursor=${cursor}`}`;
      const { body }: Loose = await agency.pressOfficer.api.get(`/v1/deadlines?${query}`);
      paged.push(...body.data);
      cursor = body.nextCursor;
    }
    expect(paged).toEqual(rows);
    expect((await agency.owner.api.get('/v1/deadlines?cursor=bm8')).body.fields).toMatchObject([{ field: 'cursor' }]);
  });

  it('follow their contract: they keep their ids, are met by time, and are cancelled by a notice', async () => {
    const before = await ofContract();
    await at('2026-11-30T12:00:01Z');
    expect(await one('contentPlanDue')).toMatchObject({ state: 'open', untold: true });
    const [november] = await ofContract('&kind=stageClose');
    expect(november).toMatchObject({ id: before[2].id, state: 'met', waitingFor: 'nobody' });
    const notice = { ground: 'mutual', reason: 'Соглашение сторон', effectiveOn: '2026-12-15' };
    await agency.owner.api.put(`/v1/contracts/${contract.id}/termination`, notice);
    await settle();
    expect(await one('contractEnd')).toMatchObject({ state: 'cancelled', waitingFor: 'nobody' });
    expect(await one('terminationEffective')).toMatchObject({ state: 'open', dueOn: '2026-12-15' });
    await agency.owner.api.delete(`/v1/contracts/${contract.id}/termination`);
    await settle();
    const end = before.find(({ kind }) => kind === 'contractEnd');
    expect(await one('contractEnd')).toMatchObject({ id: end!.id, state: 'open' });
    expect(await one('terminationEffective')).toMatchObject({ state: 'cancelled' });
  });

  it('become definite when the calendar of their year is loaded, and say what they were', async () => {
    const before = await one('reportDue');
    expect(before).toMatchObject({ dueOn: '2027-01-15', provisional: true, provisionalReason: expect.stringContaining('2027') });
    const periods = async (): Promise<Loose[]> =>
      (await agency.owner.api.get(`/v1/contracts/${contract.id}/requirement-periods?requirement=report`)).body.data;
    expect((await periods()).at(-1)).toMatchObject({ dueOn: '2027-01-15', provisional: true });
    await load({ ...Y2027, status: 'draft' });
    expect(await one('reportDue')).toMatchObject({ dueOn: '2027-01-18', provisional: true });
    await load();
    expect(await one('reportDue')).toMatchObject({
      id: before.id,
      dueOn: '2027-01-18',
      provisional: false,
      provisionalReason: null,
    });
    expect((await periods()).at(-1)).toMatchObject({ dueOn: '2027-01-18', provisional: false });
    const moves = (await auditOf(before)).map(({ action, details: { from, to, provisional } }) => [
      action,
      from,
      to,
      provisional,
    ]);
    expect(moves).toEqual([
      ['deadline.moved', '2027-01-18', '2027-01-18', false],
      ['deadline.moved', '2027-01-15', '2027-01-18', true],
    ]);
    const told = await harness.sql(`select payload from outbox where name = 'deadline.moved' order by id`);
    expect(told.at(-1)).toMatchObject({
      payload: { deadlineId: before.id, from: '2027-01-18', to: '2027-01-18', provisional: false },
    });
  });

  it('remind each reader at nine of his own morning, each step once, also with two rounds at once', async () => {
    const [close] = await ofContract('&kind=stageClose');
    // Thirty days before lies in the past already, and fourteen are the 16th: nine in Moscow is six in UTC.
    await at('2026-11-16T05:59:00Z');
    expect(await told(manager, close)).toEqual([]);
    expect((await manager.api.put('/v1/me/time-zone', { timeZone: 'Mars/Olympus' })).status).toBe(400);
    await harness.clock.set(new Date('2026-11-16T06:00:30Z'));
    await settle();
    await Promise.all([timers().runOnce(remindersTimer), timers().runOnce(remindersTimer), timers().runOnce(remindersTimer)]);
    await remind();
    expect(await told(manager, close)).toEqual([-14]);
    expect(await told(agency.editor, close)).toEqual([-14]);
    expect(await told(agency.pressOfficer, close)).toEqual([]);
    const [first] = await inbox(manager);
    expect(first.message).toBe('Через 14 дней: Последний день: Этап 1 · договор № 7/2026 — 30.11.2026.');
    const [event] = await harness.sql<Loose>(
      `select payload from outbox where name = 'deadline.reminded' and payload ->> 'deadlineId' = $1`,
      [close.id],
    );
    expect(event.payload).toMatchObject({ deadlineId: close.id, step: -14 });
    expect(event.payload.memberIds.sort()).toEqual([manager.id, agency.editor.id].sort());
    // Who has moved is told where he is now: nine on Kamchatka is 21:00 of the day before in UTC.
    expect((await manager.api.put('/v1/me/time-zone', { timeZone: 'Asia/Kamchatka' })).body.timeZone).toBe('Asia/Kamchatka');
    await at('2026-11-22T21:00:30Z');
    expect([await told(manager, close), await told(agency.editor, close)]).toEqual([[-7, -14], [-14]]);
    // Back and forth makes no difference.
    await at('2026-11-16T06:30:00Z');
    await at('2026-11-23T06:00:30Z');
    expect([await told(manager, close), await told(agency.editor, close)]).toEqual([
      [-7, -14],
      [-7, -14],
    ]);
  });

  it('are told in one word after a downtime, and read in the inbox', async () => {
    const security = await one('securityReturn');
    // Down from November to the day before: thirty, fourteen and seven days have gone by.
    await at('2027-02-14T06:00:30Z');
    expect(await told(manager, security)).toEqual([-1]);
    expect(await told(agency.owner, security)).toEqual([-1]);
    // It waits for the client, who reads on Kamchatka.
    expect(await told(agency.pressOfficer, security)).toEqual([-1]);
    const rows = await harness.sql(`select step, state from reminders where deadline_id = $1 and member_id = $2 order by step`, [
      security.id,
      manager.id,
    ]);
    expect(rows).toEqual([
      { step: -30, state: 'skipped' },
      { step: -14, state: 'skipped' },
      { step: -7, state: 'skipped' },
      { step: -1, state: 'sent' },
    ]);
    const mine = await inbox(manager, '&state=unread');
    const read = await manager.api.put(`/v1/reminders/${mine[0].id}/read`);
    expect(read.body.readAt).toEqual(expect.any(String));
    expect((await manager.api.put(`/v1/reminders/${mine[0].id}/read`)).body).toEqual(read.body);
    expect((await agency.owner.api.put(`/v1/reminders/${mine[0].id}/read`)).status).toBe(404);
    expect((await inbox(manager, '&state=read')).map(({ id }) => id)).toEqual([mine[0].id]);
    expect((await inbox(manager)).at(-1).id).toBe(mine[0].id);
    const { body } = await manager.api.get('/v1/reminders?limit=1');
    if (body.nextCursor) expect((await manager.api.get(`/v1/reminders?limit=200&cursor=${body.nextCursor}`)).status).toBe(200);
  });

  it('that were missed go up to owners and managers, and a date that moves is told anew', async () => {
    const expiresAt = '2026-12-10T09:00:00Z';
    const credentials = { communityToken: harness.sandbox.vk.issueCommunityToken(agency.vkGroupId).token };
    const connect = (until: string) =>
      agency.owner.api.put(`/v1/pages/${agency.vkPage.id}/connection`, { credentials, expiresAt: until });
    expect((await connect(expiresAt)).status).toBe(200);
    await settle();
    const [expiry] = await list(`&pageId=${agency.vkPage.id}`);
    expect(expiry).toMatchObject({
      kind: 'credentialExpiry',
      dueOn: '2026-12-10',
      dueAt: '2026-12-10T09:00:00.000Z',
      state: 'open',
    });
    await at('2026-12-03T06:00:30Z');
    expect([await told(manager, expiry), await told(agency.owner, expiry)]).toEqual([[-7], []]);
    await connect('2026-12-11T09:00:00Z');
    await settle();
    await at('2026-12-04T06:00:30Z');
    expect(await told(manager, expiry)).toEqual([-7, -7]);
    await at('2026-12-12T06:00:30Z');
    expect((await list(`&pageId=${agency.vkPage.id}`))[0]).toMatchObject({
      id: expiry.id,
      state: 'missed',
      waitingFor: 'contractor',
    });
    expect([await told(manager, expiry), await told(agency.owner, expiry)]).toEqual([[1, -7, -7], [1]]);
    await at('2026-12-14T06:00:30Z');
    expect([await told(manager, expiry), await told(agency.owner, expiry)]).toEqual([
      [3, 1, -7, -7],
      [3, 1],
    ]);
  });

  it('are read by a calendar program, which sees what has changed, and that something was cancelled', async () => {
    const made = await aFeed(manager, { contractId: contract.id });
    const first = await feed(made);
    expect([first.status, first.type]).toEqual([200, 'text/calendar; charset=utf-8']);
    const before = events(first.text);
    const [report] = (await ofContract('&kind=reportDue')).slice(-1);
    expect(before).toHaveLength(11);
    expect(before.find(({ uid }) => uid === `${report.id}@vestnik`)).toMatchObject({
      ...{ start: '2027-01-15', end: '2027-01-16', status: 'TENTATIVE', sequence: 0, summary: report.title },
    });
    expect(first.text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(first.text).not.toContain('VALARM');
    expect(await feed(made)).toEqual(first);
    expect(await feed(made, { 'if-none-match': first.etag })).toMatchObject({ status: 304, text: '' });
    await load();
    await agency.owner.api.put(`/v1/contracts/${contract.id}/termination`, {
      ...{ ground: 'mutual', reason: 'Соглашение; стороны, согласны', effectiveOn: '2026-12-15' },
    });
    await settle();
    const second = await feed(made, { 'if-none-match': first.etag });
    expect(second.status).toBe(200);
    const after = events(second.text);
    const end = await one('contractEnd');
    expect(after.find(({ uid }) => uid === `${end.id}@vestnik`)).toMatchObject({ status: 'CANCELLED', sequence: 1 });
    const cancelled = after.filter(({ status }) => status === 'CANCELLED').length;
    await harness.clock.advance({ days: 31 });
    expect(events((await feed(made)).text)).toHaveLength(after.length - cancelled);
    const [shown] = (await manager.api.get('/v1/calendar-feeds')).body.data;
    expect(shown).toMatchObject({ id: made.id, contractId: contract.id, lastUsedAt: expect.any(String), revokedAt: null });
    expect(shown.token).toBeUndefined();
  });

  it('show in a feed what its member may see at that moment, and nothing to anybody else', async () => {
    const other = (await agency.owner.api.post('/v1/clients', clientRequest({ name: 'Суд', shortName: 'Суд' }))).body;
    const pages = await connectedPages(harness, agency.owner, other.id);
    const terms = { number: 'Чужой', startsOn: '2026-11-02', endsOn: '2026-12-31' };
    const theirs = await agency.owner.api.post('/v1/contracts', contractRequest(other.id, [pages.vkPage.id], terms));
    await agency.owner.api.put(`/v1/contracts/${theirs.body.id}/signature`, { signedOn: '2026-11-02' });
    await settle();
    const seen = async (made: Loose): Promise<number> =>
      events((await feed(made)).text).filter(({ summary }) => summary.includes('Чужой')).length;
    const [whole, narrow] = [await aFeed(manager), await aFeed(agency.pressOfficer)];
    expect([await seen(whole), await seen(narrow)]).toEqual([4, 0]);
    expect((await agency.pressOfficer.api.post('/v1/calendar-feeds', { name: 'Чужой', clientId: other.id })).status).toBe(404);
    const scope = (body: object) => agency.owner.api.patch(`/v1/members/${manager.id}`, body);
    await scope({ allClients: false, clientIds: [agency.client.id] });
    expect(await seen(whole)).toBe(0);
    expect(events((await feed(whole)).text).length).toBeGreaterThan(0);
    // Another agency's feed begins with another id, and no one's secret fits.
    const strange = { token: whole.token.replace(/^.{32}/, '0'.repeat(32)) };
    for (const bad of [strange, { token: 'x' }, { token: `${whole.token}x` }]) expect((await feed(bad)).status).toBe(404);
    await scope({ status: 'disabled' });
    expect((await feed(whole)).status).toBe(404);
    expect((await agency.owner.api.delete(`/v1/calendar-feeds/${narrow.id}`)).status).toBe(404);
    expect((await agency.pressOfficer.api.delete(`/v1/calendar-feeds/${narrow.id}`)).status).toBe(204);
    expect((await feed(narrow)).status).toBe(404);
  });
});
