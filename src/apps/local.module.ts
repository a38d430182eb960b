import { type DynamicModule, Module } from '@nestjs/common';
import type { IdentitySettings } from '../modules/identity/identity.settings.js';
import { type Clock, SystemClock } from '../platform/clock/clock.js';
import type { Config } from '../platform/config/config.js';
import { QueueModule } from '../platform/queue/queue.module.js';
import { resources } from './api.module.js';
import { JobMetricsModule } from './job-metrics.module.js';
import { QueueReadiness } from './queue-readiness.js';
import { foundation, LOCAL_POOL } from './foundation.js';
import { DEFINITIONS, handlers, HOUSEKEEPING } from './worker.module.js';

export interface LocalOptions {
  readonly clock?: Clock;
  readonly identity?: Partial<IdentitySettings>;
  /** `manual`: a test drives the timers. */
  readonly timers?: 'running' | 'manual';
  /** Tells test runs apart that share one Redis. */
  readonly queuePrefix?: string;
  /** How many the database's pools and the queue's pool may open: the fewer, the sooner each knows all plans. */
  readonly connections?: { readonly database: number; readonly queue: number };
}

/** API and workers in one process: for a laptop, the demo and the tests. */
@Module({})
export class LocalModule {
  static with(config: Config, options: LocalOptions = {}): DynamicModule {
    const { clock = new SystemClock(), identity, timers = 'running', queuePrefix, connections } = options;
    const { queueUrl, databaseSystemUrl } = config;
    const settings = {
      ...{ queueUrl, databaseSystemUrl, timers },
      ...(queuePrefix !== undefined && { prefix: queuePrefix }),
      ...(connections && { spareConnections: connections.queue }),
    };
    const queue = QueueModule.forWorker(settings, DEFINITIONS);
    return {
      module: LocalModule,
      imports: [
        ...foundation(config, clock, { ...LOCAL_POOL, ...(connections && { poolSize: connections.database }) }),
        JobMetricsModule,
        queue,
        ...resources(config, identity),
        ...handlers(config),
      ],
      providers: [QueueReadiness, ...HOUSEKEEPING],
    };
  }
}
