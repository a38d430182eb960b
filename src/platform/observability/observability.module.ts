import { type BeforeApplicationShutdown, type DynamicModule, Global, Module } from '@nestjs/common';
import { UnitOfWork } from '../database/work.js';
import { Health } from './health.js';
import { MetricsAccess } from './metrics-access.js';
import { Metrics } from './metrics.js';
import { ObservabilityController } from './observability.controller.js';

@Global()
@Module({
  controllers: [ObservabilityController],
  providers: [
    Metrics,
    {
      provide: Health,
      inject: [UnitOfWork],
      useFactory: (work: UnitOfWork) => {
        const health = new Health();
        health.add({
          name: 'database',
          check: async () => {
            await work.acrossTenants('readiness', (tx) => tx.query('select 1'));
            return undefined;
          },
        });
        return health;
      },
    },
  ],
  exports: [Metrics, Health],
})
export class ObservabilityModule implements BeforeApplicationShutdown {
  constructor(private readonly health: Health) {}

  static with(access: MetricsAccess): DynamicModule {
    return { module: ObservabilityModule, providers: [{ provide: MetricsAccess, useValue: access }] };
  }

  beforeApplicationShutdown(): void {
    this.health.drain();
  }
}
