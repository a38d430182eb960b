import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Provider } from '@nestjs/common';
import { RunsOnTimer } from '../../src/platform/queue/handler.js';
import { defineEvent, defineJob, defineTimer, type Definition } from '../../src/platform/queue/job.js';
import { Timers } from '../../src/platform/queue/timers.js';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { handlerOf, Note, pause, startWorker } from './queue-worker.js';

const policy = { attempts: 1, backoffMs: 10, timeoutMs: 5_000 };
const write = defineJob({ name: 'notes.write', payload: Note, policy });
const index = defineJob({ name: 'notes.index', on: defineEvent({ name: 'note.written', payload: Note }), policy });
const tick = defineTimer({ name: 'notes.tick', everyMs: 20 });

describe('A worker', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const start = (definitions: Definition[], handlers: Provider[], timers?: 'manual') => {
    const backend = { name: 'PostgreSQL' as const, prefix: '', queueUrl: () => database.systemUrl };
    return startWorker({ database, backend, definitions, handlers, settings: timers ? { timers } : {} });
  };
  const nothing = () => undefined;
  let ticks = 0;

  @RunsOnTimer(tick)
  class Ticking {
    running = 0;

    async run(): Promise<void> {
      this.running += 1;
      ticks += this.running === 1 ? 1 : 1_000;
      await pause(50);
      this.running -= 1;
    }
  }

  it('refuses to start when handlers are missing, doubled or stray, and lists all of it', async () => {
    const stray = defineJob({ name: 'notes.stray', payload: Note, policy });
    const handlers = [handlerOf(write, nothing), handlerOf(write, nothing), handlerOf(stray, nothing)];
    const refused = await start([write, index, tick], handlers).then(
      () => 'started',
      (error: Error) => error.message,
    );
    expect(refused).toContain('job "notes.write" has 2 handlers');
    expect(refused).toContain('job "notes.index" has no handler');
    expect(refused).toContain('timer "notes.tick" has no handler');
    expect(refused).toContain('handles the job "notes.stray", which is not among the definitions');
  });

  it('refuses a name that is defined twice', async () => {
    const twin = defineJob({ name: 'notes.write', payload: Note, policy });
    await expect(start([write, twin], [handlerOf(write, nothing), handlerOf(twin, nothing)])).rejects.toThrow(
      'the name "notes.write" is defined more than once',
    );
  });

  it('repeats its timers without a run beginning before the last one ended', async () => {
    ticks = 0;
    const app = await start([tick], [Ticking]);
    await Promise.all([app.get(Timers).runOnce(tick), app.get(Timers).runOnce(tick)]);
    await pause(300);
    await app.close();
    expect(ticks).toBeGreaterThan(3);
    expect(ticks).toBeLessThan(12);
    const atTheEnd = ticks;
    await pause(100);
    expect(ticks).toBe(atTheEnd);
  });

  it('leaves timers to the test when they are manual', async () => {
    ticks = 0;
    const app = await start([tick], [Ticking], 'manual');
    await pause(100);
    expect(ticks).toBe(0);
    await app.get(Timers).runOnce(tick);
    expect(ticks).toBe(1);
    await app.close();
  });
});
