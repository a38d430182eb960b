/** Seconds after the n-th try that failed: eight tries in 27 and a half hours, so that one bad night loses nothing. */
const DELAYS = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];

/** Everybody who failed together should not come back together. */
const JITTER = 0.2;

export const MOST_TRIES = DELAYS.length + 1;

/**
 * @param tries that failed so far, from 1
 * @param chance 0 to 1
 * @returns seconds to wait, or null when it is given up
 */
export function retryAfter(tries: number, chance: number): number | null {
  const delay = DELAYS[tries - 1];
  return delay === undefined ? null : Math.round(delay * (1 + JITTER * (2 * chance - 1)));
}

/** @param secret four random bytes as base64url. @returns 0 to 1 */
export function chanceOf(secret: string): number {
  return Buffer.from(secret, 'base64url').readUInt32BE() / 2 ** 32;
}

/** Seconds for which an endpoint is left alone altogether after so many failures in a row. */
const RESTS = [0, 0, 5, 15, 60, 300];

/** An endpoint that is dead must not be asked again for each thing that waits for it: workers would wait for it all day. */
export function restAfter(failures: number): number {
  return RESTS[Math.min(failures, RESTS.length) - 1] ?? 0;
}

/** An answer that takes longer makes an endpoint a slow one. */
const SLOW_MS = 1_000;

export function isSlow(durationMs: number): boolean {
  return durationMs > SLOW_MS;
}

/** An endpoint that has failed at every try for so long is disabled: nobody looks after it. */
const DEAD_AFTER_SECONDS = 5 * 24 * 3_600;

export function isDead(failingForSeconds: number): boolean {
  return failingForSeconds >= DEAD_AFTER_SECONDS;
}
