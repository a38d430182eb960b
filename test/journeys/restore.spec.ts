import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency } from '../builders/agency.js';
import { anApprovedPost, olderPosts, publicationsOf, schedule, timesOnPage } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { aProcess } from '../harness/worker-process.js';

describe('a database restored from a copy of an hour ago', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
    await olderPosts(harness, agency);
  });
  afterAll(() => harness.close());

  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);
  const later = async (minutes: number, times = 1): Promise<void> => {
    for (let i = 0; i < times; i += 1) {
      await harness.clock.advance({ minutes });
      await harness.drain();
    }
  };

  it('D10 sends nothing again that went out in that hour: it is looked for before the workers start', async () => {
    const posts: Loose[] = [];
    for (let i = 0; i < 6; i += 1) {
      const post = await anApprovedPost(agency);
      await schedule(agency, post, inMinutes(5 + i));
      posts.push(post);
    }
    const late = await anApprovedPost(agency);
    await schedule(agency, late, inMinutes(58));
    const restore = await copied();
    await later(30);
    const before = await numbers(posts);
    await harness.clock.advance({ minutes: 29 });
    await restore();

    const command = await aProcess(harness, 'main.restored.js');
    expect([await command.ends(), command.text]).toEqual([0, expect.stringMatching(/: 14\n$/)]);
    command.remove();
    await harness.drain();
    await later(2, 3);
    expect(await numbers(posts)).toEqual(before);
    for (const page of [agency.vkPage, agency.okPage])
      expect(posts.map((post) => timesOnPage(harness, post, page))).toEqual(posts.map(() => 1));
    // What had not gone out yet: VK drops a repeat, so it is sent; OK does not, so a person is asked.
    const { vk, ok } = await publicationsOf(agency, late);
    expect([vk.state, ok.state, ok.reason.code]).toEqual(['published', 'held', 'absent']);
    expect([timesOnPage(harness, late, agency.vkPage), timesOnPage(harness, late, agency.okPage)]).toEqual([1, 0]);
  });

  async function numbers(posts: Loose[]): Promise<unknown[]> {
    const stories = await Promise.all(posts.map((post) => publicationsOf(agency, post)));
    const all = stories.flatMap((story) => Object.values(story));
    return all.map(({ state, externalId }) => {
      expect([state, typeof externalId]).toEqual(['published', 'string']);
      return externalId;
    });
  }

  /** Copies every table; what is returned puts them back as they were. */
  async function copied(): Promise<() => Promise<void>> {
    const tables = await harness.sql<{ name: string; columns: string }>(
      `select c.relname as name, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by 1`,
    );
    await harness.sql('create schema copy');
    for (const { name } of tables) await harness.sql(`create table copy.${name} as table public.${name}`);
    return async () => {
      const back = tables.map(
        ({ name, columns }) =>
          `delete from public.${name}; insert into public.${name} (${columns}) overriding system value select ${columns} from copy.${name};`,
      );
      await harness.sql(`begin; set local session_replication_role = replica; ${back.join('\n')} commit`);
    };
  }
});
