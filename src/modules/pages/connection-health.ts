import { createHash } from 'node:crypto';
import { CAPABILITIES, type CallOutcome, type Capability, type CapabilityMap, type Reason } from '../../networks/network.js';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;
const DAY_MS = DAY_SECONDS * 1_000;

/** Days before the end at which people are told. */
export const WARNING_DAYS = [30, 14, 7, 1] as const;

/** How the present connection of a page is doing. */
export interface ConnectionHealth {
  readonly expiresAt: Date | null;
  /** The network gives new secrets without a person. */
  readonly renews: boolean;
  readonly checkFailures: number;
  readonly checkProblem: Reason | null;
  readonly refreshFailures: number;
  readonly refreshProblem: Reason | null;
  readonly unsureSince: Date | null;
}

/** What a check of stored credentials says about their page. */
export type Verdict =
  | { readonly kind: 'good' }
  | { readonly kind: 'broken'; readonly reason: Reason }
  /** Nothing is proved, and nothing changes. */
  | { readonly kind: 'inconclusive'; readonly reason: Reason; readonly afterSeconds: number };

/** Refusals that are about the secrets or their owner: no later check with the same secrets will be better by itself. */
const ABOUT_SECRETS: ReadonlySet<string> = new Set([
  ...['right-missing', 'not-admin', 'wrong-page', 'wrong-token-kind', 'credential-missing', 'token-bound-to-address'],
  ...['wrong-application-key', 'wrong-application-secret', 'not-found', 'bad-page-id'],
]);
/** Trouble of this installation, not of the page: it would break every page at once. */
const OUR_TROUBLE: ReadonlySet<string> = new Set(['our-configuration', 'address-blocked']);

/** @param failures checks in a row that proved nothing, before this one. */
export function judgeCheck(outcome: CallOutcome<unknown>, failures: number): Verdict {
  if (outcome.kind === 'done') return { kind: 'good' };
  const { reason } = outcome;
  const lost = outcome.kind === 'credentialLost' || (outcome.kind === 'needsPerson' && !OUR_TROUBLE.has(reason.code));
  if (lost || (outcome.kind === 'refused' && ABOUT_SECRETS.has(reason.code))) return { kind: 'broken', reason };
  const asked = outcome.kind === 'retryLater' ? Math.ceil(outcome.afterMs / 1_000) : 0;
  return { kind: 'inconclusive', reason, afterSeconds: Math.min(Math.max(asked, checkAgainSeconds(failures)), DAY_SECONDS) };
}

/** After a check that proved nothing: soon, then less and less often. */
function checkAgainSeconds(failures: number): number {
  return Math.min(15 * MINUTE_SECONDS * 2 ** Math.min(failures, 5), 6 * HOUR_SECONDS);
}

/** Each page has its own moment of the day, so that checks spread over it and come back to it after any pause. */
export function secondsToCheck(pageId: string, now: Date): number {
  const slot = createHash('sha256').update(pageId).digest().readUInt32BE(0) % DAY_SECONDS;
  const second = Math.floor(now.getTime() / 1_000) % DAY_SECONDS;
  const ahead = (slot - second + DAY_SECONDS) % DAY_SECONDS;
  // Never right after the last one.
  return ahead < HOUR_SECONDS ? ahead + DAY_SECONDS : ahead;
}

/** What is due about the end of secrets at an instant, and when to look again. */
export interface Notice {
  readonly over: boolean;
  /** The warning to give now. Of several that were missed only the nearest: the others are no news any more. */
  readonly warn: number | null;
  readonly nextAt: Date | null;
}

export function noticeAt(expiresAt: Date | null, warnedDays: number | null, now: Date): Notice {
  if (!expiresAt) return { over: false, warn: null, nextAt: null };
  const left = expiresAt.getTime() - now.getTime();
  if (left <= 0) return { over: true, warn: null, nextAt: null };
  const crossed = WARNING_DAYS.filter((days) => left <= days * DAY_MS).at(-1) ?? null;
  const warn = crossed !== null && (warnedDays === null || crossed < warnedDays) ? crossed : null;
  const next = WARNING_DAYS.find((days) => left > days * DAY_MS) ?? 0;
  return { over: false, warn, nextAt: new Date(expiresAt.getTime() - next * DAY_MS) };
}

export function daysLeft(expiresAt: Date, now: Date): number {
  return Math.max(0, Math.ceil((expiresAt.getTime() - now.getTime()) / DAY_MS));
}

/** Which capabilities went and came between two checks. */
export function changedCapabilities(
  before: CapabilityMap | null,
  after: CapabilityMap,
): { lost: Capability[]; gained: Capability[] } {
  const allowed = (map: CapabilityMap | null, name: Capability) => map?.[name]?.allowed === true;
  return {
    lost: CAPABILITIES.filter((name) => allowed(before, name) && !allowed(after, name)),
    gained: CAPABILITIES.filter((name) => !allowed(before, name) && allowed(after, name)),
  };
}

/** The secrets stopped by themselves. With a secret that renews them, we go on trying; otherwise a person is needed. */
export function expiredReason(renews: boolean): Reason {
  const message = renews
    ? 'Срок действия ключей истёк, а продлить их пока не удалось. Попытки продолжаются; публикации ждут.'
    : 'Срок действия ключей истёк. Получите новые ключи и подключите страницу заново.';
  return { code: 'credentials-expired', message };
}

/** Breaks of a page that new secrets may heal; a captcha or a lost role they don't. */
export function healedByRenewal(code: string): boolean {
  return code === 'credentials-expired' || code === 'token-revoked';
}
