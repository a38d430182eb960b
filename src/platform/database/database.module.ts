import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { withDeadline } from '../clock/deadline.js';
import { pause } from '../clock/pause.js';
import { createDataSource } from './data-source.js';
import { isUnavailable } from './unavailable.js';
import { UnitOfWork } from './work.js';

export interface DatabaseSettings {
  readonly databaseUrl: string;
  readonly databaseSystemUrl: string;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  readonly connectionTimeoutMs: number;
}

/** A statement that a server does not answer must not keep a process from ending. */
const CLOSE_MS = 5_000;

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
      const open = [app, system].filter((source) => source.isInitialized);
      await Promise.all(open.map((source) => withDeadline('Closing a pool', CLOSE_MS, source.destroy()).catch(() => undefined)));
    };
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: UnitOfWork,
          useFactory: async () => {
            await connected([app, system]);
            return new UnitOfWork(app, system);
          },
        },
        { provide: Pools, useFactory: () => new Pools(close) },
      ],
      exports: [UnitOfWork],
    };
  }
}

/**
 * A process that starts waits for a server that is starting itself, or is busy: after a failure all come up at once, and a server
 * that was stopped hard reads its log first. Whoever gives up sooner is only started again, which costs the busy machine more.
 */
const PATIENCE_MS = 120_000;
const BETWEEN_TRIES_MS = 500;

async function connected(sources: readonly DataSource[]): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (const source of sources) while (!source.isInitialized) await connect(source, giveUpAt);
}

async function connect(source: DataSource, giveUpAt: number): Promise<void> {
  try {
    await source.initialize();
  } catch (error) {
    if (!isUnavailable(error) || performance.now() > giveUpAt) throw error;
    await pause(BETWEEN_TRIES_MS);
  }
}
