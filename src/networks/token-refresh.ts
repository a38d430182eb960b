import { hostAndPort } from '../platform/outbound/address-guard.js';
import type { Outbound } from '../platform/outbound/outbound.js';
import type { SendBefore } from '../platform/outbound/send-deadline.js';
import type { Reason, RefreshOutcome } from './network.js';
import { withoutSecrets } from './secrets.js';
import { record, text, words, type JsonRecord } from './untrusted-json.js';
import { ANSWER_BYTES, callFailure } from './wire.js';

const REFRESH_TIMEOUT_MS = 10_000;
const LATER_MS = 60_000;
/** A network that says a life of more than ten years means "no end". */
const LONGEST_LIFE_SECONDS = 10 * 366 * 24 * 3_600;

/** One request of RFC 6749, section 6, to a network's token endpoint. */
export interface TokenRequest {
  readonly url: URL;
  readonly fields: Readonly<Record<string, string>>;
  /** Words of the network, beside `invalid_grant`, by which it says that the refresh token is dead. */
  readonly dead: readonly string[];
  readonly sendBefore: SendBefore;
}

/** New tokens as the endpoint gave them. */
export interface Tokens {
  readonly accessToken: string;
  /** Only when the endpoint gave a new one. */
  readonly refreshToken?: string;
  readonly expiresAt?: Date;
}

export type TokenOutcome =
  { readonly kind: 'refreshed'; readonly tokens: Tokens } | Exclude<RefreshOutcome, { kind: 'refreshed' }>;

/** Said before the token was looked at: it is not spent. */
const LATER = new Set(['temporarily_unavailable', 'slow_down']);

/** Exchanges a refresh token, once. A status is not believed alone: some servers say "no" with 200, some with 400 or 401. */
export async function requestTokens(outbound: Outbound, title: string, request: TokenRequest): Promise<TokenOutcome> {
  const { url, fields, sendBefore } = request;
  const answer = await outbound.send({
    method: 'POST',
    url,
    body: { kind: 'form', fields: { grant_type: 'refresh_token', ...fields } },
    timeoutMs: REFRESH_TIMEOUT_MS,
    maxBytes: ANSWER_BYTES,
    trustedHosts: [hostAndPort(url)],
    sendBefore,
  });
  if (answer.kind === 'notSent') {
    const { reason, ...rest } = callFailure(title, answer);
    return { kind: 'retryLater', reason, afterMs: 'afterMs' in rest ? rest.afterMs : LATER_MS };
  }
  if (answer.kind === 'lost') return unsure(title, answer.why);
  const body = jsonOf(answer.body);
  if (answer.status === 429) return later(title, body, fields);
  if (body === undefined || answer.status >= 500) return unsure(title, `HTTP ${answer.status}`);
  return body['error'] === undefined && body['error_code'] === undefined
    ? granted(title, body, sendBefore.now())
    : denied(title, body, request);
}

function granted(title: string, body: JsonRecord, now: Date): TokenOutcome {
  const accessToken = words(body['access_token']);
  if (accessToken === undefined) return unsure(title, 'no access token');
  const refreshToken = words(body['refresh_token']);
  // OK writes the seconds as a string.
  const seconds = Number(body['expires_in']);
  const ends = seconds > 0 && seconds < LONGEST_LIFE_SECONDS;
  return {
    kind: 'refreshed',
    tokens: {
      accessToken,
      ...(refreshToken !== undefined && { refreshToken }),
      ...(ends && { expiresAt: new Date(now.getTime() + seconds * 1_000) }),
    },
  };
}

function denied(title: string, body: JsonRecord, { fields, dead }: TokenRequest): TokenOutcome {
  const code = String(body['error'] ?? body['error_code']);
  if (LATER.has(code)) return later(title, body, fields);
  if (code === 'server_error') return unsure(title, code);
  if (code === 'invalid_grant' || dead.includes(code)) {
    const message =
      'сеть больше не продлевает доступ: его отозвали или он истёк. Получите новые ключи и подключите страницу заново.';
    return { kind: 'revoked', reason: reasonOf('refresh-revoked', `${title}: ${message}`, body, fields) };
  }
  const message = 'сеть не принимает запрос на продление доступа. Проверьте ключи и номер приложения в подключении страницы.';
  return { kind: 'refused', reason: reasonOf('refresh-refused', `${title}: ${message}`, body, fields) };
}

function later(title: string, body: JsonRecord | undefined, fields: TokenRequest['fields']): TokenOutcome {
  const message = `${title}: сеть просит продлить доступ позже. Попытка повторится.`;
  return { kind: 'retryLater', reason: reasonOf('rate-limited', message, body ?? {}, fields), afterMs: LATER_MS };
}

function unsure(title: string, why: string): TokenOutcome {
  const message =
    'ответ сети на продление доступа потерялся. Попробуем ещё раз; если сеть сочтёт ключ использованным, страницу нужно будет подключить заново.';
  return { kind: 'unsure', reason: { code: 'refresh-unsure', message: `${title}: ${message}`, networkMessage: why } };
}

function reasonOf(code: string, message: string, body: JsonRecord, fields: TokenRequest['fields']): Reason {
  const said = text(body['error_description']) ?? text(body['error_msg']) ?? '';
  const networkCode = String(body['error'] ?? body['error_code'] ?? '');
  return {
    code,
    message,
    ...(networkCode && { networkCode }),
    ...(said && { networkMessage: withoutSecrets(said, Object.values(fields)) }),
  };
}

function jsonOf(bytes: Uint8Array): JsonRecord | undefined {
  try {
    return record(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return undefined;
  }
}
