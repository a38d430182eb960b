import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency, clientRequest } from '../builders/agency.js';
import { PASSWORD } from '../builders/people.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

type Fetch = (request: Request) => Promise<Response>;

describe('the TypeScript client', () => {
  let harness: Harness;
  let agency: Agency;
  /** Its types are made with it: the examples, which the build checks, use them. */
  let sdk: Loose;
  let apiKey: string;

  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/sdk.mjs', '--unchecked'], { encoding: 'utf8' });
    const built = '../../sdk/dist/client.js';
    sdk = await import(built);
    harness = await Harness.start();
    agency = await anAgency(harness);
    const { owner } = agency;
    for (let i = 0; i < 2; i += 1) await owner.api.post('/v1/clients', clientRequest());
    const scopes = [
      'clients.read',
      'clients.write',
      'contracts.read',
      'portfolio.read',
      'deadlines.read',
      'acceptance.read',
      'exports.read',
    ];
    const made = await owner.api.post('/v1/api-keys', { name: 'Табло', scopes, allClients: true, clientIds: [] });
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
    apiKey = made.body.key;
  });
  afterAll(() => harness.close());

  const vestnik = (over?: Fetch) =>
    sdk.createVestnik({
      baseUrl: harness.baseUrl,
      apiKey,
      patience: { firstWaitMs: 1 },
      ...(over && { fetch: over }),
    });
  const clientIds = async (): Promise<string[]> => {
    const ids: string[] = [];
    const client = vestnik();
    const all = sdk.everyItem((cursor: string) => client.GET('/v1/clients', { params: { query: { cursor, limit: 2 } } }));
    for await (const { id } of all) ids.push(id);
    return ids;
  };

  const runs = async (example: string, ...args: string[]): Promise<string> => {
    const env = { ...process.env, VESTNIK_URL: harness.baseUrl, VESTNIK_KEY: apiKey };
    return (await promisify(execFile)(process.execPath, [`sdk/examples/${example}`, ...args], { env })).stdout;
  };

  it('reads a list page after page, each item once', async () => {
    const ids = await clientIds();
    expect(new Set(ids).size).toBe(3);
    expect(ids).toHaveLength(3);
  });

  it('throws what the API said, with its code and the fields', async () => {
    const wrong = { ...clientRequest(), inn: '123' };
    const refusal = await sdk.answerOf(vestnik().POST('/v1/clients', { body: wrong })).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(sdk.VestnikProblem);
    expect(refusal).toMatchObject({ status: 400, problem: { fields: [{ field: 'inn' }] } });
    expect((refusal as Error).message).toContain('inn: ');
  });

  it('makes nothing twice when the line broke after the API had answered', async () => {
    let tries = 0;
    const breaking: Fetch = async (request) => {
      const answer = await fetch(request);
      tries += 1;
      if (tries === 1) throw new TypeError('fetch failed');
      return answer;
    };
    const made = await sdk.answerOf(vestnik(breaking).POST('/v1/clients', { body: clientRequest() }));
    expect(tries).toBe(2);
    const ids = await clientIds();
    expect(ids).toHaveLength(4);
    expect(ids).toContain(made.id);
  });

  it('waits as long as it is told, and gives the refusal to the caller when that is too long', async () => {
    const told: number[] = [];
    const busy =
      (seconds: string): Fetch =>
      async (request) => {
        told.push(1);
        return told.length > 2 ? fetch(request) : new Response('{}', { status: 429, headers: { 'retry-after': seconds } });
      };
    expect((await vestnik(busy('0')).GET('/v1/clients')).response.status).toBe(200);
    expect(told).toHaveLength(3);
    told.length = 0;
    expect((await vestnik(busy('3600')).GET('/v1/clients')).response.status).toBe(429);
    expect(told).toHaveLength(1);
  });

  it('renews a session once for all calls that wait, tells its new tokens, and ends it', async () => {
    const kept: Loose[] = [];
    const renewals: string[] = [];
    const session = new sdk.Session(undefined, (tokens: Loose) => kept.push(tokens));
    const watching: Fetch = (request) => {
      if (request.url.endsWith('token-pairs')) renewals.push(request.url);
      return fetch(request);
    };
    const front = sdk.createVestnik({ baseUrl: harness.baseUrl, session, fetch: watching });
    await session.logIn(front, { email: agency.owner.email, password: PASSWORD });
    await harness.clock.advance({ hours: 2 });
    const answers = await Promise.all([1, 2, 3].map(() => front.GET('/v1/me') as Promise<Loose>));
    expect(answers.map(({ response }) => response.status)).toEqual([200, 200, 200]);
    expect(renewals).toHaveLength(1);
    expect(kept).toHaveLength(2);
    await harness.clock.advance({ hours: 2 });
    // A body is sent again as well.
    const made = await sdk.answerOf(front.POST('/v1/clients', { body: clientRequest() }));
    expect(made.id).toEqual(expect.any(String));
    await session.logOut(front);
    expect(session.isOpen).toBe(false);
    expect((await front.GET('/v1/me')).response.status).toBe(401);
  });

  it('comes with a dashboard that runs', async () => {
    const page = await runs('dashboard.mjs');
    expect(page).toContain('<h1>Договоров: 1, на 1');
    expect(page).toContain('aria-label="Деньги по состоянию"');
  });

  it('comes with an import for accounting that changes nothing when it is run again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vestnik-books-'));
    const file = join(folder, 'books.json');
    try {
      // The newest rows are told when every transaction of the server that began before them has ended.
      do await runs('accounting-import.mjs', file);
      while (!(agency.contract.id in JSON.parse(await readFile(file, 'utf8')).contracts.rows));
      const books = await readFile(file, 'utf8');
      expect(JSON.parse(books).contracts.rows[agency.contract.id]).toMatchObject({
        number: '12-ГК/2026',
        priceKopecks: 120_000_000,
      });
      expect(await runs('accounting-import.mjs', file)).toContain('contracts: 0 changed, 1 in all');
      expect(await readFile(file, 'utf8')).toBe(books);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
