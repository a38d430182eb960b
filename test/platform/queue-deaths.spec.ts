import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { QueueActivity } from '../../src/platform/queue/activity.js';
import { defineJob } from '../../src/platform/queue/job.js';
import { Outbox } from '../../src/platform/queue/outbox.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { OutboxRelay } from '../../src/platform/queue/relay.js';
import { describeOnEachQueue } from '../harness/queue-backends.js';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { handlerOf, inTenant, Note, note, startWorker, until } from './queue-worker.js';

const work = defineJob({ name: 'notes.work', payload: Note, policy: { attempts: 1, backoffMs: 10, timeoutMs: 60_000 } });

describeOnEachQueue('A job', (backend) => {
  let database: TestDatabase;
  let app: Awaited<ReturnType<typeof startWorker>>;
  const done: string[] = [];
  const victims: ChildProcess[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    const handlers = [handlerOf(work, ({ word }) => void done.push(word))];
    app = await startWorker({ database, backend, definitions: [work], handlers, settings: { timers: 'manual' } });
  });
  afterAll(async () => {
    for (const victim of victims) victim.kill('SIGKILL');
    await app.close();
    await database.drop();
  });

  /** A worker of its own process that hangs on its first job, when it has taken this one. */
  async function aVictimOf(word: string): Promise<ChildProcess> {
    const env = {
      ...{ QUEUE: backend.queueUrl(database), PREFIX: backend.prefix },
      ...{ APP: database.appUrl, SYSTEM: database.systemUrl },
    };
    const program = fileURLToPath(new URL('queue-victim.mjs', import.meta.url));
    const victim = spawn(process.execPath, [program], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    victims.push(victim);
    for await (const line of createInterface({ input: victim.stdout! })) if (line === word) return victim;
    throw new Error('It ended without the job');
  }

  it('runs again after two workers were killed over it', async () => {
    await app.get(QueueActivity).pause();
    await app.get(Queues).ring(work, [{ payload: note('unlucky'), jobId: 'deaths-1' }]);
    for (let death = 1; death <= 2; death += 1) {
      (await aVictimOf('unlucky')).kill('SIGKILL');
    }
    await app.get(QueueActivity).resume();
    await until('it ran', () => done.includes('unlucky'), 30_000);
  }, 120_000);

  it('is relayed though another relay holds other rows', async () => {
    await app.get(QueueActivity).pause();
    await inTenant(app, (tx) => app.get(Outbox).enqueue(tx, work, note('held')));
    const other = new pg.Client({ connectionString: database.superuserUrl });
    await other.connect();
    try {
      await other.query('begin; select 1 from outbox for update');
      await inTenant(app, (tx) => app.get(Outbox).enqueue(tx, work, note('free')));
      await app.get(OutboxRelay).runOnce();
      const waiting = `select payload ->> 'word' as word from outbox where relayed_at is null`;
      expect((await other.query(waiting)).rows).toEqual([{ word: 'held' }]);
    } finally {
      await other.end();
      await app.get(QueueActivity).resume();
    }
  });
});
