import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, or until the signal is aborted. For moments only: what may take longer is a row that is due, not a timer. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined);
}
