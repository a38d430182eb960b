import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Agency, anAgency, morePages } from '../builders/agency.js';
import { anApprovedPost, schedule, timesOnPage } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { FEW_CONNECTIONS, Harness } from '../harness/harness.js';
import type { Program } from '../harness/program.js';
import { Wire } from '../harness/wire.js';
import { anApiProcess, aWorkerProcess } from '../harness/worker-process.js';
import { until } from '../platform/queue-worker.js';
import { dispatchTimer } from '../../src/modules/publishing/publishing.jobs.js';
import { UnitOfWork } from '../../src/platform/database/work.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { QueueActivity } from '../../src/platform/queue/activity.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { Timers } from '../../src/platform/queue/timers.js';

/** Eats memory until the heap is full when it is told to. */
const LEAK = `data:text/javascript,process.on('SIGUSR2',()=>{const eaten=[];for(;;)eaten.push(new Array(100000).fill(eaten))})`;
const SKEW = pathToFileURL(resolve('torture/clock-skew.mjs')).href;

// Other processes have to start and end meanwhile.
jest.setTimeout(240_000);

describe('processes that die', () => {
  let harness: Harness;
  let agency: Agency;
  let pages: Loose[];
  const started: Program[] = [];

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
    pages = [agency.okPage, ...(await morePages(harness, agency, { network: 'vk', count: 5, first: 530_000_000 }))];
  });
  afterAll(() => harness.close());
  beforeEach(() => harness.app.get(QueueActivity).pause());
  afterEach(async () => {
    for (const program of started.splice(0)) program.remove();
    harness.sandbox.vk.scripts.clear();
    harness.sandbox.ok.scripts.clear();
    await harness.app.get(QueueActivity).resume();
  });

  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);
  const everywhere = (post: Loose): number[] => pages.map((page) => timesOnPage(harness, post, page));
  const once = (): number[] => pages.map(() => 1);
  const sendsOf = (post: Loose): number => everywhere(post).reduce((sum, times) => sum + times, 0);

  async function aWorker(kind: Parameters<typeof aWorkerProcess>[1] = {}): Promise<Program> {
    const worker = await aWorkerProcess(harness, kind);
    started.push(worker);
    return worker;
  }

  async function dueOn(where: Loose[] = pages): Promise<Loose> {
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(1), where);
    await harness.clock.advance({ minutes: 1, seconds: 1 });
    return post;
  }

  const rowsOf = (post: Loose) =>
    harness.sql<{ state: string; attempts: number; late: number }>(
      `select state, extract(epoch from published_at - due_at)::float8 as late,
         (select count(*)::integer from publication_attempts a where a.publication_id = p.id) as attempts
       from publications p where post_id = $1`,
      [post.id],
    );
  const isPublished = async (post: Loose): Promise<boolean> => (await rowsOf(post)).every(({ state }) => state === 'published');

  /** Somebody else takes over: leases run out, and what is unclear is looked for. */
  async function takenOver(post: Loose): Promise<void> {
    await harness.app.get(QueueActivity).resume();
    for (let i = 0; i < 3; i += 1) {
      await harness.clock.advance({ minutes: 1, seconds: 40 });
      await harness.drain();
    }
    const rows = await rowsOf(post);
    expect(rows.map(({ state, attempts }) => [state, attempts])).toEqual(pages.map(() => ['published', 1]));
    expect(everywhere(post)).toEqual(once());
  }

  const hang = (): void => {
    harness.sandbox.vk.next('wall.post').acceptsThenHangs().always();
    harness.sandbox.ok.next('mediatopic.post').acceptsThenHangs().always();
  };

  it('A5 a worker killed between the request and the answer: every post is found on its page, none is sent twice', async () => {
    hang();
    const post = await dueOn();
    const worker = await aWorker();
    await until('all requests arrived', () => sendsOf(post) === pages.length, 60_000);
    worker.kill('SIGKILL');
    expect(await worker.ends()).toBe('SIGKILL');
    await takenOver(post);
  });

  it('A6 a worker killed between the answer and its own commit: every number is recovered, nothing is sent twice', async () => {
    // The result is written as slowly as it takes to kill whoever writes it.
    await harness.sql(
      `create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(12); return new; end $$`,
    );
    await harness.sql(
      `create trigger slow before update on publications for each row when (new.state = 'published') execute function slow()`,
    );
    const post = await dueOn();
    const worker = await aWorker();
    const writing = `from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
    await until('all answers arrived', async () => (await harness.sql(`select 1 ${writing}`)).length === pages.length, 60_000);
    worker.kill('SIGKILL');
    await worker.ends();
    await harness.sql(`select pg_terminate_backend(pid) ${writing}`);
    await harness.sql('drop trigger slow on publications');
    await takenOver(post);
  });

  it('A12 a worker whose memory is full: it dies with all that it was sending, and nothing is lost or sent twice', async () => {
    hang();
    const post = await dueOn();
    const worker = await aWorker({ node: ['--max-old-space-size=96', '--import', LEAK] });
    await until('all requests arrived', () => sendsOf(post) === pages.length, 60_000);
    worker.kill('SIGUSR2');
    expect(await worker.ends()).not.toBe(0);
    expect(worker.text).toContain('heap out of memory');
    await takenOver(post);
  });

  it('A8 a worker told to stop with all in flight finishes what it sends, and ends in time', async () => {
    harness.sandbox.vk.next('wall.post').answersSlowly(1_500).always();
    harness.sandbox.ok.next('mediatopic.post').answersSlowly(1_500).always();
    const post = await dueOn();
    const worker = await aWorker();
    await until('all requests arrived', () => sendsOf(post) === pages.length, 60_000);
    const asked = performance.now();
    worker.kill('SIGTERM');
    expect(await worker.ends()).toBe(0);
    expect(performance.now() - asked).toBeLessThan(25_000);
    expect((await rowsOf(post)).map(({ state, attempts }) => [state, attempts])).toEqual(pages.map(() => ['published', 1]));
    expect(everywhere(post)).toEqual(once());
  });

  it('A1 an API killed right after its commit: what it planned goes out, once', async () => {
    const wire = await Wire.to(Number(process.env.TEST_POSTGRES_PORT));
    const through = new URL(harness.database.appUrl);
    through.port = String(wire.port);
    const { api, url } = await anApiProcess(harness, { env: { DATABASE_URL: through.href } });
    started.push(api);
    const post = await anApprovedPost(agency);
    const body = JSON.stringify({ publishAt: inMinutes(1).toISOString(), pageIds: pages.map(({ id }) => id) });
    const headers = { authorization: `Bearer ${agency.editor.api.token}`, 'content-type': 'application/json' };
    const killed = wire.loseAnswer('commit', 'insert into publications').then(() => api.kill('SIGKILL'));
    const answer = await fetch(`${url}/v1/posts/${post.id}/schedule`, { method: 'PUT', headers, body }).catch(() => undefined);
    await killed;
    expect(answer?.ok ?? false).toBe(false);
    await harness.clock.advance({ minutes: 1, seconds: 1 });
    await takenOver(post);
    wire.close();
  });

  it('A1 a dispatcher that dies between its commit and its ring: the bell is rung again within half a minute', async () => {
    await harness.app.get(QueueActivity).resume();
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(1), pages);
    await harness.drain();
    await harness.clock.advance({ minutes: 1, seconds: 1 });
    const ring = jest.spyOn(harness.app.get(Queues), 'ring').mockResolvedValue(undefined);
    await harness.app.get(Timers).runOnce(dispatchTimer);
    ring.mockRestore();
    expect(sendsOf(post)).toBe(0);
    await harness.clock.advance({ seconds: 31 });
    await harness.drain();
    expect(everywhere(post)).toEqual(once());
    for (const { late } of await rowsOf(post)) expect(late).toBeLessThanOrEqual(60);
  });

  it('D4 a full pool answers 503 within moments and says when to come again; workers have a pool of their own', async () => {
    const post = await dueOn();
    await agency.owner.api.freshen();
    const letGo = await poolTaken();
    try {
      const asked = performance.now();
      const refused = await agency.owner.api.get(`/v1/posts/${post.id}`);
      expect([refused.status, refused.body.code, refused.headers['retry-after']]).toEqual([503, 'http.unavailable', '2']);
      expect(performance.now() - asked).toBeLessThan(4_000);
      await aWorker();
      await until('a worker published all the same', () => isPublished(post), 60_000);
    } finally {
      await letGo();
    }
    expect((await agency.owner.api.get(`/v1/posts/${post.id}`)).status).toBe(200);
  });

  it('E-1 workers whose clocks are two hours fast and slow publish what is due by the database’s clock, on time, and nothing else', async () => {
    const early = await anApprovedPost(agency);
    await schedule(agency, early, inMinutes(60), pages);
    const asked = performance.now();
    const post = await dueOn();
    for (const hours of [2, -2])
      await aWorker({ node: ['--import', SKEW], env: { TORTURE_CLOCK_SKEW_MS: String(hours * 3_600_000) } });
    await until('all are out', () => isPublished(post), 60_000);
    // As late as the machine is slow, and no later.
    const tookSeconds = (performance.now() - asked) / 1_000;
    for (const { late } of await rowsOf(post)) expect([late >= 0, late <= tookSeconds + 2]).toEqual([true, true]);
    expect([everywhere(post), sendsOf(early)]).toEqual([once(), 0]);
    await agency.editor.api.delete(`/v1/posts/${early.id}/schedule`);
  });

  /** Every connection of the API is in use, until they are let go. */
  async function poolTaken(): Promise<() => Promise<unknown>> {
    const taken: Promise<void>[] = [];
    let release = (): void => undefined;
    const released = new Promise<void>((done) => (release = done));
    const held = Array.from({ length: FEW_CONNECTIONS.database }, () => {
      let isTaken = (): void => undefined;
      taken.push(new Promise((done) => (isTaken = done)));
      return harness.app.get(UnitOfWork).forTenant(wholeContractor(agency.contractorId), async (tx) => {
        await tx.query('set local idle_in_transaction_session_timeout = 0');
        isTaken();
        await released;
      });
    });
    await Promise.all(taken);
    return () => (release(), Promise.all(held));
  }
});
