import { DataSource, type DataSourceOptions } from 'typeorm';
import pg from 'pg';
import { CONNECTION_LIFE_SECONDS, PooledClient } from './pooled-client.js';

const DATE = 1082;
const INT8 = 20;

/** Calendar days stay text (a day has no instant), 64-bit integers are bigint (kopecks are exact). */
const parsers = new Map<number, (value: string) => unknown>([
  [DATE, (value) => value],
  [INT8, BigInt],
]);

export interface PoolSettings {
  readonly url: string;
  readonly max: number;
  readonly statementTimeoutMs: number;
  /** How long whoever finds the pool full waits for a connection. */
  readonly connectionTimeoutMs: number;
}

type EntityClass = new () => object;

/** A pipelining pool: statements of one transaction need not wait for each other's answers. */
export function createDataSource(pool: PoolSettings, entities: readonly EntityClass[]): DataSource {
  const options: DataSourceOptions = {
    type: 'postgres',
    url: pool.url,
    entities: [...entities],
    synchronize: false,
    logging: false,
    extra: {
      Client: PooledClient,
      pipeline: true,
      max: pool.max,
      idleTimeoutMillis: 0,
      maxLifetimeSeconds: CONNECTION_LIFE_SECONDS,
      connectionTimeoutMillis: pool.connectionTimeoutMs,
      // No transaction of ours holds back vacuum for longer than a minute, however short its statements are.
      options: `-c timezone=UTC -c statement_timeout=${pool.statementTimeoutMs} -c idle_in_transaction_session_timeout=10000 -c transaction_timeout=60000 -c lock_timeout=4000`,
      types: {
        getTypeParser: (oid: number, format: 'text' | 'binary') =>
          (format === 'text' ? parsers.get(oid) : undefined) ?? pg.types.getTypeParser(oid, format as 'text'),
      },
    },
  };
  return new DataSource(options);
}
