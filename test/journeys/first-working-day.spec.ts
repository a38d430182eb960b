import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contractStepsTimer, stageStepsTimer } from '../../src/modules/contracts/contracts.jobs.js';
import { deliveriesTimer } from '../../src/modules/reports/deliveries/deliveries.jobs.js';
import { reportSchedulesTimer } from '../../src/modules/reports/schedules/schedules.jobs.js';
import { Timers } from '../../src/platform/queue/timers.js';
import { type Agency, clientRequest, connectPage, contractRequest, vkCredentials } from '../builders/agency.js';
import { join, type Person, signUp } from '../builders/people.js';
import { anApprovedPost, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { MailServer } from '../harness/mail-server.js';

/** From west to east. */
const ZONES = [
  ...['Europe/Kaliningrad', 'Europe/Moscow', 'Europe/Samara', 'Asia/Yekaterinburg', 'Asia/Omsk', 'Asia/Krasnoyarsk'],
  ...['Asia/Irkutsk', 'Asia/Yakutsk', 'Asia/Vladivostok', 'Asia/Magadan', 'Asia/Kamchatka'],
];
const POSTS = { code: 'posts', title: 'Публикация в месяц', kind: 'posts', period: 'month', network: 'vk', count: 1 };
const JANUARY = 'from=2027-01-01&until=2027-01-31&limit=200';

/** What one agency finds without touching anything; `npm run bench first-day` has the numbers of two hundred clients. */
describe('the fifth working day of a month', () => {
  let harness: Harness;
  let mail: MailServer;
  let owner: Person;
  let manager: Person;
  let editor: Person;
  let approver: Person;
  const posted: string[] = [];

  beforeAll(async () => {
    mail = await MailServer.start();
    harness = await Harness.start({ smtpUrl: mail.url });
    await harness.clock.set(new Date('2027-01-11T06:00:00Z'));
    owner = (await signUp(harness.api)).owner;
    [manager, editor, approver] = [await join(owner, 'manager'), await join(owner, 'editor'), await join(owner, 'approver')];
    for (const [i, zone] of ZONES.entries()) await aClient(i, zone);
    await harness.drain();
    await harness.clock.advance({ minutes: 3 });
    await harness.drain();
  });
  afterAll(async () => {
    await harness.close();
    await mail.stop();
  });

  /** With a page, a contract until the end of March, and reports by the month; for every third one a post goes out. */
  async function aClient(i: number, timeZone: string): Promise<void> {
    const { body: client } = await owner.api.post('/v1/clients', clientRequest({ shortName: `Администрация ${i}`, timeZone }));
    const groupId = 560_000_000 + i;
    harness.sandbox.vk.addCommunity({ id: groupId, name: `Администрация ${i}` });
    const page = { clientId: client.id, network: 'vk', externalId: String(groupId) };
    const vkPage = await connectPage(owner, page, vkCredentials(harness, groupId));
    const { body: contract } = await owner.api.post(
      '/v1/contracts',
      contractRequest(client.id, [vkPage.id], {
        ...{ number: `${i}/2027`, kind: 'civilServices', startsOn: '2027-01-11', endsOn: '2027-03-31' },
        clauses: { requirements: [POSTS], stagePlan: { kind: 'monthly' } },
      }),
    );
    await owner.api.put(`/v1/contracts/${contract.id}/signature`, { signedOn: '2027-01-11' });
    await owner.api.put(`/v1/contracts/${contract.id}/activation`);
    const keep = { clientId: client.id, rhythm: 'monthly', recipients: [`press-${i}@client.example`] };
    expect((await owner.api.post('/v1/report-schedules', keep)).status).toBe(201);
    if (i % 3 > 0) return;
    const pressOfficer = await join(owner, 'pressOfficer', [client.id]);
    const agency = { client, editor, approver, pressOfficer } as Agency;
    await schedule(agency, await anApprovedPost(agency), new Date(harness.clock.now().getTime() + 120_000), [vkPage]);
    posted.push(client.id);
  }

  async function at(instant: string): Promise<Loose[]> {
    await harness.clock.set(new Date(instant));
    for (const timer of [contractStepsTimer, stageStepsTimer, reportSchedulesTimer]) {
      await harness.app.get(Timers).runOnce(timer);
      await harness.drain();
    }
    await harness.app.get(Timers).runOnce(deliveriesTimer);
    await harness.drain();
    return (await manager.api.get(`/v1/reports?${JANUARY}`)).body.data as Loose[];
  }

  it('begins in the east: reports are made where it has begun, and nowhere else', async () => {
    // Half past midnight in Yakutsk, and the fourth of February in the west.
    const made = await at('2027-02-04T15:30:00Z');
    const zones = await zonesOf(made);
    expect(zones.sort()).toEqual(['Asia/Kamchatka', 'Asia/Magadan', 'Asia/Vladivostok', 'Asia/Yakutsk'].sort());
  });

  it('finds a report of each client in the morning: frozen, with its files, sent once, and nobody has touched anything', async () => {
    const made = await at('2027-02-05T06:00:00Z');
    expect((await zonesOf(made)).sort()).toEqual([...ZONES].sort());
    for (const { kind, state, versions, progress, letters } of made)
      expect([kind, state, versions, progress, letters]).toEqual([
        ...['monthly', 'ready', 1, 100, { waiting: 0, sent: 1, refused: 0, unclear: 0 }],
      ]);
    expect(mail.received.flatMap(({ to }) => to).sort()).toEqual(ZONES.map((_, i) => `press-${i}@client.example`).sort());
    for (const state of ['building', 'failed'])
      expect((await manager.api.get(`/v1/reports?${JANUARY}&state=${state}`)).body.data).toEqual([]);
    // Once more, as a second worker would, or one that was down meanwhile.
    expect(await at('2027-02-05T06:10:00Z')).toEqual(made);
    expect(mail.received).toHaveLength(ZONES.length);
  });

  it('has the month explained: what was done is named with its post, what was not with what is missing', async () => {
    for (const { id, clientId } of (await manager.api.get(`/v1/reports?${JANUARY}`)).body.data as Loose[]) {
      const { planFact, posts } = (await manager.api.get(`/v1/reports/${id}/document`)).body;
      const [line] = planFact.lines as Loose[];
      expect([line.requirement, line.says !== '', line.rule !== '']).toEqual(['posts', true, true]);
      expect([line.done, line.missed, line.counted.length, posts.length]).toEqual(
        posted.includes(clientId) ? [1, 0, 1, 1] : [0, 1, 0, 0],
      );
    }
  });

  async function zonesOf(reports: readonly Loose[]): Promise<string[]> {
    const { data } = (await manager.api.get('/v1/clients?limit=200')).body;
    const zones = new Map((data as Loose[]).map(({ id, timeZone }) => [id, timeZone]));
    return reports.map(({ clientId }) => zones.get(clientId) as string);
  }
});
