import type { CallCost, CredentialKind, Credentials, PublishCall, SpendingCall } from '../network.js';
import { refusal } from '../refusal.js';
import { VK_TITLE } from './vk.errors.js';

export const VK_CREDENTIAL_KINDS: readonly CredentialKind[] = [
  {
    name: 'communityToken',
    required: true,
    description:
      'Токен сообщества: Управление → Работа с API → Ключи доступа. Отметьте права «Стена» и «Документы». Публикует тексты и ссылки, отвечает на комментарии.',
  },
  {
    name: 'serviceToken',
    required: false,
    description: 'Сервисный ключ приложения: настройки приложения на dev.vk.com. Читает стену: поиск записи и комментариев.',
  },
  {
    name: 'userToken',
    required: false,
    description:
      'Токен пользователя, который руководит сообществом (редактор или администратор), с правами на стену, фотографии и видео. Публикует фотографии, видео и опросы, изменяет и удаляет записи.',
  },
  {
    name: 'userRefreshToken',
    required: false,
    description:
      'Ключ продления токена VK ID (refresh_token): приходит вместе с ним. Действует один раз, сервис хранит следующий.',
  },
  {
    name: 'userDeviceId',
    required: false,
    description: 'Номер устройства VK ID (device_id), для которого выдан ключ продления.',
  },
  { name: 'userClientId', required: false, description: 'Номер приложения VK ID (client_id), которое получило токен.' },
];

/** Together they renew `userToken` without a person. */
const RENEWING = ['userRefreshToken', 'userDeviceId', 'userClientId'] as const;

export function vkRefreshedBy(credentials: Credentials): 'userRefreshToken' | undefined {
  return credentials['userToken'] && RENEWING.every((name) => credentials[name]) ? 'userRefreshToken' : undefined;
}

/** The secret that is missing for renewing, when some of them are there. */
export function vkRenewingLacks(credentials: Credentials): string | undefined {
  if (!RENEWING.some((name) => credentials[name])) return undefined;
  return ['userToken', ...RENEWING].find((name) => !credentials[name]);
}

/**
 * VK ID issues `vk2.a…` tokens. VK answers their writing calls with error 1051, so such a token only reads.
 */
export function isVkIdToken(token: string): boolean {
  return token.startsWith('vk2.a.');
}

type Token = { readonly token: string } | { readonly refused: ReturnType<typeof refusal> };

/** Publishing text and links: the community's own token (works with `from_group=1`, live reports of 2026). */
export function communityToken(credentials: Credentials): Token {
  return given(credentials['communityToken'], 'нет токена сообщества. Добавьте его в подключении страницы.');
}

/** Photos, videos, polls, edits and deletion: a user's token of the classic kind; VK answers 27 to a community token here, whatever its rights. */
export function writingUserToken(credentials: Credentials): Token {
  const token = credentials['userToken'];
  if (token !== undefined && isVkIdToken(token)) {
    return {
      refused: refusal(
        VK_TITLE,
        'capability-missing',
        'токен VK ID только читает. Нужен токен пользователя с правами на стену и фотографии.',
      ),
    };
  }
  return given(
    token,
    'для этого действия нужен токен пользователя (редактора сообщества). Добавьте его или сделайте это вручную в ВКонтакте.',
  );
}

/** A community's token publishes texts, links and its own documents; for everything else it needs a user. */
const PUBLISHING: Readonly<Record<PublishCall, 'communityToken' | 'userToken'>> = {
  publishText: 'communityToken',
  publishDocument: 'communityToken',
  publishPhoto: 'userToken',
  publishVideo: 'userToken',
  publishPoll: 'userToken',
};

export function publishingToken(call: PublishCall, credentials: Credentials): Token {
  return PUBLISHING[call] === 'userToken' ? writingUserToken(credentials) : communityToken(credentials);
}

/** Reading a wall: the app's service token, or any user's. */
export function readingToken(credentials: Credentials): Token {
  return given(
    credentials['serviceToken'] || credentials['userToken'],
    'чтобы читать стену, нужен сервисный ключ приложения или токен пользователя. Добавьте один из них.',
  );
}

/** Statistics: a user who manages the community; whether his token may read them VK itself says. */
export function statisticsToken(credentials: Credentials): Token {
  return given(
    credentials['userToken'],
    'охват и статистику видит только руководитель сообщества. Добавьте токен пользователя с правом на статистику.',
  );
}

/** The middle step of an upload goes to another server, without a token. Of the tokens that a check asks with the scarcest counts, and the service key for itself. */
export function vkCostOf(call: SpendingCall, credentials: Credentials): CallCost | undefined {
  const cost = COSTS[call];
  const [kind, requests] = typeof cost === 'string' ? [cost, 1] : cost;
  const credential = kindIn(kind, credentials);
  return credentials[credential] ? { credential, requests } : undefined;
}

type Kind = 'communityToken' | 'userToken' | 'serviceToken' | 'reading' | 'every';

function kindIn(kind: Kind, credentials: Credentials): string {
  if (kind === 'reading') return credentials['serviceToken'] ? 'serviceToken' : 'userToken';
  if (kind === 'every') return credentials['userToken'] ? 'userToken' : 'communityToken';
  return kind;
}

const COSTS: Readonly<Record<SpendingCall, Kind | readonly [Kind, number]>> = {
  ...PUBLISHING,
  uploadPhoto: ['userToken', 2],
  uploadVideo: 'userToken',
  uploadDocument: ['communityToken', 2],
  preparePoll: 'userToken',
  find: 'reading',
  readPost: 'reading',
  edit: 'userToken',
  delete: 'userToken',
  checkCredentials: ['every', 3],
  checkReadingToken: ['serviceToken', 3],
  describePage: 'communityToken',
  readCounters: 'reading',
  readReach: 'userToken',
  readDays: 'userToken',
  readWeeks: 'userToken',
};

function given(token: string | undefined, missing: string): Token {
  return token === undefined || token === '' ? { refused: refusal(VK_TITLE, 'capability-missing', missing) } : { token };
}
