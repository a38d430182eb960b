import { CAPABILITIES, type Capability, type CapabilityMap } from '../network.js';

export interface OkStanding {
  /** The application's PHOTO_CONTENT permission. */
  readonly photos: boolean;
  /** The application's VIDEO_CONTENT permission. */
  readonly videos: boolean;
  readonly role: 'ADMIN' | 'MODERATOR';
}

const BY_HAND = 'Одноклассники не открывают это действие приложениям. Откройте тему в Одноклассниках и сделайте это вручную.';

/** What OK opens to an application whose token may publish in the group at all; methods whose flow is unproved are off. */
export function okCapabilities({ photos, videos, role }: OkStanding): CapabilityMap {
  const verdicts: Record<Capability, true | string> = {
    publishText: true,
    publishLink: true,
    publishPhoto: photos || 'У приложения нет права PHOTO_CONTENT. Запросите его у api-support@ok.ru и выпустите токен заново.',
    publishVideo: videos || 'У приложения нет права VIDEO_CONTENT. Запросите его у api-support@ok.ru и выпустите токен заново.',
    publishDocument: 'В темах Одноклассников нет документов. Дайте на документ ссылку.',
    publishPoll: true,
    edit: true,
    delete: true,
    find: true,
    describePage: true,
    readComments: true,
    reply: BY_HAND,
    moderate: BY_HAND,
    readStatistics: role === 'ADMIN' || 'Статистику видит только администратор группы. Дайте владельцу токена эту роль.',
  };
  const entry = (verdict: true | string) => (verdict === true ? { allowed: true } : { allowed: false, reason: verdict });
  return Object.fromEntries(CAPABILITIES.map((name) => [name, entry(verdicts[name])])) as CapabilityMap;
}
