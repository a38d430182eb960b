import { join, must, signUp } from './api.mjs';
import { pause } from './processes.mjs';

const CONTRACTORS = 3;
const CLIENTS_EACH = 2;

/** Contractors, each with people and clients, each client with a page on either network under a contract in force. */
export async function buildWorld(system, api, journal, say) {
  const { credentials } = await system.control('GET', '/credentials');
  const world = { clients: [], pages: [], application: credentials.ok };
  for (let c = 1; c <= CONTRACTORS; c += 1) {
    say(`signing up contractor ${c} of ${CONTRACTORS}`);
    const owner = await signUp(api, `ООО «Подрядчик ${c}»`, `owner-${c}@torture.example`);
    const editor = await join(owner, 'editor', `editor-${c}@torture.example`);
    const approver = await join(owner, 'approver', `approver-${c}@torture.example`);
    const tokens = await sharedTokens(system, credentials, c);
    journal.append({ kind: 'contractor', at: Date.now(), contractor: owner.contractorId, canary: canaryOf(c) });
    for (let k = 1; k <= CLIENTS_EACH; k += 1) {
      world.clients.push(await oneClient({ system, journal, world }, { owner, editor, approver }, { c, k, tokens }));
    }
  }
  return world;
}

export function canaryOf(c) {
  return `канарейка-${['альфа', 'бета', 'гамма', 'дельта'][c - 1]}`;
}

async function sharedTokens(system, credentials, c) {
  const user = await system.control('POST', '/vk/tokens', { kind: 'user', userId: credentials.vk.userId, label: `c${c}-user` });
  const service = await system.control('POST', '/vk/tokens', { kind: 'service', label: `c${c}-service` });
  return { userToken: user.token, serviceToken: service.token };
}

async function oneClient({ system, journal, world }, people, { c, k, tokens }) {
  const { owner } = people;
  const client = must(await owner.call('POST', '/v1/clients', { body: clientRequest(c, k) }), 201).body;
  const mark = (c - 1) * CLIENTS_EACH + k;
  const vkId = 300_000_000 + mark;
  const okId = String(60_000_000_000_000 + mark);
  await system.control('POST', '/vk/communities', { id: vkId, name: `Сообщество ${mark}` });
  await system.control('POST', '/ok/groups', { id: okId, name: `Группа ${mark}` });
  const made = { ...people, c, id: client.id, contractor: owner.contractorId, canary: canaryOf(c) };
  made.pressOfficer = await join(owner, 'pressOfficer', `press-${c}-${k}@torture.example`, [client.id]);
  made.pages = [
    await onePage({ system, journal }, made, { network: 'vk', externalId: String(vkId), shared: tokens, mark }),
    await onePage({ system, journal }, made, {
      network: 'ok',
      externalId: okId,
      shared: {},
      mark,
      application: world.application,
    }),
  ];
  world.pages.push(...made.pages);
  made.contract = await activeContract(made, journal);
  return made;
}

async function onePage(context, client, { network, externalId, shared, mark, application }) {
  const body = { clientId: client.id, network, externalId };
  const { id } = must(await client.owner.call('POST', '/v1/pages', { body }), 201).body;
  const page = { id, network, externalId, client, shared, mark, application, tokens: 0, status: 'new' };
  context.journal.append({
    ...{ kind: 'page', at: Date.now(), page: id, network, externalId, client: client.id, contractor: client.contractor },
    sharedLabels: network === 'vk' ? [`c${client.c}-user`, `c${client.c}-service`] : [],
  });
  must(await connectPage(context, page), 200);
  return page;
}

/** With a new token of the page's own, as after a revocation; the journal knows which one is right from when on. */
export async function connectPage({ system, journal }, page) {
  page.tokens += 1;
  const label = `${page.network}-${page.mark}-${page.tokens}`;
  const credentials =
    page.network === 'vk'
      ? { ...page.shared, communityToken: (await issue(system, '/vk/tokens', communityToken(page, label))).token }
      : okCredentials(page, (await issue(system, '/ok/tokens', { groupId: page.externalId, label })).token);
  let answer;
  // The network may say "too many calls": the proof of the credentials is one of several users of their rate.
  for (let i = 0; i < 6 && answer?.status !== 200; i += 1) {
    if (answer) await pause(1_200);
    answer = await page.client.owner.call('PUT', `/v1/pages/${page.id}/connection`, { body: { credentials } });
    const { sentAt, ackAt, status, body } = answer;
    journal.append({ kind: 'connect', page: page.id, label, sentAt, ackAt, status, ...(body.code && { code: body.code }) });
  }
  if (answer.status === 200) Object.assign(page, { status: 'connected', label });
  return answer;
}

function communityToken(page, label) {
  return { kind: 'community', groupId: Number(page.externalId), label };
}

function okCredentials({ application }, accessToken) {
  return { applicationKey: application.applicationKey, applicationSecretKey: application.applicationSecret, accessToken };
}

function issue(system, path, body) {
  return system.control('POST', path, body);
}

export async function activeContract(client, journal) {
  const { owner, id: clientId, pages } = client;
  const body = {
    ...{
      clientId,
      number: `${Date.now()}-ГК`,
      concludedOn: '2026-01-10',
      kind: 'municipal44Fz',
      pageIds: pages.map(({ id }) => id),
    },
    ...{ subject: 'Ведение страниц', priceKopecks: 120_000_000, startsOn: '2026-01-12', endsOn: '2099-12-31' },
    clauses: { procurementCode: '263770708389377070100100010017021244' },
  };
  const sentAt = Date.now();
  const draft = await owner.insist('POST', '/v1/contracts', { body, key: `contract-${clientId}-${sentAt}` });
  const contractId = draft.body.id;
  await owner.insist('PUT', `/v1/contracts/${contractId}/signature`, { body: { signedOn: '2026-01-11' } });
  // A first request may have done it although only the third was answered.
  const mayBeginAt = Date.now();
  const active = await owner.insist('PUT', `/v1/contracts/${contractId}/activation`);
  journal.append({
    kind: 'contract',
    contract: contractId,
    client: clientId,
    pages: body.pageIds,
    sentAt,
    mayBeginAt,
    ackAt: active.ackAt,
    status: active.status,
  });
  return contractId;
}

function clientRequest(c, k) {
  return {
    ...{ kind: 'municipalBody', name: `Администрация района ${c}-${k}`, shortName: `Район ${c}-${k}` },
    ...{ inn: '7707083893', kpp: '770701001', ogrn: '1027700132195', address: '684000, г. Елизово, ул. Ленина, 10' },
    ...{
      email: `c${c}-${k}@body.example`,
      phones: ['+7 415 310-00-00'],
      site: 'https://body.example',
      timeZone: 'Asia/Kamchatka',
    },
  };
}
