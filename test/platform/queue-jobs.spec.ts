import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { QueueActivity } from '../../src/platform/queue/activity.js';
import { defineJob, defineLane } from '../../src/platform/queue/job.js';
import { BadPayload } from '../../src/platform/queue/payload.js';
import { Queues } from '../../src/platform/queue/queues.js';
import type { JobOutcome } from '../../src/platform/queue/settings.js';
import { describeOnEachQueue } from '../harness/queue-backends.js';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { CONTRACTOR, handlerOf, Note, note, pause, startWorker, until } from './queue-worker.js';

const slow = defineLane({ name: 'slow', concurrency: 2 });
const work = defineJob({ name: 'notes.work', payload: Note, policy: { attempts: 1, backoffMs: 10, timeoutMs: 5_000 } });
const flaky = defineJob({ name: 'notes.flaky', payload: Note, policy: { attempts: 3, backoffMs: 200, timeoutMs: 5_000 } });
const long = defineJob({ name: 'notes.long', payload: Note, policy: { attempts: 1, backoffMs: 10, timeoutMs: 300, lane: slow } });
// The same name and another payload: what an older release may have left in the queue.
class OldNote extends Note {
  text!: string;
}
const oldWork = { ...work, payload: OldNote };

describeOnEachQueue('A job', (backend) => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let runs: { word: string; attempt: number; at: number }[] = [];
  let outcomes: JobOutcome[] = [];
  let aborted: unknown;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startWorker({
      database,
      backend,
      definitions: [work, flaky, long],
      handlers: [
        handlerOf(work, ({ word }, { attempt }) => void runs.push({ word, attempt, at: performance.now() })),
        handlerOf(flaky, ({ word }, { attempt }) => {
          runs.push({ word, attempt, at: performance.now() });
          if (word === 'never' || attempt < 3) throw new Error('not yet');
        }),
        handlerOf(long, async (_, { signal }) => {
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          aborted = signal.reason;
          signal.throwIfAborted();
        }),
      ],
      settings: { observe: (outcome) => void outcomes.push(outcome) },
    });
  });
  beforeEach(() => {
    runs = [];
    outcomes = [];
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const ended = (count: number) => until(`${count} attempt(s) ended`, () => outcomes.length >= count);

  it('is tried again with growing pauses until it succeeds', async () => {
    await app.get(Queues).ring(flaky, [{ payload: note('third time'), jobId: 'flaky-1' }]);
    await ended(3);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['retried', 'retried', 'completed']);
    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    const [first, second, third] = runs.map(({ at }) => at) as [number, number, number];
    // The jitter takes up to a fifth away.
    expect(second - first).toBeGreaterThanOrEqual(155);
    expect(third - second).toBeGreaterThanOrEqual(315);
  });

  it('is given up after its last attempt, and may be rung again then', async () => {
    await app.get(Queues).ring(flaky, [{ payload: note('never'), jobId: 'flaky-2' }]);
    await ended(3);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['retried', 'retried', 'failed']);
    await app.get(Queues).ring(flaky, [{ payload: note('now'), jobId: 'flaky-2' }]);
    await ended(6);
    expect(outcomes.at(-1)?.outcome).toBe('completed');
  });

  it('is rung once while it waits, and anew after it ran', async () => {
    await app.get(QueueActivity).pause();
    const ring = () => app.get(Queues).ring(work, [{ payload: note('x'), jobId: 'work-1' }]);
    await ring();
    await ring();
    await expect(app.get(QueueActivity).isIdle()).resolves.toBe(false);
    await app.get(QueueActivity).resume();
    await ended(1);
    await until('idle', () => app.get(QueueActivity).isIdle());
    expect(runs).toHaveLength(1);
    await ring();
    await ended(2);
    expect(runs).toHaveLength(2);
  });

  it('goes through in bulk', async () => {
    const rings = Array.from({ length: 200 }, (_, word) => ({ payload: note(String(word)), jobId: `bulk-${word}` }));
    await app.get(Queues).ring(work, rings);
    await ended(200);
    expect(new Set(runs.map(({ word }) => word)).size).toBe(200);
  });

  it('with an unknown field is refused when it is rung', async () => {
    const ring = app.get(Queues).ring(work, [{ payload: { ...note('x'), text: 'secret' } as Note, jobId: 'bad-1' }]);
    await expect(ring).rejects.toThrow(BadPayload);
  });

  it('with an unknown field that is in the queue already fails without reaching the handler', async () => {
    class LenientNote {
      contractorId = CONTRACTOR;
      word = 'x';
      text = 'from another release';
    }
    await app.get(Queues).deliver([{ definition: oldWork, payload: new LenientNote(), jobId: 'bad-2' }]);
    await ended(1);
    expect(outcomes).toMatchObject([{ job: 'notes.work', outcome: 'failed' }]);
    expect(runs).toEqual([]);
  });

  it('is told by its signal that its time is over', async () => {
    await app.get(Queues).ring(long, [{ payload: note('x'), jobId: 'long-1' }]);
    await ended(1);
    expect(String(aborted)).toContain('300 ms');
    expect(outcomes).toMatchObject([{ lane: 'slow', outcome: 'failed' }]);
  });

  it('of a kind that this worker does not know is left for another worker', async () => {
    const unknown = { ...work, name: 'notes.fromTheFuture' };
    await app.get(Queues).deliver([{ definition: unknown, payload: note('x'), jobId: 'future-1' }]);
    await pause(300);
    await until('it was put aside', () => app.get(QueueActivity).isIdle());
    expect(outcomes).toEqual([]);
  });
});
