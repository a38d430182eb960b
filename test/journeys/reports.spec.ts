import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { contractStepsTimer, stageStepsTimer } from '../../src/modules/contracts/contracts.jobs.js';
import { ContractLines } from '../../src/modules/fulfilment/contract-lines.service.js';
import { deliveriesTimer } from '../../src/modules/reports/deliveries/deliveries.jobs.js';
import { reportsSweepTimer } from '../../src/modules/reports/reports.jobs.js';
import { reportSchedulesTimer } from '../../src/modules/reports/schedules/schedules.jobs.js';
import type { TimerDefinition } from '../../src/platform/queue/job.js';
import { Timers } from '../../src/platform/queue/timers.js';
import { type Agency, anAgency, contractRequest } from '../builders/agency.js';
import { aDraft, approve, schedule, uploadPhotos } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { MailServer } from '../harness/mail-server.js';

/** Noon of a Monday on Kamchatka. */
const MONDAY = '2027-01-11T00:00:00Z';
const WEEK = { startsOn: '2027-01-11', endsOn: '2027-01-17' };
const POSTS = { code: 'posts-vk', title: 'Две публикации в неделю', kind: 'posts', period: 'week', network: 'vk', count: 2 };
const PHOTOS = { code: 'photos', title: 'Фото', kind: 'formatPosts', period: 'term', format: 'photo', count: 1 };

/** One life of a report: the suites share what it costs to publish. */
describe('a report of a period', () => {
  let harness: Harness;
  let agency: Agency;
  let contract: Loose;
  let report: Loose;
  let frozen: string;
  let mail: MailServer;

  beforeAll(async () => {
    mail = await MailServer.start();
    harness = await Harness.start({ smtpUrl: mail.url });
    await harness.clock.set(new Date(MONDAY));
    agency = await anAgency(harness);
    contract = await signed();
    await publish(1);
    await publish(0);
    await recordExcuse();
    await at('2027-01-18T00:00:00Z');
  });
  afterAll(async () => {
    await harness.close();
    await mail.stop();
  });

  const signed = async (): Promise<Loose> => {
    const { body } = await agency.owner.api.post(
      '/v1/contracts',
      contractRequest(agency.client.id, [agency.vkPage.id, agency.okPage.id], {
        ...{ number: '7/2027', kind: 'civilServices', startsOn: '2027-01-11', endsOn: '2027-02-07' },
        clauses: { requirements: [POSTS, PHOTOS], stagePlan: { kind: 'monthly' } },
      }),
    );
    await agency.owner.api.put(`/v1/contracts/${body.id}/signature`, { signedOn: '2027-01-11' });
    await harness.drain();
    return body;
  };
  const at = async (instant: string): Promise<void> => {
    await harness.clock.set(new Date(instant));
    await harness.drain();
  };
  const publish = async (photos: number): Promise<void> => {
    const post = await approve(agency, await aDraft(agency, { photos }));
    const when = new Date(harness.clock.now().getTime() + 60_000);
    await schedule(agency, post, when);
    await harness.drain();
    await at(new Date(when.getTime() + 1_000).toISOString());
  };
  const recordExcuse = () =>
    agency.owner.api.post(`/v1/contracts/${contract.id}/excuses`, {
      ...{ requirement: 'posts-vk', cause: 'clientDelay', causedBy: 'Пресс-служба', reason: 'Не согласовано в срок', ...WEEK },
      evidence: [{ title: 'Письмо от 15.01.2027' }],
    });
  const get = async (path: string): Promise<Loose> => (await agency.pressOfficer.api.get(path)).body;
  const order = (changes: object = {}) => agency.owner.api.post('/v1/reports', { contractId: contract.id, ...WEEK, ...changes });
  const document = (version = 1): Promise<Loose> => get(`/v1/reports/${report.id}/document?version=${version}`);

  it('is ordered at once, made by a worker, and read by the client’s press officer', async () => {
    const ordered = await order();
    expect([ordered.status, ordered.body.state, ordered.body.versions]).toEqual([201, 'building', 0]);
    report = ordered.body;
    await harness.drain();
    expect(await get(`/v1/reports/${report.id}`)).toMatchObject({ state: 'ready', versions: 1, failure: null, kind: 'manual' });
    expect((await get('/v1/reports?from=2027-01-17&until=2027-01-20')).data).toMatchObject([{ id: report.id }]);
    expect((await get(`/v1/reports?contractId=${agency.contract.id}`)).data).toEqual([]);
    expect((await get('/v1/reports?from=2027-01-18')).data).toEqual([]);
  });

  it('says what a reader gets by adding up the API’s own lists', async () => {
    const { planFact, posts, pages, excuses } = await document();
    const periods: Loose[] = [];
    for (const code of ['posts-vk', 'photos'])
      periods.push(...(await get(`/v1/contracts/${contract.id}/requirement-periods?requirement=${code}`)).data);
    const inside = periods.filter(({ endsOn }) => endsOn >= WEEK.startsOn && endsOn <= WEEK.endsOn);
    const sum = (field: string): number => inside.reduce((total, one) => total + one[field], 0);
    for (const field of ['planned', 'done', 'missed', 'excused'])
      expect([field, planFact.totals[field]]).toEqual([field, sum(field)]);
    for (const line of planFact.lines.filter((one: Loose) => one.endsHere)) {
      const period = inside.find((one) => one.requirement === line.requirement && one.startsOn === line.startsOn)!;
      const explained = await get(`/v1/requirement-periods/${period.id}`);
      for (const part of ['counted', 'notCounted', 'rule', 'done', 'state']) expect(line[part]).toEqual(explained[part]);
    }
    const publications = (await get(`/v1/publications?clientId=${agency.client.id}&limit=200`)).data as Loose[];
    const published = publications.filter(({ publishedAt }) => publishedAt !== null);
    expect(published).toHaveLength(4);
    expect(posts.map(({ id, url, at: when, contentSha256 }: Loose) => [id, url, when, contentSha256]).sort()).toEqual(
      published.map(({ id, url, publishedAt, contentHash }) => [id, url, publishedAt, contentHash]).sort(),
    );
    expect(pages.map((page: Loose) => [page.network, page.posts, page.postsBefore]).sort()).toEqual([
      ...[
        ['ok', 2, 0],
        ['vk', 2, 0],
      ],
    ]);
    expect(excuses).toMatchObject([{ cause: 'clientDelay', causedBy: 'Пресс-служба' }]);
  });

  it('does not take for zero what nobody tells', async () => {
    const { numbers, compliance, conversations, events, cutOffAt, numbersAsOf } = await document();
    expect(events).toEqual({ told: false, why: 'notCollectedYet' });
    expect(Date.parse(cutOffAt) - Date.parse(numbersAsOf)).toBe(60_000);
    expect([numbers, compliance, conversations]).toEqual([
      { told: false, why: 'nothingCollected' },
      { told: false, why: 'nothingCollected' },
      { told: false, why: 'notCollectedYet' },
    ]);
  });

  it('names its hash, and the database lets nobody change it', async () => {
    const answer = await agency.pressOfficer.api.get(`/v1/reports/${report.id}/document`);
    const [{ document: text }] = (await harness.sql('select document from report_versions')) as [{ document: string }];
    frozen = text;
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(answer.headers['etag']).toBe(`"${sha256}"`);
    expect((await get(`/v1/reports/${report.id}/versions`)).data).toMatchObject([{ number: 1, sha256, reason: null }]);
    expect(answer.body.report).toEqual({ id: report.id, version: 1, reason: null, kind: 'manual' });
    for (const verb of ['update', 'delete'])
      expect(await harness.sql(`select has_table_privilege('vestnik_app', 'report_versions', '${verb}') as may`)).toEqual([
        { may: false },
      ]);
  });

  it('stays as it was when the world changes; a correction is another version with a reason', async () => {
    const again = (reason?: string) => agency.owner.api.post(`/v1/reports/${report.id}/versions`, { reason });
    harness.sandbox.vk.postByHand(agency.vkGroupId, { text: 'Вручную' });
    await harness.clock.advance({ minutes: 20 });
    await harness.drain();
    const [{ id }] = (await get(`/v1/contracts/${contract.id}/excuses`)).data;
    await agency.owner.api.put(`/v1/excuses/${id}/withdrawal`, { reason: 'Письмо не о том' });
    await harness.drain();
    expect((await again()).body.fields).toMatchObject([{ field: 'reason' }]);
    expect((await again('Оправдание отозвано')).body).toMatchObject({ state: 'building', versions: 1, wanted: 2 });
    expect((await again('Ещё раз')).body.code).toBe('reports.being-made');
    await harness.drain();
    expect(JSON.stringify((await document(2)).excuses)).toBe('[]');
    expect((await document(2)).report).toMatchObject({ version: 2, reason: 'Оправдание отозвано' });
    expect((await document(1)).excuses).toHaveLength(1);
    const rows = await harness.sql('select document from report_versions order by number');
    expect(rows[0]).toEqual({ document: frozen });
    const { data } = (await agency.owner.api.get(`/v1/audit-entries?objectId=${report.id}`)).body;
    expect(data.map(({ action }: Loose) => action)).toEqual([
      ...['report.frozen', 'report.correctionRequested', 'report.frozen', 'report.requested'],
    ]);
  });

  it('is made into files from its frozen document alone, for members and for whoever has a link', async () => {
    const { data } = await get(`/v1/reports/${report.id}/versions`);
    expect(data.map(({ files }: Loose) => files.map(({ format, state }: Loose) => `${format} ${state}`))).toEqual(
      [1, 2].map(() => ['csv ready', 'html ready', 'pdf ready', 'xlsx ready']),
    );
    expect((await get(`/v1/reports/${report.id}`)).progress).toBe(100);
    const pdf = await agency.pressOfficer.api.get(`/v1/reports/${report.id}/file`);
    expect([pdf.status, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(pdf.headers['etag']).toBe(`"${data[0].files.find((file: Loose) => file.format === 'pdf').sha256}"`);
    const { body: link } = await agency.pressOfficer.api.post(`/v1/reports/${report.id}/links`, { days: 2, version: 1 });
    const { pathname } = new URL(link.url);
    const stranger = harness.api.as(undefined);
    const page = await stranger.get(pathname);
    expect([page.status, page.headers['content-type'], page.headers['cache-control']]).toEqual([
      ...[200, 'text/html; charset=utf-8', 'private, no-store'],
    ]);
    expect((await stranger.get(`${pathname}x`)).body.code).toBe('reports.link-not-found');
    await harness.clock.advance({ hours: 49 });
    expect((await stranger.get(pathname)).body.code).toBe('reports.link-not-found');
  });

  it('is read by a link only until the link is taken back; who made which link stays known', async () => {
    const links = `/v1/reports/${report.id}/links`;
    const made = (await agency.pressOfficer.api.post(links, { days: 30, version: 1 })).body;
    const stranger = harness.api.as(undefined);
    const { pathname } = new URL(made.url);
    expect((await stranger.get(pathname)).status).toBe(200);
    expect((await get(links)).data[0]).toMatchObject({
      ...{ id: made.id, version: 1, madeBy: (await get('/v1/me')).id, recipient: null, uses: 1, revokedAt: null },
    });
    for (let i = 0; i < 2; i += 1) expect((await agency.owner.api.delete(`${links}/${made.id}`)).status).toBe(204);
    expect((await stranger.get(pathname)).body.code).toBe('reports.link-not-found');
    const [taken] = (await get(links)).data;
    expect(taken).toMatchObject({
      uses: 1,
      revokedAt: expect.any(String),
      revokedBy: (await agency.owner.api.get('/v1/me')).body.id,
    });
    const { data } = (await agency.owner.api.get(`/v1/audit-entries?objectId=${report.id}&limit=100`)).body;
    expect(data.filter(({ action }: Loose) => action === 'report.linkRevoked')).toHaveLength(1);
    expect((await agency.owner.api.delete(`${links}/${report.id}`)).body.code).toBe('reports.link-not-found');
  });

  it('makes the same files again when they are made again', async () => {
    const sums = () => harness.sql('select format, sha256 from report_renderings where number = 1 order by format');
    const before = await sums();
    await harness.sql(`update report_renderings set state = 'waiting', step_at = app_now(), storage_key = null, bytes = null, sha256 = null,
      renderer = null where number = 1`);
    await harness.clock.advance({ hours: 5 });
    await harness.app.get(Timers).runOnce(reportsSweepTimer);
    await harness.drain();
    expect(await sums()).toEqual(before);
  });

  it.each<[string, object, number, string, string]>([
    ['that ends before it begins', { endsOn: '2027-01-10' }, 400, 'http.request-invalid', 'endsOn'],
    ['of more than a year', { endsOn: '2028-02-01' }, 400, 'http.request-invalid', 'endsOn'],
    ['that is not over', { startsOn: '2027-01-18', endsOn: '2027-02-07' }, 409, 'reports.refused', 'endsOn'],
    ['before the contract', { startsOn: '2027-01-01', endsOn: '2027-01-10' }, 409, 'reports.refused', 'endsOn'],
    ['that has a report', {}, 409, 'reports.report-exists', 'startsOn'],
  ])('is not made of a period %s', async (_, changes, status, code, field) => {
    const refused = await order(changes);
    expect([refused.status, refused.body.code, refused.body.fields[0].field]).toEqual([status, code, field]);
  });

  it('is rung for again when the queue has lost it', async () => {
    const lost = (await order({ startsOn: '2027-01-11', endsOn: '2027-01-14' })).body;
    await harness.sql(`update outbox set relayed_at = app_now() where relayed_at is null`);
    await harness.drain();
    expect((await get(`/v1/reports/${lost.id}`)).state).toBe('building');
    await harness.clock.advance({ minutes: 11 });
    await harness.app.get(Timers).runOnce(reportsSweepTimer);
    await harness.drain();
    expect((await get(`/v1/reports/${lost.id}`)).state).toBe('ready');
  });

  const round = async (...timers: TimerDefinition[]): Promise<void> => {
    for (const timer of timers) await harness.app.get(Timers).runOnce(timer);
    await harness.drain();
  };
  const letters = async (id: string): Promise<Loose[]> => (await get(`/v1/reports/${id}/deliveries`)).data;
  const sendTo = (recipient: string) => agency.owner.api.post(`/v1/reports/${report.id}/deliveries`, { recipients: [recipient] });
  const stateOf = async (recipient: string): Promise<Loose> =>
    (await letters(report.id)).find((one) => one.recipient === recipient)!;

  it('is e-mailed with its PDF and a link, to each address once', async () => {
    for (let i = 0; i < 2; i += 1) expect((await sendTo('press@elizovo.example')).status).toBe(201);
    for (let i = 0; i < 2; i += 1) await round(deliveriesTimer);
    expect(await stateOf('press@elizovo.example')).toMatchObject({
      state: 'sent',
      tries: 1,
      version: 2,
      answer: expect.stringMatching(/^250/),
    });
    expect(mail.received.map(({ to }) => to)).toEqual([['press@elizovo.example']]);
    const { message } = mail.received[0]!;
    expect(message).toContain(`Message-ID: <report-${(await stateOf('press@elizovo.example')).id}@localhost>`);
    expect(message).toMatch(/Content-Type: application\/pdf;\s+name=report-/);
    const words = Buffer.from(
      /charset=utf-8\s+Content-Transfer-Encoding: base64\s+([\w+/=\s]+)/.exec(message)![1]!,
      'base64',
    ).toString();
    expect(words).toContain('Это исправленная версия 2: Оправдание отозвано.');
    const { pathname } = new URL(/http:\S+/.exec(words)![0]);
    expect((await harness.api.as(undefined).get(pathname)).status).toBe(200);
    const [carried] = (await get(`/v1/reports/${report.id}/links`)).data;
    expect(carried).toMatchObject({ madeBy: null, recipient: 'press@elizovo.example', version: 2, uses: 1 });
  });

  it('tells in the server’s words why a letter was not taken, and tries again what may succeed', async () => {
    mail.refusals.push({ code: 550, words: 'No such user here' });
    await sendTo('nobody@elizovo.example');
    await round(deliveriesTimer);
    expect(await stateOf('nobody@elizovo.example')).toMatchObject({
      state: 'refused',
      answer: expect.stringContaining('No such user here'),
    });
    mail.refusals.push({ code: 451, words: 'Greylisted' });
    await sendTo('grey@elizovo.example');
    await round(deliveriesTimer);
    expect(await stateOf('grey@elizovo.example')).toMatchObject({
      state: 'queued',
      tries: 1,
      answer: expect.stringContaining('Greylisted'),
    });
    await round(deliveriesTimer);
    expect((await stateOf('grey@elizovo.example')).tries).toBe(1);
    await harness.clock.advance({ minutes: 6 });
    await round(deliveriesTimer);
    expect(await stateOf('grey@elizovo.example')).toMatchObject({ state: 'sent', tries: 2 });
  });

  it('is not sent a second time when nobody knows whether it arrived, and says so', async () => {
    mail.fallsSilent = true;
    await sendTo('silent@elizovo.example');
    await round(deliveriesTimer);
    expect(await stateOf('silent@elizovo.example')).toMatchObject({ state: 'unclear', tries: 1 });
    await harness.clock.advance({ hours: 30 });
    await round(deliveriesTimer);
    expect(mail.received.filter(({ to }) => to[0] === 'silent@elizovo.example')).toHaveLength(1);
  });

  it('goes on after a worker’s death: before the letter was handed over it is sent, afterwards nobody knows', async () => {
    for (const [recipient, dataAt] of [
      ['before@elizovo.example', 'null'],
      ['after@elizovo.example', 'app_now()'],
    ]) {
      await sendTo(recipient!);
      await harness.sql(`update report_deliveries set state = 'sending', tries = 1, data_at = ${dataAt}, step_at = app_now() + interval '10 minutes'
        where recipient = '${recipient}'`);
    }
    await round(deliveriesTimer);
    expect((await stateOf('before@elizovo.example')).state).toBe('sending');
    await harness.clock.advance({ minutes: 11 });
    await round(deliveriesTimer);
    expect([await stateOf('before@elizovo.example'), await stateOf('after@elizovo.example')]).toMatchObject([
      { state: 'sent', tries: 2 },
      { state: 'unclear', answer: 'Отправка прервалась после передачи письма: неизвестно, принял ли его сервер' },
    ]);
  });

  it('is made by itself for months, weeks and stages, each period once, also after a downtime', async () => {
    const keep = (rhythm: string, changes: object = {}) =>
      agency.owner.api.post('/v1/report-schedules', {
        ...{ clientId: agency.client.id, contractId: contract.id, rhythm, recipients: ['head@elizovo.example'], ...changes },
      });
    const weekly = await keep('weekly', { workingDay: 1 });
    expect(weekly.body).toMatchObject({ nextStartsOn: '2027-01-18', dueAt: '2027-01-24T12:00:00.000Z' });
    expect((await keep('weekly')).body.code).toBe('reports.schedule-exists');
    expect((await keep('monthly')).body).toMatchObject({
      nextStartsOn: '2027-01-01',
      workingDay: 5,
      dueAt: '2027-02-04T12:00:00.000Z',
    });
    expect((await keep('stage', { recipients: [] })).body).toMatchObject({ nextStartsOn: null, dueAt: null });
    // Nobody worked for three weeks.
    await harness.clock.set(new Date('2027-02-10T00:00:00Z'));
    await round(contractStepsTimer, stageStepsTimer);
    await round(reportSchedulesTimer);
    await round(reportSchedulesTimer, deliveriesTimer);
    const made = (await get(`/v1/reports?contractId=${contract.id}&limit=100`)).data as Loose[];
    expect(
      made
        .filter(({ kind }) => kind !== 'manual')
        .map(({ kind, startsOn, endsOn }) => [kind, startsOn, endsOn])
        .sort(),
    ).toEqual([
      ['monthly', '2027-01-01', '2027-01-31'],
      ['stage', '2027-01-11', '2027-01-31'],
      ['stage', '2027-02-01', '2027-02-07'],
      ['weekly', '2027-01-18', '2027-01-24'],
      ['weekly', '2027-01-25', '2027-01-31'],
    ]);
    const monthly = made.find(({ kind }) => kind === 'monthly')!;
    expect(await letters(monthly.id)).toMatchObject([{ recipient: 'head@elizovo.example', state: 'sent', version: 1 }]);
    expect((await get(`/v1/report-schedules/${weekly.body.id}`)).nextStartsOn).toBe('2027-02-08');
  });

  it('is made on another day, and sent to others, once its schedule is changed', async () => {
    const { data } = await get(`/v1/report-schedules?clientId=${agency.client.id}`);
    const { id, version } = data.find(({ rhythm }: Loose) => rhythm === 'monthly');
    const change = (body: object, of: number) =>
      agency.owner.api.patch(`/v1/report-schedules/${id}`, body, { headers: { 'if-match': `"${of}"` } });
    // The fifth working day of March 2027 is its fifth; the first is Monday, the first.
    expect((await get(`/v1/report-schedules/${id}`)).dueAt).toBe('2027-03-04T12:00:00.000Z');
    expect((await change({ workingDay: 1 }, version)).body).toMatchObject({
      ...{ version: version + 1, workingDay: 1, recipients: ['head@elizovo.example'], nextStartsOn: '2027-02-01' },
      dueAt: '2027-02-28T12:00:00.000Z',
    });
    expect((await change({ recipients: [] }, version)).status).toBe(412);
    expect((await change({ recipients: ['deputy@elizovo.example'] }, version + 1)).body).toMatchObject({
      ...{ version: version + 2, workingDay: 1, recipients: ['deputy@elizovo.example'] },
    });
  });

  it('is not made any more once its schedule is removed', async () => {
    const { data } = await get(`/v1/report-schedules?clientId=${agency.client.id}`);
    expect(data).toHaveLength(3);
    for (const { id } of data) expect((await agency.owner.api.delete(`/v1/report-schedules/${id}`)).status).toBe(204);
    expect((await get('/v1/report-schedules')).data).toEqual([]);
  });

  it('looks as the client wants from the next version on; what is frozen keeps its look', async () => {
    const path = `/v1/clients/${agency.client.id}/report-template`;
    const look = {
      sections: ['planFact', 'posts'],
      intro: 'По разделу 4 технического задания',
      closing: null,
      accent: '#7a1f2b',
    };
    expect(await get(path)).toMatchObject({ version: 0, accent: '#1f5a8c' });
    const refused = await agency.owner.api.put(path, { ...look, accent: '#ffe08a' });
    expect([refused.status, refused.body.fields[0].field]).toEqual([400, 'accent']);
    const preview = await agency.owner.api.post(`/v1/reports/${report.id}/previews`, look);
    expect([preview.status, preview.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect((await agency.owner.api.put(path, look, { headers: { 'if-match': '"0"' } })).body).toMatchObject({
      version: 1,
      ...look,
    });
    expect((await agency.owner.api.put(path, look, { headers: { 'if-match': '"0"' } })).status).toBe(412);
    await agency.owner.api.post(`/v1/reports/${report.id}/versions`, { reason: 'Новый вид' });
    await harness.drain();
    expect((await document(3)).look).toEqual({ template: 1, ...look });
    expect((await document(2)).look).toMatchObject({ template: 0, intro: null });
  });

  it('bears the client’s logo, whose bytes stay with what is frozen', async () => {
    const path = `/v1/clients/${agency.client.id}/report-template`;
    const look = { sections: ['summary', 'posts'], intro: null, closing: null, accent: '#7a1f2b' };
    const unknown = await agency.owner.api.put(path, { ...look, logoMediaId: report.id });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'content.media-not-found']);
    const [logoMediaId] = await uploadPhotos(agency, 1);
    const { body } = await agency.owner.api.put(path, { ...look, logoMediaId });
    expect(body).toMatchObject({ logoMediaId, logo: { type: 'image/jpeg', width: 640, height: 480 } });
    await agency.owner.api.post(`/v1/reports/${report.id}/versions`, { reason: 'Логотип' });
    await harness.drain();
    const { look: frozenLook } = await document(4);
    expect(frozenLook.logo).toEqual(body.logo);
    const preview = await agency.owner.api.post(`/v1/reports/${report.id}/previews`, { ...look, logoMediaId });
    expect([preview.status, preview.headers['content-security-policy']]).toEqual([200, expect.stringContaining('img-src data:')]);
    const files = async (): Promise<Loose> => (await get(`/v1/reports/${report.id}/versions`)).data[0].files;
    const before = await files();
    // The client takes another one: what is frozen keeps its own.
    await agency.owner.api.put(path, { ...look, logoMediaId: (await uploadPhotos(agency, 1))[0] });
    await harness.sql(`update report_renderings set state = 'waiting', step_at = app_now(), storage_key = null, bytes = null, sha256 = null,
      renderer = null where number = 4`);
    await harness.app.get(Timers).runOnce(reportsSweepTimer);
    await harness.drain();
    expect(await files()).toEqual(before);
  });

  it('is made of a stage also when the queue has lost that the stage was frozen', async () => {
    const terms = { number: '8/2027', kind: 'civilServices', startsOn: '2027-02-11', endsOn: '2027-02-28' };
    const request = contractRequest(agency.client.id, [agency.vkPage.id], {
      ...terms,
      clauses: { requirements: [POSTS], stagePlan: { kind: 'monthly' } },
    });
    const { id } = (await agency.owner.api.post('/v1/contracts', request)).body;
    await agency.owner.api.put(`/v1/contracts/${id}/signature`, { signedOn: '2027-02-11' });
    const keep = { clientId: agency.client.id, contractId: id, rhythm: 'stage', recipients: ['stage@elizovo.example'] };
    await agency.owner.api.post('/v1/report-schedules', keep);
    await harness.clock.set(new Date('2027-03-04T00:00:00Z'));
    for (const timer of [contractStepsTimer, stageStepsTimer]) await harness.app.get(Timers).runOnce(timer);
    await harness.sql(`delete from outbox where relayed_at is null`);
    const made = async (): Promise<Loose[]> => (await get(`/v1/reports?contractId=${id}`)).data;
    expect(await made()).toEqual([]);
    await round(reportSchedulesTimer);
    await harness.clock.advance({ minutes: 61 });
    await round(reportSchedulesTimer, deliveriesTimer);
    expect(await made()).toMatchObject([{ kind: 'stage', state: 'ready', startsOn: '2027-02-11', endsOn: '2027-02-28' }]);
    expect(await letters((await made())[0]!.id)).toMatchObject([{ recipient: 'stage@elizovo.example', state: 'sent' }]);
  });

  it('is of one instant: what changes while it is read stands in no part of it', async () => {
    const lines = harness.app.get(ContractLines);
    const read = lines.read.bind(lines);
    const rename = (shortName: string) => agency.owner.api.patch(`/v1/clients/${agency.client.id}`, { shortName });
    const spy = jest.spyOn(lines, 'read').mockImplementationOnce(async (tx, key) => {
      const first = await read(tx, key);
      expect((await rename('Переименована в этот миг')).status).toBe(200);
      return first;
    });
    const { id } = (await order({ startsOn: '2027-01-12', endsOn: '2027-01-13' })).body;
    await harness.drain();
    spy.mockRestore();
    expect((await get(`/v1/reports/${id}/document`)).client.shortName).toBe(agency.client.shortName);
    expect((await get(`/v1/clients/${agency.client.id}`)).shortName).toBe('Переименована в этот миг');
  });
});
