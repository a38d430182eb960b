import type { Reason } from './network.js';
import type { CallFailure, EditFailure, NetworkError, PublishFailure } from './wire.js';

/** What an error code of a network means to us; the adapters keep their codes as lists of these. */
export interface ErrorRule {
  readonly codes: readonly number[];
  /** Our own word, stable. */
  readonly reason: string;
  /** Russian: what happened and what to do next. */
  readonly message: string;
  readonly act: 'refused' | 'retryLater' | 'credentialLost' | 'needsPerson';
  /** With `retryLater`: milliseconds, or the next day in Moscow, where both networks count their daily quotas. */
  readonly after?: number | 'nextDay';
  /** True when a send that got this code is certainly not on the page; otherwise a send is `unclear` whatever the code says. */
  readonly definite?: boolean;
}

/** Times that the rules use, in milliseconds. */
export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;

const DAY_MS = 24 * HOUR_MS;
const MOSCOW_OFFSET_MS = 3 * HOUR_MS;

/** A code that no list holds. A call may be made again; a send is unclear. */
const UNKNOWN_CODE: ErrorRule = {
  codes: [],
  reason: 'unknown-error',
  message: 'сеть ответила кодом, которого мы не знаем. Передайте код администратору сервиса.',
  act: 'retryLater',
  after: MINUTE_MS,
};

/** The meaning of an error for a call that has no public effect and may be repeated. */
export function judgeCall(title: string, error: NetworkError, rule: ErrorRule | undefined, now: Date): CallFailure {
  const { act, after = MINUTE_MS } = rule ?? UNKNOWN_CODE;
  const reason = reasonOf(title, error, rule ?? UNKNOWN_CODE);
  if (act === 'retryLater') return { kind: 'retryLater', reason, afterMs: pause(after, now) };
  return { kind: act, reason };
}

/** The meaning of an error for a send: only a code that certainly refuses may be read as "not on the page". */
export function judgeSend(title: string, error: NetworkError, rule: ErrorRule | undefined, now: Date): PublishFailure {
  if (rule?.definite === true) return judgeCall(title, error, rule, now);
  const stopsPage = rule?.act === 'credentialLost' || rule?.act === 'needsPerson';
  return { kind: 'unclear', reason: reasonOf(title, error, rule ?? UNKNOWN_CODE), ...(stopsPage && { stopsPage }) };
}

/** The meaning of an error for an edit: it may be made again, but "later" doesn't say that it has not happened yet. */
export function judgeEdit(title: string, error: NetworkError, rule: ErrorRule | undefined, now: Date): EditFailure {
  const mayHaveHappened = rule === undefined || (rule.act === 'retryLater' && rule.definite !== true);
  return mayHaveHappened ? judgeSend(title, error, rule, now) : judgeCall(title, error, rule, now);
}

function reasonOf(title: string, error: NetworkError, rule: ErrorRule): Reason {
  const networkCode = error.subcode === undefined ? String(error.code) : `${error.code}.${error.subcode}`;
  return { code: rule.reason, message: `${title}: ${rule.message}`, networkCode, networkMessage: error.message };
}

function pause(after: number | 'nextDay', now: Date): number {
  if (after !== 'nextDay') return after;
  // A few minutes past midnight, because their clocks and ours differ.
  return DAY_MS - ((now.getTime() + MOSCOW_OFFSET_MS) % DAY_MS) + 5 * MINUTE_MS;
}
