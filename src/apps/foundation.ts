import type { DynamicModule, Type } from '@nestjs/common';
import type { Clock } from '../platform/clock/clock.js';
import type { Config } from '../platform/config/config.js';
import { DatabaseModule } from '../platform/database/database.module.js';
import { MetricsAccess } from '../platform/observability/metrics-access.js';
import { ObservabilityModule } from '../platform/observability/observability.module.js';
import { PlatformModule } from '../platform/platform.module.js';
import { StorageModule } from '../platform/storage/storage.module.js';
import { ENTITIES } from './entities.js';
import { NetworksModule } from './networks.module.js';

/** An API answers quickly or not at all; a worker may take longer over a statement. */
export interface PoolShape {
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
}

export const API_POOL: PoolShape = { poolSize: 20, statementTimeoutMs: 5_000 };
export const WORKER_POOL: PoolShape = { poolSize: 30, statementTimeoutMs: 15_000 };

/** What every process stands on. */
export function foundation(config: Config, clock: Clock, pool: PoolShape): (DynamicModule | Type)[] {
  const { databaseUrl, databaseSystemUrl } = config;
  return [
    PlatformModule.with(clock, config.secretKeys),
    DatabaseModule.forRoot({ databaseUrl, databaseSystemUrl, ...pool }, ENTITIES),
    StorageModule.forRoot(config.storageUrl),
    ObservabilityModule.with(new MetricsAccess(config.metricsToken, config.production)),
    NetworksModule.with(config.networks),
  ];
}
