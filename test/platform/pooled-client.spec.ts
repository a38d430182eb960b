import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { API_POOL } from '../../src/apps/foundation.js';
import { createDataSource } from '../../src/platform/database/data-source.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../src/platform/database/work.js';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.js';

describe('a connection of a pool', () => {
  let database: TestDatabase;
  let app: DataSource;
  let work: UnitOfWork;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  // One connection, so that every call meets it.
  beforeEach(async () => {
    app = await createDataSource({ url: database.appUrl, max: 1, ...API_POOL }, []).initialize();
    work = new UnitOfWork(app, app);
  });
  afterEach(() => app.destroy());

  const inTenant = <T>(run: (tx: Tx) => Promise<T>): Promise<T> => work.forTenant(wholeContractor(randomUUID()), run);
  const plansOf = async (text: string): Promise<number> => {
    const [found] = await app.query<{ count: number }[]>(
      `select count(*)::integer as count from pg_prepared_statements where statement = '${text.replaceAll("'", "''")}'`,
    );
    return found!.count;
  };

  it('plans a statement with values once when it comes again and again, and answers each call with its own values', async () => {
    const text = `select $1::integer * 2 as twice`;
    const answers = [];
    for (let i = 1; i <= 8; i += 1) answers.push(await inTenant((tx) => tx.query(text, [i])));
    expect(answers).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((i) => [{ twice: i * 2 }]));
    expect(await plansOf(text)).toBe(1);
  });

  it('plans each time what came seldom, what has no values, and what is very long', async () => {
    const [seldom, bare] = [`select $1::integer as seldom`, `select 1 as bare`];
    const long = `select $1::integer as ${'x'.repeat(20)} /* ${'long '.repeat(2_000)} */`;
    for (let i = 0; i < 2; i += 1) await inTenant((tx) => tx.query(seldom, [1]));
    for (let i = 0; i < 5; i += 1) await inTenant((tx) => Promise.all([tx.query(bare), tx.query(long, [1])]));
    expect([await plansOf(seldom), await plansOf(bare), await plansOf(long)]).toEqual([0, 0, 0]);
  });

  it('goes on after a call that the server refused, also when that was the first under its name', async () => {
    const text = `select 10 / $1::integer as tenth`;
    for (const by of [1, 2]) await inTenant((tx) => tx.query(text, [by]));
    await expect(inTenant((tx) => tx.query(text, [0]))).rejects.toMatchObject({ code: '22012' });
    await expect(inTenant((tx) => tx.query(text, ['nothing']))).rejects.toMatchObject({ code: '22P02' });
    expect(await inTenant((tx) => tx.query(text, [5]))).toEqual([{ tenth: 2 }]);
  });

  it('keeps answers apart that were asked for in one turn, under one name and under several', async () => {
    const [one, other] = [`select $1::text as one`, `select $1::text as other`];
    for (let i = 0; i < 4; i += 1) {
      const asked = ['a', 'b', 'c'].flatMap((value) => [one, other].map((text) => ({ text, value: `${value}${i}` })));
      const answers = await inTenant((tx) => Promise.all(asked.map(({ text, value }) => tx.query(text, [value]))));
      expect(answers).toEqual(asked.map(({ text, value }) => [{ [text === one ? 'one' : 'other']: value }]));
    }
  });

  it('plans anew what a change of the tables made invalid', async () => {
    const owner = new pg.Client(database.superuserUrl);
    await owner.connect();
    await owner.query(
      `create table plan_probe (id integer, note text); grant select on plan_probe to vestnik_app; insert into plan_probe values (1, 'x')`,
    );
    const text = `select note from plan_probe where id = $1`;
    for (let i = 0; i < 7; i += 1) await inTenant((tx) => tx.query(text, [1]));
    await owner.query(`alter table plan_probe add column more integer; create index on plan_probe (id)`);
    expect(await inTenant((tx) => tx.query(text, [1]))).toEqual([{ note: 'x' }]);
    await owner.query('drop table plan_probe');
    await owner.end();
  });

  // Last: for the rest of this process no other text gets a plan.
  it('keeps a few hundred plans and answers what comes beyond them without one', async () => {
    const all = Array.from({ length: 450 }, (_, i) => `select $1::integer + ${i} as sum`);
    for (let round = 0; round < 3; round += 1)
      await inTenant(async (tx) => {
        for (const [i, text] of all.entries()) expect(await tx.query(text, [1])).toEqual([{ sum: 1 + i }]);
      });
    const [{ count }] = await app.query<[{ count: number }]>('select count(*)::integer as count from pg_prepared_statements');
    expect([count > 300, count <= 400]).toEqual([true, true]);
    expect([await plansOf(all[0]!), await plansOf(all.at(-1)!)]).toEqual([1, 0]);
  });
});
