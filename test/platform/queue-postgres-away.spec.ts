import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { QueueHealth } from '../../src/platform/queue/activity.js';
import { defineJob } from '../../src/platform/queue/job.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { handlerOf, Note, note, startWorker, until } from './queue-worker.js';

const work = defineJob({ name: 'notes.work', payload: Note, policy: { attempts: 1, backoffMs: 10, timeoutMs: 5_000 } });

describe('PostgreSQL as the queue', () => {
  let database: TestDatabase;
  let wire: Server;
  let isThere = true;
  let done: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    wire = createServer((client) => {
      if (!isThere) return void client.destroy();
      const server = connect(Number(process.env.TEST_POSTGRES_PORT), '127.0.0.1');
      for (const socket of [client, server]) socket.on('error', () => undefined);
      client.pipe(server).pipe(client);
    }).listen(0, '127.0.0.1');
    await once(wire, 'listening');
  });
  beforeEach(() => {
    done = [];
    isThere = true;
  });
  afterAll(async () => {
    wire.close();
    await database.drop();
  });

  function start(): Promise<INestApplicationContext> {
    const url = new URL(database.systemUrl);
    url.port = String((wire.address() as AddressInfo).port);
    const backend = { name: 'PostgreSQL' as const, prefix: 'away', queueUrl: () => url.href };
    return startWorker({
      database,
      backend,
      definitions: [work],
      handlers: [handlerOf(work, ({ word }) => void done.push(word))],
    });
  }

  it('may be away when it is first used: that failure is not remembered, neither by who rings nor by who works', async () => {
    isThere = false;
    const worker = await start();
    await expect(worker.get(Queues).ring(work, [{ payload: note('lost'), jobId: 'away-1' }])).rejects.toThrow();
    isThere = true;
    await until('a ring is heard', async () => {
      await worker
        .get(Queues)
        .ring(work, [{ payload: note('heard'), jobId: 'away-2' }])
        .catch(() => undefined);
      return done.includes('heard');
    });
    await expect(worker.get(QueueHealth).check()).resolves.toBeUndefined();
    await worker.close();
  });
});
