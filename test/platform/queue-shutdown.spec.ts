import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import { defineJob } from '../../src/platform/queue/job.js';
import type { JobRun } from '../../src/platform/queue/handler.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { describeOnEachQueue } from '../harness/queue-backends.js';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { handlerOf, Note, note, pause, startWorker, until } from './queue-worker.js';

const work = defineJob({ name: 'notes.work', payload: Note, policy: { attempts: 1, backoffMs: 10, timeoutMs: 60_000 } });

describeOnEachQueue('A worker that stops', (backend) => {
  let database: TestDatabase;
  let doing: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const start = (name: string, run: (payload: Note, job: JobRun) => Promise<void>, shutdownGraceMs = 5_000) =>
    startWorker({
      database,
      backend,
      definitions: [work],
      handlers: [
        handlerOf(work, async (payload, job) => {
          doing.push(`${name} starts ${payload.word}`);
          await run(payload, job);
          doing.push(`${name} ends ${payload.word}`);
        }),
      ],
      settings: { shutdownGraceMs },
    });
  const ring = (app: INestApplicationContext, word: string) =>
    app.get(Queues).ring(work, [{ payload: note(word), jobId: `stop-${word}` }]);

  it('A8 lets its handlers finish and takes no further job', async () => {
    doing = [];
    const app = await start('first', () => pause(600));
    await ring(app, 'a');
    await until('it runs', () => doing.length === 1);
    const closing = app.close();
    await closing;
    expect(doing).toEqual(['first starts a', 'first ends a']);
  });

  it('A8 gives back what does not finish in time, and another worker does it at once', async () => {
    doing = [];
    const untilAborted = (_: Note, { signal }: JobRun) =>
      new Promise<void>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('interrupted'))));
    const first = await start('first', untilAborted, 300);
    await ring(first, 'b');
    await until('it runs', () => doing.length === 1);
    await first.close();
    const second = await start('second', () => Promise.resolve());
    await until('the other worker did it', () => doing.includes('second ends b'), 3_000);
    await second.close();
    expect(doing).toEqual(['first starts b', 'second starts b', 'second ends b']);
  });

  it('does not wait for a handler that ignores its signal', async () => {
    doing = [];
    let release = () => {};
    const stubborn = new Promise<void>((resolve) => (release = resolve));
    const app = await start('stubborn', () => stubborn, 200);
    await ring(app, 'c');
    await until('it runs', () => doing.length === 1);
    const started = performance.now();
    await app.close();
    expect(performance.now() - started).toBeLessThan(6_000);
    release();
    const next = await start('next', () => Promise.resolve());
    await until('another worker did it', () => doing.includes('next ends c'), 3_000);
    await next.close();
  });

  it('by SIGKILL has its job run again within fifteen seconds', async () => {
    doing = [];
    const victim = spawn(process.execPath, [fileURLToPath(new URL('queue-victim.mjs', import.meta.url))], {
      env: {
        ...process.env,
        QUEUE: backend.queueUrl(database),
        PREFIX: backend.prefix,
        APP: database.appUrl,
        SYSTEM: database.systemUrl,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(victim.stdout, 'data')) as [Buffer];
    expect(line.toString().trim()).toBe('ready');
    const running = once(victim.stdout, 'data');
    const heir = await start('heir', () => Promise.resolve());
    // Both workers listen: ring until the victim is the one that takes a job.
    for (let word = 0; victim.exitCode === null; word += 1) {
      await ring(heir, `d${word}`);
      const taken = await Promise.race([running, pause(30).then(() => undefined)]);
      if (taken) break;
    }
    const [taken] = (await running) as [Buffer];
    victim.kill('SIGKILL');
    const word = taken.toString().trim();
    await until(`"${word}" ran again`, () => doing.includes(`heir ends ${word}`), 15_000);
    await heir.close();
  });
});
