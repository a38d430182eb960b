import { contractStepsTimer, stageStepsTimer } from '../../src/modules/contracts/contracts.jobs.js';
import { deadlinesTimer } from '../../src/modules/fulfilment/deadlines/deadlines.jobs.js';
import { collectTimer } from '../../src/modules/metrics/collecting/collecting.jobs.js';
import { Timers } from '../../src/platform/queue/timers.js';
import type { Loose } from '../harness/api-client.js';
import type { Harness } from '../harness/harness.js';
import { activeContract, type Agency, anAgency, clientRequest, connectedPages, contractRequest } from './agency.js';
import { join, type Person } from './people.js';
import { aDraft, anApprovedPost, approve, postRequest, publicationsOf, schedule, uploadPhotos } from './posts.js';

const AGENCY_STAFF = ['manager', 'accountant', 'viewer'] as const;

/** The things of one client, in the states that routes want to meet. */
export interface ClientThings {
  readonly agency: Agency;
  readonly draft: Loose;
  readonly approved: Loose;
  readonly published: Loose;
  readonly waiting: Loose;
  readonly mediaId: string;
  readonly draftContract: Loose;
  /** Over, with a requirement, one of its periods, an excuse, and a line of its handover. */
  readonly measuredContract: Loose;
  readonly requirementPeriod: Loose;
  readonly excuse: Loose;
  readonly handoverItem: Loose;
  /** Of its stage: submitted too late, accepted with an act, and paid. */
  readonly acceptance: Loose;
  readonly penaltyProposal: Loose;
  /** One of the contract's, and a feed of the owner that shows them. */
  readonly deadline: Loose;
  readonly calendarFeed: Loose;
  /** Of the measured contract, with its files. */
  readonly report: Loose;
  readonly reportLink: Loose;
  readonly reportSchedule: Loose;
  /** Of this client's contracts alone, with its file. */
  readonly exportJob: Loose;
  /** Of the scheduled post that waits. */
  readonly publicationId: string;
  /** Far in the future, so that it holds nothing. */
  readonly quietPeriod: Loose;
  readonly clientViewer: Person;
}

/** An agency that has everything: every role, two clients with all their things, invitations and keys. */
export interface CompleteAgency {
  readonly contractorId: string;
  readonly people: Readonly<Record<string, Person>>;
  readonly owner: Person;
  readonly first: ClientThings;
  readonly second: ClientThings;
  readonly invitation: Loose;
  /** A key of the owner with all his rights. */
  readonly apiKey: Loose;
  readonly calendar: Loose;
  /** Disabled, so that nothing leaves: what it misses stands in its log. */
  readonly webhookEndpoint: Loose;
}

/** @param mark a latin word that stands in every text, so that a leak can be seen. */
export async function aCompleteAgency(harness: Harness, mark: string): Promise<CompleteAgency> {
  const agency = await anAgency(harness, `ООО «${mark}»`);
  const { owner, editor, approver, pressOfficer } = agency;
  await owner.api.patch(`/v1/clients/${agency.client.id}`, markedClient(`${mark} первый`));
  const webhookEndpoint = await anEndpoint(owner, mark);
  const first = await thingsOf(harness, agency, `${mark} первый`);
  const second = await thingsOf(harness, await secondClient(harness, agency, mark), `${mark} второй`);
  await harness.app.get(Timers).runOnce(collectTimer);
  await harness.drain();
  const people: Record<string, Person> = { owner, editor, approver, pressOfficer, clientViewer: first.clientViewer };
  for (const role of AGENCY_STAFF) people[role] = await join(owner, role);
  const invitation = await created(
    owner.api.post(
      '/v1/invitations',
      { email: `${mark}@invited.example`.toLowerCase(), role: 'editor', allClients: false, clientIds: [first.agency.client.id] },
      // The same key in every agency: it must mean nothing outside of one.
      { headers: { 'idempotency-key': 'first-invitation' } },
    ),
  );
  const { body: me } = await owner.api.get('/v1/me');
  const apiKey = await aKey(owner, { name: `Ключ ${mark}`, scopes: me.permissions });
  const calendar = await aCalendar(owner, mark);
  await owner.api.put('/v1/key-rates/2020-01-01', { percentHundredths: 1_600 });
  return { contractorId: agency.contractorId, people, owner, first, second, invitation, apiKey, calendar, webhookEndpoint };
}

/** Lets what is due go out, for all agencies at once. */
export async function publishWhatIsDue(harness: Harness): Promise<void> {
  await harness.clock.advance({ minutes: 5 });
  await harness.drain();
  // The round finds what others wrote there, when nothing of ours is on its way any more.
  for (let i = 0; i < 3; i += 1) {
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
  }
}

/** Corrects what was published of a client, and has its page edited. */
export async function editWhatIsPublished(harness: Harness, { agency, published }: ClientThings): Promise<void> {
  const { editor, vkPage } = agency;
  const { vk } = await publicationsOf(agency, published);
  await editor.api.put(`/v1/posts/${published.id}/correction`);
  const variants = published.variants.map((variant: Loose) => ({ ...variant, text: `${variant.text}: уточнение` }));
  const change = { title: published.title, variants, mediaIds: [] };
  const corrected = await approve(agency, (await editor.api.put(`/v1/posts/${published.id}`, change)).body);
  await created(editor.api.post(`/v1/publications/${vk?.id}/edits`, { contentHash: corrected.contentHash }));
  await harness.drain();
  if ((await publicationsOf(agency, published)).vk?.edits[0].state !== 'applied') throw new Error(`not edited on ${vkPage.id}`);
}

/** A post that somebody else wrote on the client's page. */
export async function outsidePostOf({ agency }: ClientThings): Promise<Loose> {
  const { data } = (await agency.owner.api.get(`/v1/outside-posts?clientId=${agency.client.id}`)).body;
  return data[0];
}

/** Something that the endpoint missed. */
export async function webhookDeliveryOf({ owner, webhookEndpoint }: CompleteAgency): Promise<string> {
  const { data } = (await owner.api.get(`/v1/webhook-endpoints/${webhookEndpoint.id}/deliveries?limit=1`)).body;
  return data[0].id;
}

async function anEndpoint(owner: Person, mark: string): Promise<Loose> {
  const url = `https://${mark.toLowerCase()}.hooks.example/`;
  const request = { url, description: `Витрина ${mark}`, eventTypes: [], allClients: true, clientIds: [] };
  const endpoint = await created(owner.api.post('/v1/webhook-endpoints', request));
  await owner.api.delete(`/v1/webhook-endpoints/${endpoint.id}/activation`);
  return endpoint;
}

export function aKey(owner: Person, changes: object): Promise<Loose> {
  return created(
    owner.api.post('/v1/api-keys', { name: 'Ключ', allClients: true, clientIds: [], requestsPerMinute: 6_000, ...changes }),
  );
}

async function secondClient(harness: Harness, agency: Agency, mark: string): Promise<Agency> {
  const { owner } = agency;
  const client = await created(owner.api.post('/v1/clients', markedClient(`${mark} второй`)));
  const pages = await connectedPages(harness, owner, client.id);
  const contract = await activeContract(owner, client.id, [pages.vkPage.id, pages.okPage.id], { number: `${mark} второй` });
  const pressOfficer = await join(owner, 'pressOfficer', [client.id]);
  return { ...agency, client, ...pages, contract, pressOfficer };
}

async function thingsOf(harness: Harness, agency: Agency, mark: string): Promise<ClientThings> {
  const { owner, client, vkPage, okPage, editor, approver } = agency;
  const text = `Объявление ${mark}`;
  const [mediaId] = (await uploadPhotos(agency, 1)) as [string];
  const draft = await created(editor.api.post('/v1/posts', postRequest(agency, { text }, [mediaId])));
  const approved = await anApprovedPost(agency, { text });
  const published = await anApprovedPost(agency, { text, link: `https://${agency.vkGroupId}.example/` });
  const waiting = await anApprovedPost(agency, { text });
  const now = harness.clock.now().getTime();
  await schedule(agency, published, new Date(now + 120_000));
  const [publication] = await schedule(agency, waiting, new Date(now + 86_400_000));
  harness.sandbox.vk.postByHand(agency.vkGroupId, { text: `Чужая запись ${mark}` });
  const returned = await aDraft(agency, { text });
  await editor.api.put(`/v1/posts/${returned.id}/submission`);
  const decision = { decision: 'returned', contentHash: returned.contentHash, comment: `Исправить ${mark}` };
  await approver.api.put(`/v1/posts/${returned.id}/approval`, decision);
  const terms = { number: `Проект ${mark}`, subject: `Предмет ${mark}` };
  const draftContract = await created(owner.api.post('/v1/contracts', contractRequest(client.id, [vkPage.id, okPage.id], terms)));
  const measured = await measuredThings(harness, agency, mark);
  const look = {
    sections: ['summary', 'posts'],
    intro: `Вступление ${mark}`,
    closing: null,
    accent: '#1f5a8c',
    logoMediaId: mediaId,
  };
  await owner.api.put(`/v1/clients/${client.id}/report-template`, look);
  const quiet = { clientId: client.id, kind: 'other', title: `Тишина ${mark}`, startsAt: '2098-01-01T00:00:00Z' };
  const quietPeriod = await created(owner.api.post('/v1/quiet-periods', quiet));
  await created(owner.api.post(`/v1/pages/${vkPage.id}/checks`, { subject: 'widgets', value: 2, note: `Виджеты ${mark}` }));
  const exportJob = await anExport(harness, agency);
  const clientViewer = await join(owner, 'clientViewer', [client.id]);
  return {
    agency,
    draft,
    approved,
    published,
    waiting,
    mediaId,
    draftContract,
    ...measured,
    exportJob,
    publicationId: publication.id,
    quietPeriod,
    clientViewer,
  };
}

/** Of days long past, so that nothing of it changes any more. */
async function measuredThings(
  harness: Harness,
  { owner, client, vkPage }: Agency,
  mark: string,
): Promise<
  Pick<
    ClientThings,
    | 'measuredContract'
    | 'requirementPeriod'
    | 'excuse'
    | 'handoverItem'
    | 'acceptance'
    | 'penaltyProposal'
    | 'deadline'
    | 'calendarFeed'
    | 'report'
    | 'reportLink'
    | 'reportSchedule'
  >
> {
  const requirement = { code: 'posts-vk', title: `Публикации ${mark}`, kind: 'posts', period: 'week', network: 'vk', count: 3 };
  const clauses = { procurementCode: '263770708389377070100100010017021244', requirements: [requirement] };
  const terms = { number: `Счёт ${mark}`, subject: `Предмет ${mark}`, startsOn: '2026-01-12', endsOn: '2026-01-25', clauses };
  const measuredContract = await created(owner.api.post('/v1/contracts', contractRequest(client.id, [vkPage.id], terms)));
  await owner.api.put(`/v1/contracts/${measuredContract.id}/signature`, { signedOn: '2026-01-11' });
  for (const timer of [contractStepsTimer, stageStepsTimer]) await harness.app.get(Timers).runOnce(timer);
  await harness.drain();
  const { items } = (await owner.api.get(`/v1/contracts/${measuredContract.id}/handover`)).body;
  const { data } = (await owner.api.get(`/v1/contracts/${measuredContract.id}/requirement-periods?requirement=posts-vk`)).body;
  const days = { startsOn: '2026-01-12', endsOn: '2026-01-18' };
  const evidence = [{ title: `Письмо ${mark}`, url: 'https://mail.example/letter' }];
  const draft = { ...days, cause: 'clientDelay', causedBy: `Пресс-служба ${mark}`, reason: `Согласование ${mark}`, evidence };
  const excuse = await created(owner.api.post(`/v1/contracts/${measuredContract.id}/excuses`, draft));
  const acceptance = await anAcceptance(owner, measuredContract, mark);
  await harness.drain();
  const proposals = (await owner.api.get(`/v1/contracts/${measuredContract.id}/penalty-proposals`)).body.data;
  await harness.app.get(Timers).runOnce(deadlinesTimer);
  const [deadline] = (await owner.api.get(`/v1/deadlines?contractId=${measuredContract.id}`)).body.data;
  const calendarFeed = await created(owner.api.post('/v1/calendar-feeds', { name: `Календарь ${mark}`, clientId: client.id }));
  const ordered = { contractId: measuredContract.id, startsOn: '2026-01-12', endsOn: '2026-01-25' };
  const report = await created(owner.api.post('/v1/reports', ordered));
  await harness.drain();
  const reportLink = await created(owner.api.post(`/v1/reports/${report.id}/links`, { days: 30 }));
  const recipients = [`${mark.toLowerCase().split(' ')[0]}@letters.example`];
  const reportSchedule = await created(
    owner.api.post('/v1/report-schedules', {
      clientId: client.id,
      contractId: measuredContract.id,
      rhythm: 'monthly',
      recipients,
    }),
  );
  await owner.api.post(`/v1/reports/${report.id}/deliveries`, { recipients });
  return {
    ...{ report, reportLink, reportSchedule, measuredContract, requirementPeriod: data[0], excuse, handoverItem: items[0] },
    ...{ acceptance, penaltyProposal: proposals[0], deadline, calendarFeed },
  };
}

/** Ordered by a key that sees this client alone, so that everybody who sees him may fetch it. */
async function anExport(harness: Harness, { owner, client }: Agency): Promise<Loose> {
  const scopes = ['exports.read', 'contracts.read'];
  const { key } = await aKey(owner, { name: 'Выгрузка', scopes, allClients: false, clientIds: [client.id] });
  const order = { collections: [{ name: 'contracts' }], format: 'jsonl' };
  const { status, body } = await harness.api.as(key).post('/v1/export-jobs', order);
  if (status !== 202) throw new Error(`not ordered: ${JSON.stringify(body)}`);
  await harness.drain();
  return body;
}

/** Paid, so that time changes nothing of it any more. */
async function anAcceptance(owner: Person, contract: Loose, mark: string): Promise<Loose> {
  const [{ id }] = (await owner.api.get(`/v1/contracts/${contract.id}/acceptances`)).body.data;
  await owner.api.put(`/v1/acceptances/${id}/submission`, { documentNumber: `Документ ${mark}` });
  await owner.api.put(`/v1/acceptances/${id}/decision`, { decision: 'accepted', documentNumber: `Приёмка ${mark}` });
  const act = (await owner.api.get(`/v1/acceptances/${id}/act`)).body;
  await owner.api.put(`/v1/acceptances/${id}/invoice`, { number: `Счёт на оплату ${mark}`, invoicedOn: act.date });
  const payment = { paidOn: act.date, kopecks: act.totalKopecks, document: `Платёж ${mark}` };
  return created(owner.api.post(`/v1/acceptances/${id}/payments`, payment));
}

function markedClient(mark: string): object {
  const names = { name: `Суд ${mark}`, shortName: mark, address: `ул. Ленина, ${mark}` };
  return clientRequest({ ...names, email: `c${Buffer.from(mark).toString('hex').slice(0, 40)}@body.example` });
}

async function created(answer: Promise<Loose>): Promise<Loose> {
  const { status, body } = await answer;
  if (status !== 201) throw new Error(`not created: ${JSON.stringify(body)}`);
  return body;
}

/** Of a year in which no test computes anything. */
function aCalendar(owner: Person, mark: string): Promise<Loose> {
  const days = { weekdaysOff: ['2099-03-20'], workingWeekends: [] };
  const calendar = { year: 2099, regionCode: '02', status: 'draft', source: `Слухи ${mark}`, ...days };
  return created(owner.api.post('/v1/production-calendars', calendar));
}
