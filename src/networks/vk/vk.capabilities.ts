import { CAPABILITIES, type Capability, type CapabilityMap } from '../network.js';

/** What the tokens of a page turned out to be. */
export interface VkStanding {
  /** The community token may attach documents. */
  readonly documents: boolean;
  readonly serviceToken: boolean;
  readonly user: VkUserStanding;
}

/** `level`: 1 moderator, 2 editor, 3 administrator (VK documentation, `admin_level`). */
export type VkUserStanding =
  | { readonly kind: 'none' | 'vkId' | 'stranger' }
  /** `scope`: the token's permission bits, undefined when VK doesn't tell. */
  | { readonly kind: 'manager'; readonly level: number; readonly scope?: number };

/** Permission bits of a user token: official SDKs. Without an individual grant VK narrows the scope that was asked for, silently. */
const SCOPES = {
  photos: { bit: 4, name: 'фотографии' },
  video: { bit: 16, name: 'видео' },
  wall: { bit: 8_192, name: 'стена' },
  stats: { bit: 1_048_576, name: 'статистика' },
} as const;
type Scope = keyof typeof SCOPES;

const EDITOR = 2;
const MODERATOR = 1;

type Verdict = true | string;

/**
 * VK's schema opens writing to user tokens; a community token posts text and links, attaches documents and answers
 * comments. What a token kind can't do is off from the start: probing it by trying would burn the daily quotas.
 */
export function vkCapabilities(standing: VkStanding): CapabilityMap {
  const editor = (...scopes: Scope[]) => managerWith(EDITOR, standing.user, scopes);
  const reader: Verdict =
    standing.serviceToken ||
    standing.user.kind !== 'none' ||
    'Добавьте сервисный ключ приложения или токен пользователя: стену читают они.';
  const verdicts: Record<Capability, Verdict> = {
    publishText: true,
    publishLink: true,
    publishPhoto: editor('photos', 'wall'),
    publishVideo: editor('video', 'wall'),
    publishDocument: standing.documents || 'У токена сообщества нет права «Документы». Выпустите токен с этим правом.',
    publishPoll: editor('wall'),
    edit: editor('wall'),
    delete: editor('wall'),
    find: reader,
    describePage: true,
    readComments: reader,
    reply: true,
    moderate: managerWith(MODERATOR, standing.user, ['wall']),
    readStatistics: editor('stats'),
  };
  return Object.fromEntries(CAPABILITIES.map((name) => [name, entry(verdicts[name])])) as CapabilityMap;
}

function entry(verdict: Verdict): { allowed: boolean; reason?: string } {
  return verdict === true ? { allowed: true } : { allowed: false, reason: verdict };
}

function managerWith(level: number, user: VkUserStanding, scopes: readonly Scope[]): Verdict {
  if (user.kind !== 'manager') return NO_MANAGER[user.kind];
  if (user.level < level) return 'Роли владельца токена мало. Дайте ему роль редактора сообщества.';
  const { scope } = user;
  const missing = scopes.filter((name) => scope !== undefined && (scope & SCOPES[name].bit) === 0);
  if (missing.length === 0) return true;
  const names = missing.map((name) => SCOPES[name].name).join(', ');
  return `У токена пользователя нет прав: ${names}. Получите токен с этими правами (приложению их выдаёт ВКонтакте).`;
}

const NO_MANAGER = {
  none: 'Добавьте токен пользователя, который руководит сообществом.',
  vkId: 'Токен VK ID только читает. Нужен токен пользователя с правами на стену и фотографии.',
  stranger: 'Владелец токена пользователя не руководит сообществом. Дайте ему роль редактора.',
} as const;
