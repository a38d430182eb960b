import type { DynamicModule, Type } from '@nestjs/common';
import type { Clock } from '../platform/clock/clock.js';
import type { Config } from '../platform/config/config.js';
import { PublishingTurns } from '../modules/publishing/publishing.module.js';
import { DatabaseModule } from '../platform/database/database.module.js';
import { MailModule } from '../platform/mail/mail.module.js';
import { MetricsAccess } from '../platform/observability/metrics-access.js';
import { ObservabilityModule } from '../platform/observability/observability.module.js';
import { PlatformModule } from '../platform/platform.module.js';
import { SignedLinksModule } from '../platform/storage/signed-links.module.js';
import { StorageModule } from '../platform/storage/storage.module.js';
import { ENTITIES } from './entities.js';
import { NetworksModule } from './networks.module.js';

export interface PoolShape {
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  readonly connectionTimeoutMs: number;
}

/** An API answers quickly or not at all: with a full pool it says 503 soon instead of hanging. */
export const API_POOL: PoolShape = { poolSize: 20, statementTimeoutMs: 5_000, connectionTimeoutMs: 2_000 };
/**
 * A worker may take longer over a statement, and waits for a connection rather than give up what it has begun. It has fewer
 * of them than jobs: a job holds one for moments, and the busier each is, the sooner it knows all plans.
 */
export const WORKER_POOL: PoolShape = { poolSize: 10, statementTimeoutMs: 15_000, connectionTimeoutMs: 10_000 };
/** Everything in one process. */
export const LOCAL_POOL: PoolShape = { ...WORKER_POOL, connectionTimeoutMs: API_POOL.connectionTimeoutMs };

/** What every process stands on. */
export function foundation(config: Config, clock: Clock, pool: PoolShape): (DynamicModule | Type)[] {
  const { databaseUrl, databaseSystemUrl } = config;
  return [
    PlatformModule.with(clock, config.secretKeys),
    DatabaseModule.forRoot({ databaseUrl, databaseSystemUrl, ...pool }, ENTITIES),
    StorageModule.forRoot(config.storageUrl),
    SignedLinksModule.with(config.accessTokenSecret, config.publicUrl),
    MailModule.with(config.smtpUrl, config.mailFrom),
    ObservabilityModule.with(new MetricsAccess(config.metricsToken, config.production)),
    NetworksModule.with(config.networks),
    PublishingTurns,
  ];
}
