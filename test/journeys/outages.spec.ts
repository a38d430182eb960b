import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency, clientRequest } from '../builders/agency.js';
import { anApprovedPost, postRequest, publicationsOf, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { OwnServer } from '../harness/own-server.js';
import { DispatchService } from '../../src/modules/publishing/dispatch.service.js';
import { SendingService } from '../../src/modules/publishing/sending.service.js';
import { refuseLossyDatabase } from '../../src/platform/database/durability.js';
import { UnitOfWork } from '../../src/platform/database/work.js';
import { createTestDatabase } from '../harness/test-database.js';
import { createDataSource } from '../../src/platform/database/data-source.js';

describe('when PostgreSQL fails', () => {
  let server: OwnServer;
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    server = await OwnServer.start();
    harness = await Harness.start({ database: server.database });
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());

  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);
  const vkPosts = (): Loose[] => harness.sandbox.vk.posts(agency.vkGroupId) as Loose[];
  const send = (id: string): Promise<unknown> =>
    harness.app
      .get(SendingService, { strict: false })
      .send(agency.contractorId, id)
      .catch((error: unknown) => error);
  const states = async (post: Loose): Promise<string[]> =>
    Object.values(await publicationsOf(agency, post)).map(({ state }) => state);

  async function dueNow(): Promise<Loose> {
    const post = await anApprovedPost(agency);
    const [publication] = await schedule(agency, post, inMinutes(1), [agency.vkPage]);
    await harness.clock.advance({ minutes: 1, seconds: 1 });
    return { ...post, publication };
  }

  /** Leases run out, what is unclear is looked for. */
  async function later(): Promise<void> {
    for (let i = 0; i < 2; i += 1) {
      await harness.clock.advance({ minutes: 2 });
      await harness.drain();
    }
  }

  it('D1 keeps every write that was acknowledged, whenever it is killed, and answers 503 meanwhile', async () => {
    const acknowledged: string[] = [];
    const answers = new Set<number>();
    let over = false;
    const writer = async (): Promise<void> => {
      while (!over) {
        const answer = await agency.editor.api.post('/v1/posts', postRequest(agency));
        answers.add(answer.status);
        if (answer.status === 201) acknowledged.push(answer.body.id);
      }
    };
    const writers = Array.from({ length: 4 }, writer);
    try {
      for (let crash = 1; crash <= 2; crash += 1) {
        const enough = crash * 10;
        while (acknowledged.length < enough) await new Promise((again) => setTimeout(again, 20));
        await server.crash();
        await server.restart();
      }
    } finally {
      over = true;
      await Promise.all(writers);
    }
    const kept = await harness.sql<{ id: string }>('select id from posts where id = any($1)', [acknowledged]);
    expect(kept).toHaveLength(acknowledged.length);
    expect([...answers].sort()).toEqual([201, 503]);
  });

  it('D1 is refused at the start of production when it may lose what it acknowledged', async () => {
    const lossy = await createTestDatabase();
    const judge = async (url: string): Promise<string> => {
      const source = await createDataSource(
        { url, max: 1, statementTimeoutMs: 5_000, connectionTimeoutMs: 2_000 },
        [],
      ).initialize();
      const refused = await refuseLossyDatabase(new UnitOfWork(source, source)).catch((error: Error) => error.message);
      await source.destroy();
      return refused ?? 'accepted';
    };
    expect(await judge(server.database.systemUrl)).toBe('accepted');
    expect(await judge(lossy.systemUrl)).toMatch(/fsync, full_page_writes, synchronous_commit/);
    await lossy.drop();
  });

  it.each<[string, 'loseRequest' | 'loseAnswer']>([
    ['before the server has it', 'loseRequest'],
    ['when the server has it', 'loseAnswer'],
  ])('A7 killed in the commit of a result, %s: the post is known, and there once', async (_, how) => {
    const { publication, ...post } = await dueNow();
    const before = vkPosts().length;
    const killed = server.wire[how]('commit', 'update publications p set state = $4').then(() => server.crash());
    expect(await send(publication.id)).toBeInstanceOf(Error);
    await killed;
    await server.restart();
    await later();
    const { vk } = await publicationsOf(agency, post);
    expect([vk.state, vk.attempts.length, vkPosts().length - before]).toEqual(['published', 1, 1]);
    expect(vkPosts().map(({ id }) => String(id))).toContain(vk.externalId);
  });

  it('D7 a full disk takes nothing by halves: 503, nothing is sent, and all goes on by itself when there is room', async () => {
    const { publication, ...post } = await dueNow();
    const before = vkPosts().length;
    await full('posts', 'publications', 'publication_attempts', 'audit_entries', 'outbox');
    const refused = await agency.editor.api.post('/v1/posts', postRequest(agency));
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '2']);
    expect(await send(publication.id)).toMatchObject({ code: '53100' });
    expect(vkPosts()).toHaveLength(before);
    await roomAgain('posts', 'publications', 'publication_attempts', 'audit_entries', 'outbox');
    expect((await agency.editor.api.post('/v1/posts', postRequest(agency))).status).toBe(201);
    await harness.drain();
    expect([await states(post), vkPosts().length]).toEqual([['published'], before + 1]);
  });

  it('D7 a disk that fills up while a post is being sent: what went out is found, not sent again', async () => {
    const { publication, ...post } = await dueNow();
    const before = vkPosts().length;
    harness.sandbox.vk.next('wall.post').answersSlowly(300);
    const sending = send(publication.id);
    while (harness.sandbox.vk.posts(agency.vkGroupId).length === before) await new Promise((again) => setTimeout(again, 10));
    await full('publications');
    expect(await sending).toMatchObject({ code: '53100' });
    await roomAgain('publications');
    await later();
    expect([await states(post), vkPosts().length]).toEqual([['published'], before + 1]);
  });

  it.each<[string, string, string, number]>([
    ['that takes the key', 'insert into idempotency_keys', 'http.idempotency-in-flight', 0],
    ['of the work itself', 'INSERT INTO "clients"', 'http.idempotency-in-flight', 1],
    ['that keeps the answer', 'update idempotency_keys', 'created', 1],
  ])('D8 cut off between the COMMIT %s and its answer: the repeated call finds the outcome', async (_, after, found, rows) => {
    for (let round = 0; round < 5; round += 1) {
      // Not with the words after which the wire is cut: it would be cut at the work itself.
      const name = `Управление № ${after.length}-${round}`;
      const headers = { 'idempotency-key': `cut-${after.length}-${round}` };
      const post = () => agency.owner.api.post('/v1/clients', clientRequest({ name }), { headers });
      const cut = server.wire.loseAnswer('commit', after);
      expect((await post()).status).toBe(503);
      await cut;
      const again = await post();
      expect(again.status === 201 ? 'created' : again.body.code).toBe(found);
      expect(await harness.sql('select 1 from clients where name = $1', [name])).toHaveLength(rows);
    }
  });

  it('D8 cut off when a schedule is committed: the same call again leaves one row for each page', async () => {
    const post = await anApprovedPost(agency);
    const cut = server.wire.loseAnswer('commit', 'insert into publications');
    const body = { publishAt: inMinutes(600).toISOString(), pageIds: [agency.vkPage.id, agency.okPage.id] };
    const put = () => agency.editor.api.put(`/v1/posts/${post.id}/schedule`, body);
    expect((await put()).status).toBe(503);
    await cut;
    expect((await put()).body.publications).toHaveLength(2);
    expect(await harness.sql('select 1 from publications where post_id = $1', [post.id])).toHaveLength(2);
  });

  it('D2 after a failover the old primary takes no write and nothing is sent from it; the new one goes on', async () => {
    const { publication, ...post } = await dueNow();
    const draft = postRequest(agency);
    const before = vkPosts().length;
    await server.demote();
    for (const answer of [
      await agency.editor.api.post('/v1/posts', draft),
      await agency.editor.api.put(`/v1/publications/${publication.id}/withdrawal`),
    ]) {
      expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([503, 'http.unavailable', '2']);
    }
    expect(await send(publication.id)).toMatchObject({ message: expect.stringContaining('during recovery') });
    await expect(harness.app.get(DispatchService, { strict: false }).dispatch()).rejects.toMatchObject({ code: '25006' });
    expect(vkPosts()).toHaveLength(before);
    await harness.sql('select pg_promote()');
    expect((await agency.editor.api.post('/v1/posts', draft)).status).toBe(201);
    await harness.drain();
    expect([await states(post), vkPosts().length]).toEqual([['published'], before + 1]);
  });

  it('D9 decides nothing by what a replica shows: it knows no second address, and a copy that lags takes no decision', async () => {
    const addresses = Object.keys((await import('../../src/platform/config/config.js')).parseConfig(SETTINGS));
    expect(addresses.filter((name) => /database/i.test(name))).toEqual(['databaseUrl', 'databaseSystemUrl']);
    const post = await anApprovedPost(agency);
    await server.demote();
    const plan = { publishAt: inMinutes(60).toISOString(), pageIds: [agency.vkPage.id] };
    const planned = await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, plan);
    // Reading goes on; an answer that is a little old decides nothing.
    expect([planned.status, (await agency.editor.api.get(`/v1/posts/${post.id}`)).status]).toEqual([503, 200]);
    await harness.sql('select pg_promote()');
    expect((await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, plan)).status).toBe(200);
  });

  /** As PostgreSQL says it when it can't extend a file. */
  async function full(...tables: string[]): Promise<void> {
    await harness.sql(`create or replace function disk_full() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`);
    for (const table of tables)
      await harness.sql(`create trigger disk_full before insert or update on ${table} execute function disk_full()`);
  }

  async function roomAgain(...tables: string[]): Promise<void> {
    for (const table of tables) await harness.sql(`drop trigger disk_full on ${table}`);
  }
});

const SETTINGS = {
  DATABASE_URL: 'postgres://app@db/vestnik',
  DATABASE_SYSTEM_URL: 'postgres://system@db/vestnik',
  SECRET_KEYS: `1:${Buffer.alloc(32, 7).toString('base64')}`,
  ACCESS_TOKEN_SECRET: 'a secret of the tests that nobody else has',
};
