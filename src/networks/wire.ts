import type { NotSentWhy } from '../platform/outbound/connector.js';
import type { LostWhy, OutboundAnswer } from '../platform/outbound/outbound.js';
import type { CallOutcome, EditOutcome, PublishOutcome, Reason } from './network.js';

/** An error in the network's own words; `message` is free of secrets. */
export interface NetworkError {
  readonly code: number;
  readonly subcode?: number;
  readonly message: string;
}

/** What one call brought, before anyone decides what it means. */
export type WireResult =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: NetworkError }
  /** A complete HTTP answer that isn't an answer of the API: 5xx, a redirect, HTML, cut or empty JSON. */
  | { readonly kind: 'broken'; readonly why: string }
  | { readonly kind: 'notSent'; readonly why: NotSentWhy }
  | { readonly kind: 'lost'; readonly why: LostWhy };

export type CallFailure = Exclude<CallOutcome<never>, { kind: 'done' }>;
export type PublishFailure = Exclude<PublishOutcome, { kind: 'published' }>;
export type EditFailure = Exclude<EditOutcome, { kind: 'edited' }>;

/** Total limits of one request. Sending is short because a lease is held meanwhile; an upload carries up to 50 MB. */
export const SEND_TIMEOUT_MS = 10_000;
export const READ_TIMEOUT_MS = 10_000;
export const UPLOAD_TIMEOUT_MS = 60_000;
/** Long files get more time: a line that carries less than this would keep a worker for hours. */
const UPLOAD_BYTES_PER_MS = 2_048;
/** A hundred long posts are far below it. */
export const ANSWER_BYTES = 4 * 1024 * 1024;

/** The total limit of an upload of so many bytes. */
export function uploadTimeoutMs(bytes: number): number {
  return UPLOAD_TIMEOUT_MS + Math.ceil(bytes / UPLOAD_BYTES_PER_MS);
}

const SOON_MS = 5_000;
const LATER_MS = 60_000;

/** Joins a configured base address, which may carry a path prefix, and a path of the API. */
export function apiAddress(base: string, path: string): URL {
  return new URL(`${base.replace(/\/+$/, '')}/${path}`);
}

/** The JSON of an answer. Both networks answer 200 always, so another status didn't come from the API behind them. */
export function parseAnswer(answer: OutboundAnswer): WireResult {
  if (answer.kind !== 'answer') return answer;
  if (answer.status !== 200) return { kind: 'broken', why: `HTTP ${answer.status}` };
  try {
    return { kind: 'value', value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(answer.body)) as unknown };
  } catch {
    return { kind: 'broken', why: answer.contentType.includes('html') ? 'HTML' : 'not JSON' };
  }
}

type WireFailure = Exclude<WireResult, { kind: 'value' | 'error' }>;

/** A failed call without public effect: it may simply be made again. */
export function callFailure(title: string, failure: WireFailure): CallFailure {
  if (failure.kind === 'notSent') return notSent(title, failure.why);
  return { kind: 'retryLater', reason: noGoodAnswer(title, failure, 'Запрос будет повторён.'), afterMs: LATER_MS };
}

/** A failed send: safe to repeat only if no byte left; otherwise the post may be on the page. */
export function sendFailure(title: string, failure: WireFailure): PublishFailure {
  if (failure.kind === 'notSent') return notSent(title, failure.why);
  return {
    kind: 'unclear',
    reason: noGoodAnswer(title, failure, 'Запись могла выйти: сначала проверьте страницу, не отправляйте повторно.'),
  };
}

/** An edit without a good answer may have happened; the same edit again changes nothing more. */
export function editFailure(title: string, failure: WireFailure): EditFailure {
  if (failure.kind === 'notSent') return notSent(title, failure.why);
  return {
    kind: 'unclear',
    reason: noGoodAnswer(title, failure, 'Изменение могло выйти: прочитаем запись и при нужде повторим.'),
  };
}

function noGoodAnswer(title: string, failure: { kind: 'lost' | 'broken'; why: string }, next: string): Reason {
  return failure.kind === 'lost'
    ? { code: 'no-answer', message: `${title}: ответ не получен. ${next}`, networkMessage: failure.why }
    : { code: 'broken-answer', message: `${title}: ответ не похож на ответ сети. ${next}`, networkMessage: failure.why };
}

function notSent(title: string, why: NotSentWhy): { kind: 'retryLater'; reason: Reason; afterMs: number } {
  const afterMs = why === 'deadline' ? 0 : why === 'tls' || why === 'address' ? LATER_MS : SOON_MS;
  return { kind: 'retryLater', reason: { code: NOT_SENT[why].code, message: `${title}: ${NOT_SENT[why].message}` }, afterMs };
}

const NOT_SENT: Readonly<Record<NotSentWhy, { code: string; message: string }>> = {
  address: {
    code: 'address-refused',
    message: 'адрес сети ведёт во внутреннюю сеть, запрос не отправлен. Проверьте настройку адресов.',
  },
  dns: { code: 'not-connected', message: 'адрес сети не найден (DNS), запрос не отправлен. Попытка повторится.' },
  connect: { code: 'not-connected', message: 'нет соединения с сетью, запрос не отправлен. Попытка повторится.' },
  timeout: { code: 'not-connected', message: 'соединение не установлено вовремя, запрос не отправлен. Попытка повторится.' },
  tls: { code: 'tls-failed', message: 'сертификат сети не принят, запрос не отправлен. Проверьте сертификаты и часы сервера.' },
  deadline: { code: 'deadline-passed', message: 'срок отправки истёк до начала отправки, ничего не отправлено.' },
};
