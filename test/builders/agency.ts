import type { Harness } from '../harness/harness.js';
import type { Loose } from '../harness/api-client.js';
import { join, type Person, signUp } from './people.js';

/** An agency with people, one client, its two connected pages and a contract in force. */
export interface Agency {
  readonly contractorId: string;
  readonly owner: Person;
  readonly editor: Person;
  readonly approver: Person;
  readonly pressOfficer: Person;
  readonly client: Loose;
  readonly vkPage: Loose;
  readonly okPage: Loose;
  readonly contract: Loose;
  /** The sandbox's community and group behind the pages. */
  readonly vkGroupId: number;
  readonly okGroupId: string;
}

let counter = 0;

export function clientRequest(changes: object = {}): object {
  return {
    ...{
      kind: 'municipalBody',
      name: 'Администрация Елизовского муниципального района',
      shortName: 'Администрация Елизовского района',
    },
    ...{
      inn: '7707083893',
      kpp: '770701001',
      ogrn: '1027700132195',
      address: '684000, Камчатский край, г. Елизово, ул. Ленина, 10',
    },
    ...{
      email: 'press@elizovo.example',
      phones: ['+7 415 310-00-00'],
      site: 'https://elizovo.example',
      timeZone: 'Asia/Kamchatka',
      regionCode: '41',
    },
    ...changes,
  };
}

export function contractRequest(clientId: string, pageIds: string[], changes: object = {}): object {
  return {
    ...{ clientId, number: '12-ГК/2026', concludedOn: '2026-01-10', kind: 'municipal44Fz', pageIds },
    ...{
      subject: 'Ведение официальных страниц в социальных сетях',
      priceKopecks: 120_000_000,
      startsOn: '2026-01-12',
      endsOn: '2099-12-31',
      // Needed under 44-FZ; made of the client's ИНН and КПП.
      clauses: { procurementCode: '263770708389377070100100010017021244' },
    },
    ...changes,
  };
}

export async function anAgency(harness: Harness, name?: string): Promise<Agency> {
  const { contractorId, owner } = await signUp(harness.api, name);
  const created = await owner.api.post('/v1/clients', clientRequest());
  if (created.status !== 201) throw new Error(`client: ${JSON.stringify(created.body)}`);
  const client = created.body;
  const pages = await connectedPages(harness, owner, client.id);
  const contract = await activeContract(owner, client.id, [pages.vkPage.id, pages.okPage.id]);
  const [editor, approver] = [await join(owner, 'editor'), await join(owner, 'approver')];
  const pressOfficer = await join(owner, 'pressOfficer', [client.id]);
  return { contractorId, owner, editor, approver, pressOfficer, client, ...pages, contract };
}

/** Makes a new community and group in the sandbox and connects them as pages of the client. */
export async function connectedPages(
  harness: Harness,
  owner: Person,
  clientId: string,
): Promise<Pick<Agency, 'vkPage' | 'okPage' | 'vkGroupId' | 'okGroupId'>> {
  counter += 1;
  const [vkGroupId, okGroupId] = [300_000_000 + counter, String(60_000_000_000_000 + counter)];
  const { sandbox } = harness;
  sandbox.vk.addCommunity({ id: vkGroupId, name: `Елизовский район ${counter}` });
  sandbox.ok.addGroup({ id: okGroupId, name: `Елизовский район ${counter}` });
  const vkPage = await connectPage(
    owner,
    { clientId, network: 'vk', externalId: String(vkGroupId) },
    vkCredentials(harness, vkGroupId),
  );
  const okPage = await connectPage(owner, { clientId, network: 'ok', externalId: okGroupId }, okCredentials(harness, okGroupId));
  return { vkPage, okPage, vkGroupId, okGroupId };
}

/** More pages of the agency's client, under a contract of their own. Those of OK share one secret. */
export async function morePages(
  harness: Harness,
  { owner, client, okGroupId }: Agency,
  { network, count, first }: { network: 'vk' | 'ok'; count: number; first: number },
): Promise<Loose[]> {
  const shared = network === 'ok' ? okCredentials(harness, okGroupId) : undefined;
  const pages = [];
  for (let i = 0; i < count; i += 1) {
    const externalId = String(first + i);
    if (network === 'vk') harness.sandbox.vk.addCommunity({ id: first + i, name: `Страница ${i}` });
    else harness.sandbox.ok.addGroup({ id: externalId, name: `Страница ${i}` });
    const secrets = shared ?? vkCredentials(harness, first + i);
    pages.push(await connectPage(owner, { clientId: client.id, network, externalId }, secrets));
  }
  await activeContract(
    owner,
    client.id,
    pages.map(({ id }) => id),
    { number: `Ф-${first}` },
  );
  return pages;
}

export function vkCredentials({ sandbox }: Harness, groupId: number): Record<string, string> {
  const { userId } = sandbox.credentials.vk;
  return {
    communityToken: sandbox.vk.issueCommunityToken(groupId).token,
    userToken: sandbox.vk.issueUserToken(userId).token,
    serviceToken: sandbox.vk.issueServiceToken().token,
  };
}

export function okCredentials({ sandbox }: Harness, groupId: string): Record<string, string> {
  const { applicationKey, applicationSecret } = sandbox.credentials.ok;
  return { applicationKey, applicationSecretKey: applicationSecret, accessToken: sandbox.ok.issueToken({ groupId }).token };
}

export async function connectPage(owner: Person, page: object, credentials: Record<string, string>): Promise<Loose> {
  const created = await owner.api.post('/v1/pages', page);
  if (created.status !== 201) throw new Error(`page: ${JSON.stringify(created.body)}`);
  const connected = await owner.api.put(`/v1/pages/${created.body.id}/connection`, { credentials });
  if (connected.status !== 200) throw new Error(`connection: ${JSON.stringify(connected.body)}`);
  return connected.body;
}

export async function activeContract(owner: Person, clientId: string, pageIds: string[], changes: object = {}): Promise<Loose> {
  const draft = (await owner.api.post('/v1/contracts', contractRequest(clientId, pageIds, changes))).body;
  await owner.api.put(`/v1/contracts/${draft.id}/signature`, { signedOn: '2026-01-11' });
  const active = await owner.api.put(`/v1/contracts/${draft.id}/activation`);
  if (active.status !== 200) throw new Error(`contract: ${JSON.stringify(active.body)}`);
  return active.body;
}
