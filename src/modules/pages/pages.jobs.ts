import { IsUUID, Length } from 'class-validator';
import { defineJob, defineLane, defineTimer } from '../../platform/queue/job.js';

/** Names a page whose credentials are to be checked. */
export class PageToCheck {
  @IsUUID() contractorId: string;
  @IsUUID() pageId: string;
}

/** Names a secret, by its fingerprint, that renews others. */
export class SecretToRefresh {
  @IsUUID() contractorId: string;
  @Length(43, 43) key: string;
}

/** Looking after connections waits for nobody, and nobody waits for it. */
const CARE = defineLane({ name: 'care', concurrency: 5 });

// One attempt: the row says when to look again, and the timer rings again.
const ONCE = { attempts: 1, backoffMs: 1_000 };

export const checkConnectionJob = defineJob({
  name: 'pages.checkConnection',
  payload: PageToCheck,
  policy: { ...ONCE, timeoutMs: 120_000, lane: CARE },
});

export const refreshCredentialsJob = defineJob({
  name: 'pages.refreshCredentials',
  payload: SecretToRefresh,
  policy: { ...ONCE, timeoutMs: 30_000, lane: CARE },
});

export const checkConnectionsTimer = defineTimer({ name: 'pages.checkConnections', everyMs: 60_000 });
export const refreshCredentialsTimer = defineTimer({ name: 'pages.refreshRound', everyMs: 15_000 });
export const expiryTimer = defineTimer({ name: 'pages.expiry', everyMs: 60_000 });

/** Everything that this module's workers handle. */
export const PAGES_DEFINITIONS = [
  ...[checkConnectionJob, refreshCredentialsJob],
  ...[checkConnectionsTimer, refreshCredentialsTimer, expiryTimer],
];
