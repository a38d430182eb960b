import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type Agency, anAgency } from '../builders/agency.js';
import { anApprovedPost, publicationsOf, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { DispatchService } from '../../src/modules/publishing/dispatch.service.js';
import { QueueActivity } from '../../src/platform/queue/activity.js';

describe('the queue rings, and the rows know', () => {
  let harness: Harness;
  let agency: Agency;
  let activity: QueueActivity;

  beforeAll(async () => {
    harness = await Harness.start();
    activity = harness.app.get(QueueActivity);
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    agency = await anAgency(harness);
  });
  afterEach(() => harness.forgetTenants());

  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);
  const dispatcher = () => harness.app.get(DispatchService, { strict: false });

  /** A post for one page, prepared, and due now. */
  async function dueNow(page: Loose): Promise<Loose> {
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(5), [page]);
    await harness.drain();
    await harness.clock.advance({ minutes: 6 });
    return post;
  }

  async function queueForgetsEverything(): Promise<void> {
    const tables = await harness.sql<{ name: string }>(
      `select string_agg(format('bullmq.%I', relname), ', ') as name from pg_class
       where relnamespace = 'bullmq'::regnamespace and relkind in ('r', 'p') and relname like 'job%'`,
    );
    await harness.sql(`truncate ${tables[0]!.name} cascade`);
  }

  it('C1 a queue that forgets everything loses no post: what was rung for and not taken is rung for again', async () => {
    const post = await dueNow(agency.vkPage);
    await activity.pause();
    expect((await dispatcher().dispatch()).rung).toBe(1);
    await queueForgetsEverything();
    await activity.resume();
    await harness.clock.advance({ seconds: 31 });
    await harness.drain();
    expect((await publicationsOf(agency, post)).vk.state).toBe('published');
    expect(harness.sandbox.vk.posts(agency.vkGroupId)).toHaveLength(1);
  });

  describe('and a publication that somebody is changing', () => {
    let somebody: pg.Client;
    beforeEach(async () => {
      somebody = new pg.Client({ connectionString: harness.database.superuserUrl });
      await somebody.connect();
    });
    afterEach(async () => {
      await somebody.end();
      await activity.resume();
      await harness.drain();
    });

    /** From now on nothing is taken, and the post's row is locked. */
    async function change(post: Loose): Promise<void> {
      await activity.pause();
      await somebody.query('begin');
      await somebody.query('update publications set updated_at = updated_at where post_id = $1', [post.id]);
    }
    const rungIds = async (column: 'rung_at' | 'prepare_rung_at'): Promise<string[]> => {
      const query = `select post_id as id from publications where ${column} is not null and contractor_id = $1`;
      const rows = await harness.sql<{ id: string }>(query, [agency.contractorId]);
      return rows.map(({ id }) => id);
    };

    it('holds up no other when the dispatcher comes by', async () => {
      const changed = await dueNow(agency.vkPage);
      const other = await dueNow(agency.okPage);
      await change(changed);
      await dispatcher().dispatch();
      expect(await rungIds('rung_at')).toEqual([other.id]);
    });

    it('holds up no other when uploads are due', async () => {
      const changed = await anApprovedPost(agency);
      const other = await anApprovedPost(agency);
      await schedule(agency, changed, inMinutes(5), [agency.vkPage]);
      await schedule(agency, other, inMinutes(5), [agency.okPage]);
      await change(changed);
      await dispatcher().prepare();
      expect(await rungIds('prepare_rung_at')).toEqual([other.id]);
    });
  });
});
