import type { Clock } from '../../platform/clock/clock.js';
import type { CallOutcome, CredentialCheck, Credentials, PageRef } from '../network.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { idOf, list, record, records } from '../untrusted-json.js';
import { callFailure, type CallFailure } from '../wire.js';
import { okCapabilities, type OkStanding } from './ok.capabilities.js';
import type { OkClient, OkParams, OkSession } from './ok.client.js';
import { OK_TITLE, okCallError } from './ok.errors.js';
import { isBotToken, okRefreshedBy, sessionOf } from './ok.session.js';

type Answer<T> = { readonly value: T } | { readonly failure: CallFailure };

/** Without these two permissions no group method works at all. */
const NEEDED = ['VALUABLE_ACCESS', 'GROUP_CONTENT'] as const;
const PHOTOS = 'PHOTO_CONTENT';
const VIDEOS = 'VIDEO_CONTENT';

/** Proves the three secrets by calling OK: whose token it is, what the application may, what role its owner has. */
export class OkCredentials {
  constructor(
    private readonly client: OkClient,
    private readonly clock: Clock,
  ) {}

  async check(page: PageRef, credentials: Credentials): Promise<CallOutcome<CredentialCheck>> {
    if (!isPageId(page.externalId)) return badPageId(OK_TITLE);
    const opened = sessionOf(credentials);
    if ('refused' in opened) return opened.refused;
    const { session } = opened;
    if (credentials['refreshToken'] && !okRefreshedBy(credentials))
      return refusal(OK_TITLE, 'credential-missing', 'для продления доступа не хватает поля applicationId. Добавьте его.');
    if (isBotToken(session.accessToken)) return botToken();

    const user = await this.ask('users.getCurrentUser', { fields: 'uid' }, session, (value) => idOf(record(value)?.['uid']));
    if ('failure' in user) return user.failure;
    for (const permission of NEEDED) {
      const granted = await this.permission(permission, session);
      if ('failure' in granted) return granted.failure;
      if (!granted.value) return lacks(permission);
    }
    const photos = await this.permission(PHOTOS, session);
    if ('failure' in photos) return photos.failure;
    const videos = await this.permission(VIDEOS, session);
    if ('failure' in videos) return videos.failure;
    const role = await this.role(page.externalId, user.value, session);
    if ('failure' in role) return role.failure;
    return { kind: 'done', value: checked(user.value, { photos: photos.value, videos: videos.value, role: role.value }) };
  }

  private permission(name: string, session: OkSession): Promise<Answer<boolean>> {
    return this.ask('users.hasAppPermission', { ext_perm: name }, session, (value) =>
      typeof value === 'boolean' ? value : undefined,
    );
  }

  private async role(groupId: string, userId: string, session: OkSession): Promise<Answer<OkStanding['role']>> {
    const members = await this.ask('group.getUserGroupsByIds', { group_id: groupId, uids: userId }, session, (value) =>
      list(value),
    );
    if ('failure' in members) return members;
    const status = records(members.value).find((member) => idOf(member['userId']) === userId)?.['status'];
    if (status === 'ADMIN' || status === 'MODERATOR') return { value: status };
    const message = 'владелец токена не администратор и не модератор группы. Дайте ему роль в группе и подключите её заново.';
    return { failure: refusal(OK_TITLE, 'not-admin', message) };
  }

  private async ask<T>(
    method: string,
    params: OkParams,
    session: OkSession,
    read: (value: unknown) => T | undefined,
  ): Promise<Answer<T>> {
    const result = await this.client.call(method, params, session);
    if (result.kind === 'error') return { failure: okCallError(result.error, this.clock.now()) };
    if (result.kind !== 'value') return { failure: callFailure(OK_TITLE, result) };
    const value = read(result.value);
    return value === undefined ? { failure: callFailure(OK_TITLE, { kind: 'broken', why: 'unexpected shape' }) } : { value };
  }
}

function checked(userId: string, standing: OkStanding): CredentialCheck {
  const rights = [...NEEDED, ...(standing.photos ? [PHOTOS] : []), ...(standing.videos ? [VIDEOS] : [])];
  const role = standing.role === 'ADMIN' ? 'администратор' : 'модератор';
  return {
    capabilities: okCapabilities(standing),
    findings: {
      applicationKey: 'публичный ключ приложения принят',
      applicationSecretKey: 'подпись принята',
      accessToken: `токен пользователя ${userId}, роль: ${role}, права: ${rights.join(', ')}`,
    },
  };
}

function lacks(permission: string): CallFailure {
  const message = `у приложения нет права ${permission}. Запросите его у api-support@ok.ru, затем выпустите токен (accessToken) заново.`;
  return refusal(OK_TITLE, 'right-missing', message);
}

function botToken(): CallFailure {
  const message =
    'в поле accessToken указан токен бота группы: он открывает только сообщения. Нужен токен администратора группы.';
  return refusal(OK_TITLE, 'wrong-token-kind', message);
}
