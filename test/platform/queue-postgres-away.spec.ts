import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { QueueHealth } from '../../src/platform/queue/activity.js';
import { defineJob } from '../../src/platform/queue/job.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { Wire } from '../harness/wire.js';
import { handlerOf, Note, note, startWorker, until } from './queue-worker.js';

const work = defineJob({ name: 'notes.work', payload: Note, policy: { attempts: 1, backoffMs: 10, timeoutMs: 5_000 } });

describe('PostgreSQL as the queue', () => {
  const done: string[] = [];
  let wire: Wire;
  let database: TestDatabase;
  let worker: INestApplicationContext | undefined;

  beforeAll(async () => {
    database = await createTestDatabase();
    const url = new URL(database.systemUrl);
    wire = await Wire.to(Number(process.env.TEST_POSTGRES_PORT));
    wire.isOpen = false;
    url.port = String(wire.port);
    const backend = { name: 'PostgreSQL' as const, prefix: 'away', queueUrl: () => url.href };
    const handlers = [handlerOf(work, ({ word }) => void done.push(word))];
    worker = await startWorker({ database, backend, definitions: [work], handlers });
  });
  afterAll(async () => {
    await worker?.close();
    wire.close();
    await database.drop();
  });

  const ring = (word: string): Promise<void> => worker!.get(Queues).ring(work, [{ payload: note(word), jobId: `away-${word}` }]);

  it('may be away when it is first used: neither who rings nor who works remembers that failure', async () => {
    await ring('alone');
    await until('the worker did it itself', () => done.includes('alone'));
    wire.isOpen = true;
    await until('the queue answers', async () => (await worker!.get(QueueHealth).check()) === undefined);
    await ring('heard');
    await until('the job ran', () => done.includes('heard'));
    expect(done).toEqual(['alone', 'heard']);
  });
});
