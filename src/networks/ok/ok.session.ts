import type { CallCost, CredentialKind, Credentials, SpendingCall } from '../network.js';
import { refusal } from '../refusal.js';
import type { OkSession } from './ok.client.js';
import { OK_TITLE } from './ok.errors.js';

export const OK_CREDENTIAL_KINDS: readonly CredentialKind[] = [
  {
    name: 'applicationKey',
    required: true,
    description: 'Публичный ключ приложения: приходит в письме после создания приложения на ok.ru.',
  },
  {
    name: 'applicationSecretKey',
    required: true,
    description: 'Секретный ключ приложения: приходит в том же письме. Сети не передаётся, им подписываются запросы.',
  },
  {
    name: 'accessToken',
    required: true,
    description:
      'Вечный токен администратора группы: настройки приложения, платформа OAuth. Приложению нужны права VALUABLE_ACCESS, GROUP_CONTENT, PHOTO_CONTENT и VIDEO_CONTENT; токен выпускают после их выдачи.',
  },
  {
    name: 'refreshToken',
    required: false,
    description:
      'Ключ продления (refresh_token): приходит вместе с токеном, если его получали через OAuth. Вечному токену не нужен.',
  },
  {
    name: 'applicationId',
    required: false,
    description:
      'Номер приложения (application_id, он же client_id): приходит в письме после создания приложения. Нужен для продления.',
  },
];

/** The kind of the secret that renews `accessToken`, when everything for that is there. */
export function okRefreshedBy({ refreshToken, applicationId }: Credentials): 'refreshToken' | undefined {
  return refreshToken && applicationId ? 'refreshToken' : undefined;
}

/** The three secrets of a call, or the refusal that names the missing one. */
export function sessionOf(credentials: Credentials): { session: OkSession } | { refused: ReturnType<typeof refusal> } {
  const missing = OK_CREDENTIAL_KINDS.find(({ name, required }) => required && !credentials[name]);
  const { applicationKey, applicationSecretKey, accessToken } = credentials;
  if (!applicationKey || !applicationSecretKey || !accessToken) {
    return {
      refused: refusal(OK_TITLE, 'credential-missing', `не указано поле ${missing?.name}. Добавьте его в подключении группы.`),
    };
  }
  return { session: { applicationKey, applicationSecretKey, accessToken } };
}

/** A video is asked for, and named afterwards; a check asks whose token it is, for the permissions and for the role. */
export function okCostOf(call: SpendingCall, credentials: Credentials): CallCost | undefined {
  if (!credentials['accessToken'] || NEVER.has(call)) return undefined;
  return { credential: 'accessToken', requests: REQUESTS[call] ?? 1 };
}

/** There is one token, and nothing that only some networks can do. */
const NEVER: ReadonlySet<SpendingCall> = new Set<SpendingCall>(['preparePoll', 'uploadDocument', 'checkReadingToken']);
const REQUESTS: Partial<Record<SpendingCall, number>> = { uploadVideo: 2, checkCredentials: 5 };

/** A group's bot token opens chats only; OK documentation, Bot API. */
export function isBotToken(token: string): boolean {
  return token.startsWith('tkn');
}
