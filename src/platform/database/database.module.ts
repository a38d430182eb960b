import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { createDataSource } from './data-source.js';
import { UnitOfWork } from './work.js';

export interface DatabaseSettings {
  readonly databaseUrl: string;
  readonly databaseSystemUrl: string;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  readonly connectionTimeoutMs: number;
}

class Pools implements OnApplicationShutdown {
  constructor(private readonly close: () => Promise<void>) {}

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }
}

@Global()
@Module({})
export class DatabaseModule {
  static forRoot(settings: DatabaseSettings, entities: readonly (new () => object)[]): DynamicModule {
    const { poolSize: max, statementTimeoutMs, connectionTimeoutMs } = settings;
    const pool = { max, statementTimeoutMs, connectionTimeoutMs };
    const app = createDataSource({ url: settings.databaseUrl, ...pool }, entities);
    const system = createDataSource({ url: settings.databaseSystemUrl, ...pool }, entities);
    const close = async () => {
      for (const source of [app, system]) if (source.isInitialized) await source.destroy();
    };
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: UnitOfWork,
          useFactory: async () => {
            await Promise.all([app.initialize(), system.initialize()]);
            return new UnitOfWork(app, system);
          },
        },
        { provide: Pools, useFactory: () => new Pools(close) },
      ],
      exports: [UnitOfWork],
    };
  }
}
