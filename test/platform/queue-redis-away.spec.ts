import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { QueueActivity, QueueHealth } from '../../src/platform/queue/activity.js';
import { CHECK_QUEUE_SERVER } from '../../src/platform/queue/housekeeping.js';
import { defineJob } from '../../src/platform/queue/job.js';
import { Outbox } from '../../src/platform/queue/outbox.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { Timers } from '../../src/platform/queue/timers.js';
import { describeWithRedisServer, RedisServer } from '../harness/redis-server.js';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { handlerOf, inTenant, Note, note, startWorker, until } from './queue-worker.js';

const work = defineJob({ name: 'notes.work', payload: Note, policy: { attempts: 1, backoffMs: 10, timeoutMs: 5_000 } });

describeWithRedisServer('Redis', () => {
  let database: TestDatabase;
  let redis: RedisServer;
  let app: INestApplicationContext | undefined;
  let done: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(async () => {
    done = [];
    redis = await RedisServer.onFreePort();
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    await redis.kill();
  });
  afterAll(() => database.drop());

  const start = async () => {
    const backend = { name: 'Redis' as const, prefix: 'away', queueUrl: () => redis.url };
    const handlers = [handlerOf(work, ({ word }) => void done.push(word))];
    app = await startWorker({ database, backend, definitions: [work], handlers });
    return app;
  };
  const enqueue = (worker: INestApplicationContext, word: string) =>
    inTenant(worker, (tx) => worker.get(Outbox).enqueue(tx, work, note(word)));

  it('C3 may go away: the worker that rings does the work itself, the outbox takes work and delivers it afterwards', async () => {
    await redis.start();
    const worker = await start();
    await enqueue(worker, 'before');
    await until('the first job ran', () => done.includes('before'));
    await redis.kill();
    const started = performance.now();
    await worker.get(Queues).ring(work, [{ payload: note('rung'), jobId: 'away-1' }]);
    await until('it was done without the queue', () => done.includes('rung'));
    expect(performance.now() - started).toBeLessThan(2_500);
    await enqueue(worker, 'meanwhile');
    await expect(worker.get(QueueHealth).check()).resolves.toContain('does not answer');
    await redis.start();
    await until('the waiting job ran', () => done.includes('meanwhile'), 10_000);
    expect(done.filter((word) => word === 'meanwhile')).toHaveLength(1);
  });

  it('may be away at the start: the worker starts and catches up', async () => {
    const worker = await start();
    await enqueue(worker, 'early');
    await redis.start();
    await until('the job ran', () => done.includes('early'), 10_000);
    await until('idle', () => worker.get(QueueActivity).isIdle());
  });

  it('C5 is refused at the start when it may evict jobs, with words that say what to change', async () => {
    await redis.start('allkeys-lru');
    await expect(start()).rejects.toThrow('maxmemory-policy "allkeys-lru"');
  });

  it('C5 is reported when its eviction policy is changed while we run', async () => {
    await redis.start();
    const worker = await start();
    await redis.kill();
    await redis.start('allkeys-lru');
    await until('reported', async () => {
      await worker.get(Timers).runOnce(CHECK_QUEUE_SERVER);
      return (await worker.get(QueueHealth).check())?.includes('noeviction') ?? false;
    });
  });
});
