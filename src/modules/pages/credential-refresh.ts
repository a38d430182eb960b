import type { Reason } from '../../networks/network.js';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3_600;
/** So long before the end a renewal begins: time for a network that is down for a while. */
const EARLIEST_SECONDS = 3 * 24 * HOUR_SECONDS;
const LATEST_SECONDS = 5 * MINUTE_SECONDS;
/** Secrets whose end nobody knows are renewed so often: the answer then says when they end. */
const UNKNOWN_SECONDS = 12 * HOUR_SECONDS;
const PAUSES_MINUTES = [1, 2, 5, 10, 20, 30];

/** When to renew secrets that end at `expiresAt`: with a third of their life left. */
export function renewInSeconds(expiresAt: Date | undefined, now: Date): number {
  if (!expiresAt) return UNKNOWN_SECONDS;
  const life = (expiresAt.getTime() - now.getTime()) / 1_000;
  const before = Math.min(Math.max(life / 3, LATEST_SECONDS), EARLIEST_SECONDS);
  return Math.max(Math.floor(life - before), MINUTE_SECONDS);
}

/** @param failures renewals in a row that brought nothing, before this one. */
export function renewAgainInSeconds(failures: number, askedMs = 0): number {
  const minutes = PAUSES_MINUTES[Math.min(failures, PAUSES_MINUTES.length - 1)]!;
  return Math.min(Math.max(minutes * MINUTE_SECONDS, Math.ceil(askedMs / 1_000)), 6 * HOUR_SECONDS);
}

/** After an answer that was lost the network takes the secret for used: its successor was in that answer. */
export function lostAnswerReason(title: string, refused: Reason): Reason {
  const message = `${title}: ответ сети на продление доступа потерялся вместе с новым ключом, а прежний она считает использованным. Получите новые ключи и подключите страницу заново.`;
  return { ...refused, code: 'refresh-lost', message };
}
