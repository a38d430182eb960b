import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { UnitOfWork } from '../../src/platform/database/work.js';
import { QueueActivity, QueueHealth } from '../../src/platform/queue/activity.js';
import { defineEvent, defineJob } from '../../src/platform/queue/job.js';
import { Outbox } from '../../src/platform/queue/outbox.js';
import { BadPayload } from '../../src/platform/queue/payload.js';
import { OutboxRelay } from '../../src/platform/queue/relay.js';
import { describeOnEachQueue } from '../harness/queue-backends.js';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { CONTRACTOR, handlerOf, inTenant, Note, note, startWorker, until } from './queue-worker.js';

const policy = { attempts: 1, backoffMs: 10, timeoutMs: 5_000 };
const write = defineJob({ name: 'notes.write', payload: Note, policy });
const written = defineEvent({ name: 'note.written', payload: Note });
const index = defineJob({ name: 'notes.index', on: written, policy });
const announce = defineJob({ name: 'notes.announce', on: written, policy });
const shout = defineJob({ name: 'notes.shout', on: written, when: ({ word }) => word === 'fire', policy });
const unheard = defineEvent({ name: 'note.unheard', payload: Note });

describeOnEachQueue('The outbox', (backend) => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let runs: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startWorker({
      database,
      backend,
      definitions: [write, index, announce, shout, unheard],
      handlers: [
        handlerOf(write, ({ word }) => void runs.push(`write ${word}`)),
        handlerOf(announce, ({ word }) => void runs.push(`announce ${word}`)),
        handlerOf(shout, ({ word }) => void runs.push(`shout ${word}`)),
        handlerOf(index, ({ word }) => {
          runs.push(`index ${word}`);
          throw new Error('the index is away');
        }),
      ],
    });
  });
  beforeEach(() => {
    runs = [];
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const idle = () => until('the queue is idle', () => app.get(QueueActivity).isIdle());
  const asOwner = async (sql: string) => {
    const client = new pg.Client({ connectionString: database.superuserUrl });
    await client.connect();
    return await client.query(sql).finally(() => client.end());
  };

  it('runs a job of a committed transaction once, soon after the commit', async () => {
    const started = performance.now();
    await inTenant(app, (tx) => app.get(Outbox).enqueue(tx, write, note('a')));
    await until('the job ran', () => runs.length > 0, 3_000);
    expect(performance.now() - started).toBeLessThan(900);
    await idle();
    expect(runs).toEqual(['write a']);
  });

  it('never runs a job of a transaction that was rolled back', async () => {
    const lost = inTenant(app, async (tx) => {
      await app.get(Outbox).enqueue(tx, write, note('never'));
      throw new Error('changed my mind');
    });
    await expect(lost).rejects.toThrow('changed my mind');
    await inTenant(app, (tx) => app.get(Outbox).enqueue(tx, write, note('after')));
    await until('the later job ran', () => runs.length > 0);
    await idle();
    expect(runs).toEqual(['write after']);
  });

  it('runs each job once while several relays sweep at the same time', async () => {
    await inTenant(app, async (tx) => {
      for (let word = 0; word < 50; word += 1) await app.get(Outbox).enqueue(tx, write, note(String(word)));
    });
    await Promise.all(Array.from({ length: 4 }, () => app.get(OutboxRelay).runOnce()));
    await idle();
    expect(runs).toHaveLength(50);
    expect(new Set(runs).size).toBe(50);
  });

  it('runs a job once when a relay died after delivering and before noting it', async () => {
    await inTenant(app, (tx) => app.get(Outbox).enqueue(tx, write, note('again')));
    await idle();
    await asOwner('update outbox set relayed_at = null');
    await app.get(OutboxRelay).runOnce();
    await idle();
    expect(runs).toEqual(['write again']);
  });

  it('brings an event to every subscriber, also when one of them fails', async () => {
    await inTenant(app, (tx) => app.get(Outbox).publish(tx, written, note('news')));
    await idle();
    await until('both ran', () => runs.length === 2);
    expect(runs.sort()).toEqual(['announce news', 'index news']);
  });

  it('brings an event only to those subscribers whom it concerns', async () => {
    for (const word of ['smoke', 'fire']) await inTenant(app, (tx) => app.get(Outbox).publish(tx, written, note(word)));
    await until('all ran', () => runs.length === 5);
    await idle();
    expect(runs.filter((run) => run.startsWith('shout'))).toEqual(['shout fire']);
  });

  it('lets an event pass that nobody subscribes to', async () => {
    await inTenant(app, (tx) => app.get(Outbox).publish(tx, unheard, note('alone')));
    await idle();
    expect(runs).toEqual([]);
  });

  it('refuses unknown, missing and wrong fields before the row is written', async () => {
    const enqueue = (payload: object) => inTenant(app, (tx) => app.get(Outbox).enqueue(tx, write, payload as Note));
    await expect(enqueue({ ...note('x'), text: 'Good morning' })).rejects.toThrow(BadPayload);
    await expect(enqueue({ contractorId: CONTRACTOR })).rejects.toThrow('word (isString)');
    await expect(enqueue({ word: 'x' })).rejects.toThrow('contractorId (isUuid)');
    await idle();
    expect(runs).toEqual([]);
  });

  it('refuses a job for another contractor than the transaction’s', async () => {
    const foreign = { contractorId: randomUUID(), word: 'foreign' };
    await expect(inTenant(app, (tx) => app.get(Outbox).enqueue(tx, write, foreign))).rejects.toThrow(/row-level security/);
  });

  it('drops a row whose payload names another contractor than the row', async () => {
    const insert = `insert into outbox (contractor_id, id, name, payload) values ('${CONTRACTOR}', '${randomUUID()}', 'notes.write',
      '{"contractorId": "${randomUUID()}", "word": "forged"}')`;
    await asOwner(insert);
    await idle();
    expect(runs).toEqual([]);
  });

  it('keeps the application’s role away from the queue and from the outbox’s rows', async () => {
    const tenant = wholeContractor(CONTRACTOR);
    const work = app.get(UnitOfWork);
    await expect(work.forTenant(tenant, (tx) => tx.query('select * from bullmq.job'))).rejects.toThrow(/permission denied/);
    await expect(work.forTenant(tenant, (tx) => tx.query('select * from outbox'))).rejects.toThrow(/permission denied/);
    await expect(work.forTenant(tenant, (tx) => tx.query('delete from outbox'))).rejects.toThrow(/permission denied/);
  });

  it('leaves rows that no definition of this worker names, for a newer worker', async () => {
    await asOwner(`insert into outbox (contractor_id, id, name, payload) values ('${CONTRACTOR}', '${randomUUID()}', 'notes.fromTheFuture',
      '{"contractorId": "${CONTRACTOR}"}')`);
    await app.get(OutboxRelay).runOnce();
    const left = await asOwner(`select relayed_at from outbox where name = 'notes.fromTheFuture'`);
    expect(left.rows).toEqual([{ relayed_at: null }]);
    await expect(app.get(QueueActivity).isIdle()).resolves.toBe(true);
  });

  it('reports that it is well', async () => {
    await expect(app.get(QueueHealth).check()).resolves.toBeUndefined();
  });
});
