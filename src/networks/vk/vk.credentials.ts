import type { Clock } from '../../platform/clock/clock.js';
import type { CallOutcome, CredentialCheck, Credentials, PageRef } from '../network.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { flag, integer } from '../untrusted-json.js';
import type { CallFailure } from '../wire.js';
import { vkCapabilities, type VkUserStanding } from './vk.capabilities.js';
import type { VkClient } from './vk.client.js';
import { VK_TITLE } from './vk.errors.js';
import { VkProbes, type Probe } from './vk.probes.js';
import { isVkIdToken, vkRenewingLacks } from './vk.tokens.js';

/** Permission bits of a community token: VK documentation and live reports. */
const RIGHTS = { photos: 4, messages: 4_096, wall: 8_192, documents: 131_072, management: 262_144 } as const;
const RIGHT_NAMES: Readonly<Record<keyof typeof RIGHTS, string>> = {
  photos: 'фотографии',
  messages: 'сообщения',
  wall: 'стена',
  documents: 'документы',
  management: 'управление',
};

interface Secret {
  readonly field: string;
  readonly wanted: string;
}
const COMMUNITY: Secret = { field: 'communityToken', wanted: 'токен сообщества' };
const SERVICE: Secret = { field: 'serviceToken', wanted: 'сервисный ключ приложения' };
const USER: Secret = { field: 'userToken', wanted: 'токен пользователя' };

/** The probe whose "no" made us wonder. */
type Asked = { readonly [name in 'user' | 'community']?: Extract<Probe<number>, { kind: 'no' }> };
type Found<T> = { readonly standing: T; readonly finding: string } | { readonly failure: CallFailure };

/** Proves what every given token is by calling VK with it. */
export class VkCredentials {
  private readonly probes: VkProbes;

  constructor(client: VkClient, clock: Clock) {
    this.probes = new VkProbes(client, clock);
  }

  async check(page: PageRef, credentials: Credentials): Promise<CallOutcome<CredentialCheck>> {
    if (!isPageId(page.externalId)) return badPageId(VK_TITLE);
    const { communityToken, serviceToken, userToken } = credentials;
    if (!communityToken)
      return refusal(VK_TITLE, 'credential-missing', 'нет токена сообщества. Добавьте его: без него публиковать нельзя.');
    const lacks = vkRenewingLacks(credentials);
    if (lacks !== undefined)
      return refusal(VK_TITLE, 'credential-missing', `для продления доступа не хватает поля ${lacks}. Добавьте его.`);
    const community = await this.community(page.externalId, communityToken);
    if ('failure' in community) return community.failure;
    const service = serviceToken ? await this.service(page.externalId, serviceToken) : undefined;
    if (service !== undefined && 'failure' in service) return service.failure;
    const user = userToken ? await this.user(page.externalId, userToken) : undefined;
    if (user !== undefined && 'failure' in user) return user.failure;

    const capabilities = vkCapabilities({
      documents: (community.standing & RIGHTS.documents) !== 0,
      serviceToken: service !== undefined,
      user: user?.standing ?? { kind: 'none' },
    });
    const findings = {
      communityToken: community.finding,
      ...(service === undefined ? {} : { serviceToken: service.finding }),
      ...(user === undefined ? {} : { userToken: user.finding }),
    };
    return { kind: 'done', value: { capabilities, findings } };
  }

  private async community(pageId: string, token: string): Promise<Found<number>> {
    const mask = await this.probes.asCommunity(token);
    if (mask.kind === 'failed') return mask;
    if (mask.kind === 'no') return this.notA(COMMUNITY, token, pageId, { community: mask });
    if ((mask.value & RIGHTS.wall) === 0) {
      const message = 'у токена сообщества (communityToken) нет права «Стена». Выпустите токен с этим правом.';
      return { failure: refusal(VK_TITLE, 'right-missing', message) };
    }
    const own = await this.probes.group(token, undefined);
    if (own.kind === 'failed') return own;
    if (own.kind === 'yes' && String(own.value['id']) !== pageId) {
      const message = `токен сообщества (communityToken) выпущен другим сообществом (${String(own.value['id'])}). Нужен токен сообщества ${pageId}.`;
      return { failure: refusal(VK_TITLE, 'wrong-page', message) };
    }
    const shown = await this.probes.group(token, pageId);
    if (shown.kind === 'failed') return shown;
    if (shown.kind === 'no') return { failure: shown.failure ?? notFound() };
    const rights = (Object.keys(RIGHTS) as (keyof typeof RIGHTS)[]).filter((right) => (mask.value & RIGHTS[right]) !== 0);
    return { standing: mask.value, finding: `токен сообщества, права: ${rights.map((right) => RIGHT_NAMES[right]).join(', ')}` };
  }

  private async service(pageId: string, token: string): Promise<Found<true>> {
    const user = await this.probes.asUser(token);
    if (user.kind === 'failed') return user;
    if (user.kind === 'yes') return { failure: wrongKind(SERVICE, 'токен пользователя') };
    const mask = await this.probes.asCommunity(token);
    if (mask.kind === 'failed') return mask;
    if (mask.kind === 'yes') return { failure: wrongKind(SERVICE, 'токен сообщества') };
    const group = await this.probes.group(token, pageId);
    if (group.kind === 'failed') return group;
    if (group.kind === 'no') return { failure: named('serviceToken', group.failure ?? notFound()) };
    return { standing: true, finding: 'сервисный ключ приложения: читает открытые стены' };
  }

  private async user(pageId: string, token: string): Promise<Found<VkUserStanding>> {
    const user = await this.probes.asUser(token);
    if (user.kind === 'failed') return user;
    if (user.kind === 'no') return this.notA(USER, token, pageId, { user });
    if (isVkIdToken(token))
      return { standing: { kind: 'vkId' }, finding: `токен VK ID пользователя ${user.value}: только чтение` };
    const group = await this.probes.group(token, pageId);
    if (group.kind === 'failed') return group;
    if (group.kind === 'no') return { failure: group.failure ?? notFound() };
    const admin = flag(group.value['is_admin']);
    if (admin === false)
      return { standing: { kind: 'stranger' }, finding: `токен пользователя ${user.value}, который не руководит сообществом` };
    // VK shows the role to managers only; when it shows none, the token gets the benefit of the doubt and the first refusal tells.
    const level = integer(group.value['admin_level']) ?? 2;
    const scope = await this.probes.scope(token, user.value);
    if (scope.kind === 'failed') return scope;
    return {
      standing: { kind: 'manager', level, ...(scope.kind === 'yes' ? { scope: scope.value } : {}) },
      finding: `токен пользователя ${user.value}, роль: ${ROLES[level] ?? 'руководитель'}`,
    };
  }

  /** Tells a token of another kind from a dead one, because the way out differs. What was asked isn't asked again: three calls a second. */
  private async notA(expected: Secret, token: string, pageId: string, asked: Asked): Promise<Found<never>> {
    const user = asked.user ?? (await this.probes.asUser(token));
    if (user.kind === 'yes') return { failure: wrongKind(expected, 'токен пользователя') };
    const community = asked.community ?? (await this.probes.asCommunity(token));
    if (community.kind === 'yes') return { failure: wrongKind(expected, 'токен сообщества') };
    const group = await this.probes.group(token, pageId);
    if (group.kind === 'yes') return { failure: wrongKind(expected, 'сервисный ключ приложения') };
    const unproved = [user, community, group].find((probe) => probe.kind === 'failed');
    if (unproved?.kind === 'failed') return unproved;
    const failure = (asked.user ?? asked.community)?.failure;
    return { failure: failure === undefined ? wrongKind(expected, 'другой ключ') : named(expected.field, failure) };
  }
}

const ROLES: Readonly<Record<number, string>> = { 1: 'модератор', 2: 'редактор', 3: 'администратор' };

function wrongKind(expected: Secret, found: string): CallFailure {
  return refusal(
    VK_TITLE,
    'wrong-token-kind',
    `в поле ${expected.field} нужен ${expected.wanted}, а указан ${found}. Замените значение.`,
  );
}

function notFound(): CallFailure {
  return refusal(VK_TITLE, 'not-found', 'сообщество с таким номером не найдено. Проверьте адрес страницы.');
}

function named(secret: string, failure: CallFailure): CallFailure {
  return { ...failure, reason: { ...failure.reason, message: `${failure.reason.message} (поле ${secret})` } };
}
