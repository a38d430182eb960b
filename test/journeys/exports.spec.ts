import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import pg from 'pg';
import { exportsTimer } from '../../src/modules/exports/background/export-jobs.jobs.js';
import { ExportRows } from '../../src/modules/exports/background/export-rows.service.js';
import { ExportReading } from '../../src/modules/exports/background/reading.service.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { UnitOfWork } from '../../src/platform/database/work.js';
import { Timers } from '../../src/platform/queue/timers.js';
import { aKey } from '../builders/complete-agency.js';
import { type Agency, anAgency, clientRequest, contractRequest } from '../builders/agency.js';
import { anApprovedPost, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

const SCOPES = ['exports.read', 'contracts.read', 'posts.read', 'publications.read', 'acceptance.read', 'audit.read'];

interface Part {
  readonly status: number;
  readonly type: string;
  readonly cursor: string;
  readonly more: boolean;
  readonly bytes: Buffer;
  readonly rows: Loose[];
}

describe('exports', () => {
  let harness: Harness;
  let agency: Agency;
  let key: string;

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
    key = (await aKey(agency.owner, { name: 'Бухгалтерия', scopes: SCOPES })).key;
  });
  afterAll(() => harness.close());

  const read = async (collection: string, query: Record<string, string> = {}, by = key): Promise<Part> => {
    const address = `${harness.baseUrl}/v1/exports/${collection}?${new URLSearchParams(query).toString()}`;
    const answer = await fetch(address, { headers: { 'x-api-key': by } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const type = answer.headers.get('content-type') ?? '';
    const lines = type.includes('ndjson') ? bytes.toString('utf8').split('\n').filter(Boolean) : [];
    const { status, headers } = answer;
    const rows = lines.map((line) => JSON.parse(line) as Loose);
    return { status, type, cursor: headers.get('x-next-cursor') ?? '', more: headers.get('x-has-more') === 'true', bytes, rows };
  };
  /** Other databases of the server may hold the horizon for a moment: asks until there is something. */
  const next = async (collection: string, cursor: string): Promise<Part> => {
    for (;;) {
      const part = await read(collection, { cursor });
      if (part.rows.length > 0) return part;
    }
  };
  const all = async (collection: string, limit = '1000'): Promise<{ rows: Loose[]; cursor: string }> => {
    let part = await read(collection, { limit });
    const rows = [...part.rows];
    while (part.more) {
      part = await read(collection, { limit, cursor: part.cursor });
      rows.push(...part.rows);
    }
    return { rows, cursor: part.cursor };
  };
  const aContract = async (number: string): Promise<Loose> =>
    (await agency.owner.api.post('/v1/contracts', contractRequest(agency.client.id, [agency.vkPage.id], { number }))).body;
  const until = async (collection: string, ids: readonly string[]): Promise<{ rows: Loose[]; cursor: string }> => {
    for (;;) {
      const found = await all(collection);
      if (ids.every((id) => found.rows.some((row) => row.id === id))) return found;
    }
  };

  it('tell each row once, in parts, and afterwards only what has changed', async () => {
    const made: string[] = [];
    for (let i = 0; i < 5; i += 1) made.push((await aContract(`Э-${i}`)).id);
    const { rows, cursor } = await until('contracts', made);
    expect((await all('contracts', '2')).rows).toEqual(rows);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(rows.find(({ id }) => id === made[0])).toMatchObject({
      deleted: false,
      number: 'Э-0',
      priceKopecks: 120_000_000,
      status: 'draft',
    });
    expect((await read('contracts', { cursor })).rows).toEqual([]);
    await agency.owner.api.put(`/v1/contracts/${made[3]}/signature`, { signedOn: '2026-01-11' });
    const changed = await next('contracts', cursor);
    expect(changed.rows.map(({ id, status }) => [id, status])).toEqual([[made[3], 'signed']]);
  });

  it('miss nothing of transactions that end in another order than they began', async () => {
    const [first, second] = [await aContract('Первый'), await aContract('Второй')];
    const { cursor } = await until('contracts', [first.id, second.id]);
    const [early, late] = [new pg.Client(harness.database.superuserUrl), new pg.Client(harness.database.superuserUrl)];
    await Promise.all([early.connect(), late.connect()]);
    const change = `update contracts set subject = 'Иначе' where id = $1`;
    await early.query('begin');
    await early.query(change, [first.id]);
    await late.query(change, [second.id]);
    // The later one is committed; told now, its cursor would stand behind the earlier one.
    expect((await read('contracts', { cursor })).rows).toEqual([]);
    await early.query('commit');
    await Promise.all([early.end(), late.end()]);
    const parts = [await next('contracts', cursor)];
    while (parts.flatMap(({ rows }) => rows).length < 2) parts.push(await next('contracts', parts.at(-1)!.cursor));
    expect(parts.flatMap(({ rows }) => rows).map(({ id }) => id)).toEqual([first.id, second.id]);
  });

  it('do not wake readers for what the workers note for themselves', async () => {
    const post = await anApprovedPost(agency, {});
    const [publication] = await schedule(agency, post, new Date(harness.clock.now().getTime() + 86_400_000), [agency.vkPage]);
    const { cursor } = await until('publications', [publication.id]);
    await harness.sql('update publications set rung_at = app_now() where id = $1', [publication.id]);
    await aContract('После');
    expect((await read('publications', { cursor })).rows).toEqual([]);
    await harness.clock.advance({ days: 1 });
    await harness.drain();
    const { rows } = await next('publications', cursor);
    expect(rows).toMatchObject([{ id: publication.id, postId: post.id, state: 'published', network: 'vk' }]);
    await until('posts', [post.id]);
  });

  it('tell what is gone', async () => {
    const signed = await aContract('Этапы');
    await agency.owner.api.put(`/v1/contracts/${signed.id}/signature`, { signedOn: '2026-01-11' });
    const [stage] = (await agency.owner.api.get(`/v1/contracts/${signed.id}/stages`)).body.data;
    const { cursor } = await until('stages', [stage.id]);
    await harness.sql('delete from contract_stages where id = $1', [stage.id]);
    expect((await next('stages', cursor)).rows).toEqual([{ id: stage.id, deleted: true }]);
  });

  it('are read by spreadsheets: semicolons, rubles, and the encoding that one asks for', async () => {
    const csv = await read('contracts', { format: 'csv', decimal: 'comma' });
    const [header, ...lines] = csv.bytes.toString('utf8').trimEnd().split('\r\n');
    expect(csv.type).toBe('text/csv; charset=utf-8');
    expect(header).toMatch(/^\ufeffid;deleted;clientId;number;concludedOn;kind;subject;priceRubles;/);
    expect(lines.every((line) => line.includes(';1200000,00;'))).toBe(true);
    const old = await read('contracts', { format: 'csv', encoding: 'windows-1251' });
    expect(new TextDecoder('windows-1251').decode(old.bytes)).toContain(';Ведение официальных страниц в социальных сетях;');
  });

  it('are open to whoever may read the list itself, and to his clients alone', async () => {
    const without = (await aKey(agency.owner, { name: 'Посты', scopes: ['exports.read', 'posts.read'] })).key;
    expect((await read('contracts', {}, without)).status).toBe(403);
    expect((await read('nothing')).status).toBe(400);
    expect((await read('contracts', { cursor: 'nonsense' })).status).toBe(400);
    const { cursor } = await all('contracts');
    expect((await read('acts', { cursor })).status).toBe(400);
    const other = (await agency.owner.api.post('/v1/clients', clientRequest({ name: 'Суд' }))).body;
    const narrow = await aKey(agency.owner, { name: 'Суд', scopes: SCOPES, allClients: false, clientIds: [other.id] });
    expect((await read('contracts', {}, narrow.key)).rows).toEqual([]);
    const stranger = await anAgency(harness, 'ООО «Чужой»');
    const theirs = await aKey(stranger.owner, { name: 'Чужой', scopes: SCOPES });
    const ours = new Set((await all('contracts')).rows.map(({ id }) => id as string));
    expect((await read('contracts', {}, theirs.key)).rows.filter(({ id }) => ours.has(id))).toEqual([]);
    expect((await all('audit')).rows.every(({ action }) => typeof action === 'string')).toBe(true);
  });

  it('make a key wait that asks too often, and say so before it comes to that', async () => {
    const hasty = await aKey(agency.owner, { name: 'Торопливый', scopes: SCOPES, requestsPerMinute: 2 });
    const ask = () => harness.api.as(hasty.key).get('/v1/me');
    const answers = [await ask(), await ask(), await ask()];
    expect(answers.map(({ status, headers }) => [status, headers['ratelimit-limit'], headers['ratelimit-remaining']])).toEqual([
      [200, '2', '1'],
      [200, '2', '0'],
      [429, '2', '0'],
    ]);
    expect(Number(answers[2]!.headers['retry-after'])).toBeGreaterThan(0);
    expect((await read('acts')).status).toBe(200);
  });

  it('are counted by key and day, those that were turned away too, also for days that are over', async () => {
    const made = await aKey(agency.owner, { name: 'Счётчик', scopes: SCOPES, requestsPerMinute: 2 });
    const usage = async (query = '') =>
      (await agency.owner.api.get(`/v1/api-keys/${made.id}/usage${query}`)).body.data as Loose[];
    expect(await usage()).toEqual([]);
    // All within one minute and one UTC day, whatever the hour at which this test runs.
    const day = (): string => harness.clock.now().toISOString().slice(0, 10);
    await harness.clock.advance({
      days: 1,
      minutes: (24 - harness.clock.now().getUTCHours()) * 60 - harness.clock.now().getUTCMinutes(),
    });
    const first = day();
    for (const status of [200, 200, 429]) expect((await harness.api.as(made.key).get('/v1/me')).status).toBe(status);
    expect(await usage()).toEqual([{ day: first, requests: 3, refused: 1 }]);
    await harness.clock.advance({ days: 2 });
    await harness.api.as(made.key).get('/v1/me');
    // A limit's minute is a real one, so this request may be beyond it or not.
    const today = { day: day(), requests: 1, refused: expect.any(Number) };
    expect(await usage()).toEqual([today, { day: first, requests: 3, refused: 1 }]);
    expect(await usage('?days=2')).toEqual([today]);
    const stranger = await anAgency(harness, 'ООО «Любопытный»');
    expect((await stranger.owner.api.get(`/v1/api-keys/${made.id}/usage`)).status).toBe(404);
  });

  it('go on with a key whose secret is exchanged, until the old one ends', async () => {
    const made = await aKey(agency.owner, { name: 'Ночной обмен', scopes: SCOPES });
    const rotated = await agency.owner.api.post(`/v1/api-keys/${made.id}/rotations`, { oldValidForHours: 24 });
    expect([rotated.status, rotated.body.id, rotated.body.scopes]).toEqual([201, made.id, made.scopes]);
    const opens = async () =>
      [await read('acts', {}, made.key), await read('acts', {}, rotated.body.key)].map(({ status }) => status);
    expect(await opens()).toEqual([200, 200]);
    await harness.clock.advance({ hours: 25 });
    expect(await opens()).toEqual([401, 200]);
    const leaked = await agency.owner.api.post(`/v1/api-keys/${made.id}/rotations`, { oldValidForHours: 0 });
    expect([(await read('acts', {}, rotated.body.key)).status, (await read('acts', {}, leaked.body.key)).status]).toEqual([
      401, 200,
    ]);
    await agency.owner.api.delete(`/v1/api-keys/${made.id}`);
    const late = await agency.owner.api.post(`/v1/api-keys/${made.id}/rotations`, { oldValidForHours: 24 });
    expect([late.status, late.body.code]).toEqual([409, 'identity.api-key-ended']);
  });

  describe('as whole files', () => {
    const order = async (collections: object[], changes: object = {}, by = agency.owner.api): Promise<Loose> => {
      const { status, body } = await by.post('/v1/export-jobs', { collections, format: 'jsonl', ...changes });
      expect([status, body.fields]).toEqual([202, undefined]);
      return body;
    };
    const job = async (one: Loose): Promise<Loose> => (await agency.owner.api.get(`/v1/export-jobs/${one.id}`)).body;
    const sweep = async (): Promise<void> => {
      await harness.app.get(Timers).runOnce(exportsTimer);
      await harness.drain();
    };
    const fetched = async (path: string, headers: Record<string, string> = { 'x-api-key': key }) => {
      const answer = await fetch(path.startsWith('http') ? path : `${harness.baseUrl}${path}`, { headers });
      return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
    };
    const fileOf = async (one: Loose) => (await fetched(`/v1/export-jobs/${one.id}/file`)).bytes;
    const rowsOf = async (one: Loose): Promise<Loose[]> =>
      (await fileOf(one))
        .toString('utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Loose);
    /** What the storage holds of an export. */
    const stored = async (one: Loose): Promise<string[]> =>
      (await readdir(join(harness.storageDir, 't', agency.contractorId, '-')).catch(() => [])).filter((name) =>
        name.startsWith(one.id),
      );
    const historyOf = async (one: Loose): Promise<string[]> =>
      (await agency.owner.api.get(`/v1/audit-entries?objectId=${one.id}`)).body.data.map(({ action }: Loose) => action).reverse();

    it('hold each row once, with a sum over the bytes and where to go on', async () => {
      const { rows } = await until('contracts', [(await aContract('Файл')).id]);
      const ordered = await order([{ name: 'contracts' }]);
      expect(ordered).toMatchObject({ state: 'queued', percent: 0, bytes: null, rowsEstimated: null });
      await harness.drain();
      const ready = await job(ordered);
      const bytes = await fileOf(ordered);
      expect(ready).toMatchObject({ state: 'ready', percent: 100, rowsWritten: rows.length, bytes: bytes.length, failure: null });
      expect(ready.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(await rowsOf(ordered)).toEqual(rows);
      const [{ nextCursor }] = ready.collections;
      expect((await read('contracts', { cursor: nextCursor })).rows).toEqual([]);
      const later = await aContract('Позже');
      expect((await next('contracts', nextCursor)).rows.map(({ id }) => id)).toEqual([later.id]);
      const since = await order([{ name: 'contracts', cursor: nextCursor }], { format: 'csv', decimal: 'comma' });
      await harness.drain();
      const [, line, ...rest] = (await fileOf(since)).toString('utf8').split('\r\n');
      expect([line!.split(';')[3], rest]).toEqual(['Позже', ['']]);
      expect(await historyOf(ordered)).toEqual(['exportJob.ordered', 'exportJob.ready']);
      expect(await stored(ordered)).toEqual([expect.stringMatching(/\.export\.jsonl$/)]);
    });

    it('are workbooks with a sheet for each collection, in which nothing is a formula', async () => {
      const evil = await aContract('=1+1');
      await until('contracts', [evil.id]);
      const ordered = await order([{ name: 'contracts' }, { name: 'stages' }, { name: 'payments' }], { format: 'xlsx' });
      await harness.drain();
      const book = new ExcelJS.Workbook();
      await book.xlsx.load((await fileOf(ordered)) as unknown as ArrayBuffer);
      expect(book.worksheets.map(({ name }) => name)).toEqual(['Контракты', 'Этапы', 'Оплаты']);
      const sheet = book.worksheets[0]!;
      const row = sheet.getRows(2, sheet.rowCount - 1)!.find((one) => one.getCell(1).value === evil.id)!;
      expect([row.getCell(4).value, row.getCell(8).value]).toEqual(["'=1+1", 1_200_000]);
      expect(sheet.getRow(1).getCell(8).value).toBe('Цена, ₽');
      expect(book.worksheets[2]!.rowCount).toBe(1);
    });

    it('lose and double nothing when a worker dies over them and rows change meanwhile', async () => {
      const original = await aContract('Много');
      await until('contracts', [original.id]);
      const more = await harness.sql<{ id: string }>(
        `insert into contracts select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'number', 'М-' || n,
           'changed_xid', pg_current_xact_id()::text))).* from contracts c, generate_series(1, 1500) n where c.id = $1 returning id`,
        [original.id],
      );
      const { cursor: before } = await until('contracts', [more[0]!.id]);
      const ordered = await order([{ name: 'contracts' }]);
      const keyOf = { contractorId: agency.contractorId, id: ordered.id };
      const [work, rows, reading] = [UnitOfWork, ExportRows, ExportReading].map((one) => harness.app.get(one as never)) as [
        UnitOfWork,
        ExportRows,
        ExportReading,
      ];
      const scope = wholeContractor(agency.contractorId);
      const dead = (await work.forTenant(scope, (tx) => rows.jobs.claim(tx, keyOf)))!;
      expect(await reading.readPart(dead, scope)).toBe('read');
      // Nobody takes it while its worker may live.
      await sweep();
      expect(await job(ordered)).toMatchObject({ state: 'running' });
      await harness.sql(`update contracts set subject = 'Изменён' where id = $1`, [original.id]);
      await next('contracts', before);
      await harness.clock.advance({ minutes: 3 });
      await sweep();
      const told = await rowsOf(ordered);
      const [{ count }] = (await harness.sql('select count(*)::integer as count from contracts where contractor_id = $1', [
        agency.contractorId,
      ])) as [{ count: number }];
      expect([told.length, new Set(told.map(({ id }) => id)).size]).toEqual([count, count]);
      expect(told.find(({ id }) => id === original.id)).toMatchObject({ subject: 'Изменён' });
      // What the dead one would still have done had it only slept.
      expect(await reading.readPart(dead, scope)).not.toBe('read');
      expect(await stored(ordered)).toEqual([expect.stringMatching(/\.export\.jsonl$/)]);
    });

    it('end when the key is revoked or the member is dismissed that ordered them', async () => {
      const made = await aKey(agency.owner, { name: 'Уволен', scopes: SCOPES });
      const ordered = await order([{ name: 'contracts' }], {}, harness.api.as(made.key));
      await agency.owner.api.delete(`/v1/api-keys/${made.id}`);
      await harness.drain();
      expect(await job(ordered)).toMatchObject({ state: 'failed', failure: 'accessLost', bytes: null });
      expect(await historyOf(ordered)).toEqual(['exportJob.ordered', 'exportJob.failed']);
      expect((await fetched(`/v1/export-jobs/${ordered.id}/file`)).status).toBe(409);
    });

    it('are fetched by a link for as long as it lasts, and as its maker may', async () => {
      const made = await aKey(agency.owner, { name: 'Ссылка', scopes: SCOPES });
      const ordered = await order([{ name: 'contracts' }]);
      const early = await agency.owner.api.post(`/v1/export-jobs/${ordered.id}/links`, { hours: 24 });
      expect([early.status, early.body.code]).toEqual([409, 'exports.file-not-ready']);
      await harness.drain();
      const linkBy = async (by = agency.owner.api) => (await by.post(`/v1/export-jobs/${ordered.id}/links`, { hours: 24 })).body;
      const [owners, keys] = [await linkBy(), await linkBy(harness.api.as(made.key))];
      const open = (url: string) => fetched(url.replace(/^https?:\/\/[^/]+/, harness.baseUrl), {});
      const { bytes, headers } = await open(owners.url);
      expect([bytes.equals(await fileOf(ordered)), headers.get('content-disposition')]).toEqual([
        true,
        `attachment; filename="contracts-${ordered.id}.jsonl"`,
      ]);
      expect((await open(keys.url)).status).toBe(200);
      await agency.owner.api.delete(`/v1/api-keys/${made.id}`);
      expect([(await open(keys.url)).status, (await open(`${owners.url}x`)).status]).toEqual([404, 404]);
      await harness.clock.advance({ hours: 25 });
      expect((await open(owners.url)).status).toBe(404);
    });

    it('are removed after a week, also when no worker ran on that day', async () => {
      const ordered = await order([{ name: 'acts' }]);
      await harness.drain();
      await harness.clock.advance({ days: 30 });
      await sweep();
      expect(await job(ordered)).toMatchObject({ state: 'expired', percent: 100 });
      expect([await stored(ordered), (await fetched(`/v1/export-jobs/${ordered.id}/file`)).status]).toEqual([[], 409]);
      await sweep();
    });

    it('are written one at a time for each agency, and can be cancelled', async () => {
      const [first, second] = [await order([{ name: 'contracts' }]), await order([{ name: 'posts' }])];
      const cancelled = await agency.owner.api.put(`/v1/export-jobs/${first.id}/cancellation`);
      expect([cancelled.status, cancelled.body.state]).toEqual([200, 'cancelled']);
      const again = await agency.owner.api.put(`/v1/export-jobs/${first.id}/cancellation`);
      expect([again.status, again.body.code]).toEqual([409, 'exports.job-ended']);
      // Somebody else's is not waited for; one's own is.
      await harness.sql(`update export_jobs set state = 'running', ended_at = null, held = true, step_at = $2 where id = $1`, [
        ...[first.id, new Date(harness.clock.now().getTime() + 60_000)],
      ]);
      await harness.drain();
      expect(await job(second)).toMatchObject({ state: 'queued' });
      await agency.owner.api.put(`/v1/export-jobs/${first.id}/cancellation`);
      await harness.drain();
      expect(await job(second)).toMatchObject({ state: 'ready' });
      await sweep();
      expect(await stored(first)).toEqual([]);
      const { data } = (await agency.owner.api.get('/v1/export-jobs?limit=2')).body;
      expect(data.map(({ id }: Loose) => id)).toEqual([second.id, first.id]);
    });

    it('are ordered and seen by whoever may read all that is in them', async () => {
      const ask = (body: object, by = agency.owner.api) => by.post('/v1/export-jobs', { format: 'csv', ...body });
      const two = await ask({ collections: [{ name: 'acts' }, { name: 'posts' }] });
      expect([two.status, two.body.fields[0].field]).toEqual([400, 'collections']);
      const { cursor } = await all('posts');
      const wrong = await ask({ collections: [{ name: 'acts', cursor }] });
      expect([wrong.status, wrong.body.fields[0].field]).toEqual([400, 'collections.0.cursor']);
      const posts = harness.api.as((await aKey(agency.owner, { name: 'Посты', scopes: ['exports.read', 'posts.read'] })).key);
      expect((await ask({ collections: [{ name: 'contracts' }] }, posts)).status).toBe(403);
      const whole = await order([{ name: 'contracts' }]);
      const narrow = await aKey(agency.owner, {
        ...{ name: 'Один заказчик', scopes: SCOPES, allClients: false, clientIds: [agency.client.id] },
      });
      const own = await order([{ name: 'contracts' }], {}, harness.api.as(narrow.key));
      await harness.drain();
      for (const api of [posts, harness.api.as(narrow.key)])
        expect((await api.get(`/v1/export-jobs/${whole.id}`)).status).toBe(404);
      expect((await harness.api.as(narrow.key).get('/v1/export-jobs')).body.data.map(({ id }: Loose) => id)).toEqual([own.id]);
    });
  });
});
