import { type ConnectionHealth, daysLeft, WARNING_DAYS } from './connection-health.js';
import type { Page } from './page.js';

/** Something about a page that a person should look at: what it is, and what to do, Russian. */
export interface Attention {
  readonly code: string;
  readonly message: string;
}

/** Trouble that happens and passes is not worth a look until it came so often in a row. */
const WORTH_A_LOOK = 3;

/** When a page's secrets end unless a person acts; null when they don't, when nobody knows, or when they renew themselves. */
export function endsAt(health: ConnectionHealth | undefined): Date | null {
  return health && !health.renews ? health.expiresAt : null;
}

/** What a person should know about a page, most urgent first. */
export function attentionTo(
  page: Pick<Page, 'status' | 'statusReason'>,
  health: ConnectionHealth | undefined,
  now: Date,
): Attention[] {
  const broken = page.status === 'broken' && page.statusReason ? [page.statusReason] : [];
  const told = [...broken, ...(health ? [...ending(page, health, now), ...renewing(health), ...checking(health)] : [])];
  return told.map(({ code, message }) => ({ code, message }));
}

function ending({ status }: Pick<Page, 'status'>, health: ConnectionHealth, now: Date): Attention[] {
  const end = endsAt(health);
  if (status !== 'connected' || !end) return [];
  const days = daysLeft(end, now);
  if (days > WARNING_DAYS[0]) return [];
  const message = `Ключи доступа действуют ещё ${days} дн. Получите новые и подключите страницу заново, чтобы публикации не остановились.`;
  return [{ code: 'credentials-expiring', message }];
}

function renewing({ refreshFailures, refreshProblem, unsureSince }: ConnectionHealth): Attention[] {
  if (!refreshProblem) return [];
  const stuck = unsureSince !== null || refreshFailures >= WORTH_A_LOOK || refreshProblem.code === 'refresh-refused';
  return stuck ? [{ code: refreshProblem.code, message: refreshProblem.message }] : [];
}

function checking({ checkFailures, checkProblem }: ConnectionHealth): Attention[] {
  if (checkFailures < WORTH_A_LOOK || !checkProblem) return [];
  return [{ code: 'checks-failing', message: `Ключи давно не удаётся проверить. ${checkProblem.message}` }];
}
