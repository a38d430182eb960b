import { describe } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { TestDatabase } from './test-database.js';

/** A place where the queue may live, as the suites see it. */
export interface QueueBackendUnderTest {
  readonly name: 'PostgreSQL' | 'Redis';
  queueUrl(database: TestDatabase): string;
  /** Keeps test files apart that share one Redis. */
  readonly prefix: string;
}

/**
 * Runs a suite once per queue backend: PostgreSQL always, Redis when TEST_REDIS_URL names a server that may be written
 * to. Without it the Redis half is shown as skipped, and one line says why.
 */
export function describeOnEachQueue(title: string, suite: (backend: QueueBackendUnderTest) => void): void {
  const prefix = `test-${randomUUID()}`;
  describe(`${title} (PostgreSQL)`, () => suite({ name: 'PostgreSQL', queueUrl: (database) => database.systemUrl, prefix }));
  const redisUrl = process.env.TEST_REDIS_URL;
  if (!redisUrl) process.stderr.write('Redis suites skipped: TEST_REDIS_URL is not set\n');
  const onRedis = redisUrl ? describe : describe.skip;
  onRedis(`${title} (Redis)`, () => suite({ name: 'Redis', queueUrl: () => redisUrl ?? '', prefix }));
}
