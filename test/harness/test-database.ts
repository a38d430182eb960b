import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A database of a test's own: a copy of the migrated template, dropped at the end. */
export interface TestDatabase {
  readonly name: string;
  readonly appUrl: string;
  readonly systemUrl: string;
  readonly ownerUrl: string;
  readonly superuserUrl: string;
  drop(): Promise<void>;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = (login: string, password: string, database = name) =>
    `postgres://${login}:${password}@127.0.0.1:${process.env.TEST_POSTGRES_PORT}/${database}`;
  const superuser = new URL(process.env.TEST_SUPERUSER_URL!);
  const asSuperuser = async (sql: string) => {
    const client = new pg.Client({ connectionString: superuser.href });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  // Serialised by an advisory lock: CREATE DATABASE refuses a template that another session is copying.
  const client = new pg.Client({ connectionString: superuser.href });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(42)');
    await client.query(`create database ${name} template template_vestnik owner vestnik_owner`);
    // A copy does not inherit the rights of its template: the same ones again, see roles.ts and queue-schema.ts.
    await client.query(`revoke all on database ${name} from public`);
    await client.query(`grant connect on database ${name} to vestnik_app, vestnik_system`);
    await client.query(`grant temporary on database ${name} to vestnik_system`);
  } finally {
    await client.end();
  }
  return {
    name,
    appUrl: url('vestnik_app', 'app'),
    systemUrl: url('vestnik_system', 'system'),
    ownerUrl: url('vestnik_owner', 'owner'),
    superuserUrl: url('postgres', superuser.password),
    drop: () => asSuperuser(`drop database ${name} with (force)`),
  };
}
