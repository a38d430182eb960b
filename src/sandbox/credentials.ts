import type { OkSandbox } from './ok/ok.sandbox.js';
import { VK_APPLICATION_ID, type VkSandbox } from './vk/vk.sandbox.js';
import { createHash } from 'node:crypto';

export interface Credentials {
  vk: {
    groupId: number;
    userId: number;
    communityToken: string;
    userToken: string;
    /** Of the kind that VK ID gives out: good for public reads only. */
    vkIdToken: string;
    serviceToken: string;
    /** The application that sessions of VK ID belong to. */
    applicationId: string;
  };
  ok: {
    groupId: string;
    userId: string;
    applicationId: string;
    applicationKey: string;
    applicationSecret: string;
    accessToken: string;
  };
}

interface Ids {
  vkGroupId: number;
  vkUserId: number;
  okGroupId: string;
  okUserId: string;
}

/** The town that is there from the start: a community and a group, their keeper, and a token of every kind. */
export function settle(vk: VkSandbox, ok: OkSandbox, ids: Ids, seed: string): Credentials {
  return { vk: settleVk(vk, ids), ok: settleOk(ok, ids, seed) };
}

function settleVk(vk: VkSandbox, { vkGroupId, vkUserId }: Ids): Credentials['vk'] {
  vk.addUser({ id: vkUserId, firstName: 'Анна', lastName: 'Редакторова' });
  vk.addCommunity({
    id: vkGroupId,
    name: 'Администрация города Заречный',
    screenName: 'zarechny_adm',
    description: 'Официальная страница администрации города Заречный',
    profile: {
      status: 'Приёмная: пн–пт 9:00–18:00',
      site: 'https://zarechny.example',
      city: { id: 1, title: 'Заречный' },
      activity: 'Государственная организация',
      contacts: [{ desc: 'Приёмная', phone: '+7 (000) 000-00-00', email: 'priem@zarechny.example' }],
      links: [{ id: 1, url: 'https://zarechny.example', name: 'Сайт администрации', desc: '' }],
      addresses: {
        is_enabled: true,
        count: 1,
        main_address_id: 1,
        main_address: { id: 1, title: 'Приёмная', address: 'ул. Ленина, 1', city: { id: 1, title: 'Заречный' } },
      },
      has_photo: 1,
      cover: { enabled: 1, images: [] },
      verified: 1,
      is_government_organization: true,
      trust_mark: 1,
      age_limits: 1,
      members_count: 12_480,
      can_message: 1,
    },
  });
  return {
    groupId: vkGroupId,
    userId: vkUserId,
    communityToken: vk.issueCommunityToken(vkGroupId, { label: 'vk-community' }).token,
    userToken: vk.issueUserToken(vkUserId, { label: 'vk-user' }).token,
    vkIdToken: vk.issueUserToken(vkUserId, { label: 'vk-id', vkId: true }).token,
    serviceToken: vk.issueServiceToken({ label: 'vk-service' }).token,
    applicationId: VK_APPLICATION_ID,
  };
}

function settleOk(ok: OkSandbox, { okGroupId, okUserId }: Ids, seed: string): Credentials['ok'] {
  const application = ok.addApplication({
    id: '512000000001',
    key: `C${digest(`${seed}:ok-key`).slice(0, 16)}`,
    secret: digest(`${seed}:ok-secret`).slice(0, 24),
    name: 'Вестник',
    redirectUris: ['http://localhost/ok/callback'],
  });
  ok.addUser({ id: okUserId, name: 'Анна Редакторова' });
  ok.addGroup({
    id: okGroupId,
    name: 'Администрация города Заречный',
    shortname: 'zarechnyadm',
    description: 'Официальная группа администрации города Заречный',
    profile: {
      address: 'ул. Ленина, 1',
      city: 'Заречный',
      phone: '+7 (000) 000-00-00',
      homepage_url: 'https://zarechny.example',
      homepage_name: 'Сайт администрации',
      gos_org: true,
      access_type: 'OPEN',
      members_count: 4_310,
      private: false,
      blocked: false,
    },
  });
  return {
    groupId: okGroupId,
    userId: okUserId,
    applicationId: application.id,
    applicationKey: application.key,
    applicationSecret: application.secret,
    accessToken: ok.issueToken({ label: 'ok-user' }).token,
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').toUpperCase();
}
