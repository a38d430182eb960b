import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { type Agency, anAgency, morePages } from '../builders/agency.js';
import { anApprovedPost, schedule, timesOnPage } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { describeWithRedisServer, RedisServer } from '../harness/redis-server.js';
import { Wire } from '../harness/wire.js';
import { until } from '../platform/queue-worker.js';
import { dispatchTimer, sweepTimer } from '../../src/modules/publishing/publishing.jobs.js';
import { QueueActivity, QueueHealth } from '../../src/platform/queue/activity.js';
import { Timers } from '../../src/platform/queue/timers.js';

describeWithRedisServer('a queue that loses what it was given', () => {
  let redis: RedisServer;
  let wire: Wire;
  let harness: Harness;
  let agency: Agency;
  let pages: Loose[];

  beforeAll(async () => {
    redis = await RedisServer.onFreePort();
    await redis.start();
    wire = await Wire.to(portOf(redis));
    harness = await Harness.start({ queueUrl: () => `redis://127.0.0.1:${wire.port}` });
    agency = await anAgency(harness);
    pages = [agency.okPage, ...(await morePages(harness, agency, { network: 'vk', count: 5, first: 520_000_000 }))];
  });
  afterAll(async () => {
    await harness.close();
    wire.close();
    await redis.kill();
  });
  beforeEach(() => untilTheQueueAnswers());

  const timers = (): Timers => harness.app.get(Timers);
  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);
  const untilTheQueueAnswers = (): Promise<void> =>
    until('the queue answers', async () => (await harness.app.get(QueueHealth).check()) === undefined);

  async function planned(minutes: number): Promise<Loose> {
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(minutes), pages);
    return post;
  }

  /** Uploaded, due and rung for, with nobody who answers the door. */
  async function rungFor(): Promise<Loose> {
    const post = await planned(1);
    await harness.drain();
    await harness.app.get(QueueActivity).pause();
    await harness.clock.advance({ minutes: 1, seconds: 1 });
    await timers().runOnce(dispatchTimer);
    const rung = await harness.sql('select 1 from publications where post_id = $1 and rung_at is not null', [post.id]);
    expect(rung).toHaveLength(pages.length);
    return post;
  }

  /** Every page has it once, no later than this after its time. */
  async function isOutOnce(post: Loose, latestSeconds: number): Promise<void> {
    const rows = await harness.sql<{ state: string; late: number }>(
      `select state, extract(epoch from published_at - due_at)::float8 as late from publications where post_id = $1`,
      [post.id],
    );
    expect(rows.map(({ state }) => state)).toEqual(pages.map(() => 'published'));
    for (const { late } of rows) expect(late).toBeLessThanOrEqual(latestSeconds);
    expect(pages.map((page) => timesOnPage(harness, post, page))).toEqual(pages.map(() => 1));
  }

  it('C1 emptied while posts wait in it and others are planned: all are rung for again, and go out once', async () => {
    const later = await planned(30);
    const post = await rungFor();
    await emptied(redis);
    await harness.app.get(QueueActivity).resume();
    await harness.clock.advance({ seconds: 31 });
    await harness.drain();
    await isOutOnce(post, 60);
    await emptied(redis);
    await harness.clock.advance({ minutes: 30 });
    await harness.drain();
    await isOutOnce(later, 120);
  });

  it('C2 killed with its memory again and again: nothing is lost, and nothing goes out twice', async () => {
    for (let round = 0; round < 3; round += 1) {
      const post = await rungFor();
      await redis.kill();
      await redis.start();
      await harness.app.get(QueueActivity).resume();
      await untilTheQueueAnswers();
      await harness.clock.advance({ seconds: 31 });
      await harness.drain();
      await isOutOnce(post, 60);
    }
  });

  it('C4 replaced by a replica that had not heard of the last jobs: they are rung for again from PostgreSQL', async () => {
    const post = await rungFor();
    const replica = await RedisServer.onFreePort();
    await replica.start();
    await redis.kill();
    redis = replica;
    wire.target = portOf(replica);
    wire.reset();
    await harness.app.get(QueueActivity).resume();
    await untilTheQueueAnswers();
    await harness.clock.advance({ seconds: 31 });
    await harness.drain();
    await isOutOnce(post, 60);
  });

  it('C3 away for ten minutes: what is due goes out on time all the same, what is unclear is found, and the API takes work', async () => {
    await redis.kill();
    const posts = [await planned(3), await planned(6), await planned(9)];
    harness.sandbox.ok.next('mediatopic.post').acceptsThenDrops();
    for (const post of posts) {
      const [planned] = await harness.sql<{ due: Date }>('select max(due_at) as due from publications where post_id = $1', [
        post.id,
      ]);
      await harness.clock.set(new Date(planned!.due.getTime() + 500));
      await until('all are out or looked for', async () => {
        for (const timer of [dispatchTimer, sweepTimer]) await timers().runOnce(timer);
        const open = await harness.sql(
          `select 1 from publications where post_id = $1 and state in ('scheduled', 'claimed', 'sending')`,
          [post.id],
        );
        return open.length === 0;
      });
      // Looks give way to what is due at the same instant.
      await harness.clock.advance({ seconds: 100 });
      await until('what was unclear is found', async () => {
        await timers().runOnce(sweepTimer);
        const unclear = await harness.sql(`select 1 from publications where post_id = $1 and state <> 'published'`, [post.id]);
        return unclear.length === 0;
      });
    }
    for (const post of posts.slice(1)) await isOutOnce(post, 30);
    await isOutOnce(posts[0], 240);
    await redis.start();
  });
});

function portOf(redis: RedisServer): number {
  return Number(new URL(redis.url).port);
}

async function emptied(redis: RedisServer): Promise<void> {
  const client = new Redis(redis.url);
  await client.flushall();
  client.disconnect();
}
