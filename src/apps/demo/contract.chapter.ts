import type { Agency } from './agency.chapter.js';
import { tellRefusal } from './api-client.js';
import type { Stage } from './stage.js';

export interface Page {
  readonly id: string;
  readonly network: 'vk' | 'ok';
  readonly name: string;
  readonly url: string;
  readonly capabilities: Readonly<Record<string, { readonly allowed: boolean }>>;
}

const DAY_MS = 86_400_000;
const VK_COMMUNITY = 226_004_100;
const OK_GROUP = '70000004100410';
const NAME = 'Приозёрный округ';

/** The client's official pages, the contract that lets the agency publish on them, and their connection. */
export async function openPages(stage: Stage, agency: Agency): Promise<Page[]> {
  const { printer } = stage;
  const { owner, client } = agency;
  printer.chapter('Official pages and the contract that covers them');
  const vk = { clientId: client.id, network: 'vk', externalId: String(VK_COMMUNITY) };
  const ok = { clientId: client.id, network: 'ok', externalId: OK_GROUP };
  const pages = await printer.step(
    'Two official pages are recorded',
    () => Promise.all([vk, ok].map((page) => owner.api.post<Page>('/v1/pages', page))),
    () => `VK community ${VK_COMMUNITY}, OK group ${OK_GROUP}`,
  );
  await activateContract(
    stage,
    agency,
    pages.map(({ id }) => id),
  );
  const wrong = { credentials: { communityToken: 'vk1.a.not-the-token-of-this-community' } };
  await printer.step(
    'A wrong token is refused, with the network’s reason',
    () => owner.api.refused(422, 'PUT', `/v1/pages/${pages[0]!.id}/connection`, wrong),
    tellRefusal,
  );
  const keys = foundCommunities(stage);
  return [await connect(stage, agency, pages[0]!, keys.vk), await connect(stage, agency, pages[1]!, keys.ok)];
}

async function activateContract({ printer }: Stage, { owner, client }: Agency, pageIds: string[]): Promise<void> {
  const terms = {
    ...{ clientId: client.id, number: '17-МК', kind: 'municipal44Fz', pageIds, priceKopecks: 48_000_000 },
    subject: 'Ведение официальных страниц в социальных сетях',
    ...{ concludedOn: day(-14), startsOn: day(-7), endsOn: day(358) },
    // ИКЗ: with the client's ИНН and КПП inside.
    clauses: { procurementCode: '263410012345141000100100010017021244', stagePlan: { kind: 'monthly' } },
  };
  const { id } = await printer.step(
    'The contract is recorded',
    () => owner.api.post<{ id: string }>('/v1/contracts', terms),
    () => `№ 17-МК of ${terms.concludedOn}, 44-ФЗ, 480 000 ₽`,
  );
  await printer.step(
    'Signed',
    () => owner.api.put<{ status: string }>(`/v1/contracts/${id}/signature`, { signedOn: day(-10) }),
    () => `on ${day(-10)}; its terms are fixed from now on`,
  );
  await printer.step(
    'Activated',
    () => owner.api.put<{ startsAt: string; endsAt: string }>(`/v1/contracts/${id}/activation`),
    ({ startsAt, endsAt }) => `in force from ${startsAt} until ${endsAt}, whole days in ${client.timeZone}`,
  );
}

/** What people do on the networks themselves: found the communities and take their keys. */
function foundCommunities({ sandbox: { vk, ok, credentials } }: Stage): Record<'vk' | 'ok', Record<string, string>> {
  vk.addCommunity({ id: VK_COMMUNITY, name: NAME, description: 'Официальная страница администрации' });
  ok.addGroup({ id: OK_GROUP, name: NAME, description: 'Официальная группа администрации' });
  const { applicationKey, applicationSecret: applicationSecretKey } = credentials.ok;
  return {
    vk: {
      communityToken: vk.issueCommunityToken(VK_COMMUNITY).token,
      userToken: vk.issueUserToken(credentials.vk.userId).token,
      serviceToken: vk.issueServiceToken().token,
    },
    ok: { applicationKey, applicationSecretKey, accessToken: ok.issueToken({ groupId: OK_GROUP }).token },
  };
}

function connect({ printer }: Stage, { owner }: Agency, page: Page, credentials: Record<string, string>): Promise<Page> {
  return printer.step(
    `${page.network.toUpperCase()} is connected`,
    () => owner.api.put<Page>(`/v1/pages/${page.id}/connection`, { credentials }),
    ({ name, url, capabilities }) => `${name}, ${url}, may publish ${publishable(capabilities).join(', ')}`,
  );
}

/** `publishPhoto` → `photo` */
function publishable(capabilities: Page['capabilities']): string[] {
  const allowed = Object.keys(capabilities).filter((name) => name.startsWith('publish') && capabilities[name]?.allowed);
  return allowed.map((name) => name.slice('publish'.length).toLowerCase());
}

function day(offset: number): string {
  return new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);
}
