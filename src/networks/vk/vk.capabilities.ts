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
  { readonly kind: 'none' | 'vkId' | 'stranger' } | { readonly kind: 'manager'; readonly level: number };

const EDITOR = 2;
const MODERATOR = 1;

type Verdict = true | string;

/**
 * VK's schema opens writing to user tokens; a community token posts text and links, attaches documents and answers
 * comments. What a token kind can't do is off from the start: probing it by trying would burn the daily quotas.
 */
export function vkCapabilities(standing: VkStanding): CapabilityMap {
  const editor = managerWith(EDITOR, standing.user);
  const reader: Verdict =
    standing.serviceToken ||
    standing.user.kind !== 'none' ||
    'Добавьте сервисный ключ приложения или токен пользователя: стену читают они.';
  const verdicts: Record<Capability, Verdict> = {
    publishText: true,
    publishLink: true,
    publishPhoto: editor,
    publishVideo: editor,
    publishDocument: standing.documents || 'У токена сообщества нет права «Документы». Выпустите токен с этим правом.',
    publishPoll: editor,
    edit: editor,
    delete: editor,
    find: reader,
    describePage: true,
    readComments: reader,
    reply: true,
    moderate: managerWith(MODERATOR, standing.user),
    readStatistics: editor,
  };
  return Object.fromEntries(CAPABILITIES.map((name) => [name, entry(verdicts[name])])) as CapabilityMap;
}

function entry(verdict: Verdict): { allowed: boolean; reason?: string } {
  return verdict === true ? { allowed: true } : { allowed: false, reason: verdict };
}

function managerWith(level: number, user: VkUserStanding): Verdict {
  if (user.kind === 'manager') return user.level >= level || 'Роли владельца токена мало. Дайте ему роль редактора сообщества.';
  return NO_MANAGER[user.kind];
}

const NO_MANAGER = {
  none: 'Добавьте токен пользователя, который руководит сообществом.',
  vkId: 'Токен VK ID только читает. Нужен токен пользователя с правами на стену и фотографии.',
  stranger: 'Владелец токена пользователя не руководит сообществом. Дайте ему роль редактора.',
} as const;
