import { createServer, type Server } from 'node:net';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Program } from '../harness/program.js';

const RUNNING = 'Vestnik is running';

/** The life of one folder, step after step: each start costs seconds, and a user's folder sees many. */
describe('npm run local', () => {
  const local = new Program('main.local.js');
  let secrets: string;
  afterAll(() => local.remove());

  it('moves to other ports when its own are busy, and says so', async () => {
    const busy = await Promise.all([listen(3_000), listen(4_602)]);
    await local.start().says(RUNNING);
    expect(local.text).toMatch(/Port 3000 is busy: the API is at \d+/);
    expect(local.text).toMatch(/Ports from 4600 on are busy: the sandbox is at \d+ to \d+/);
    for (const place of [`${address('API docs')}/openapi.json`, address('Sandbox walls')]) {
      const answer = await fetch(place);
      expect([answer.status, (await answer.text()).length]).toEqual([200, expect.any(Number)]);
    }
    busy.forEach((server) => server?.close());
  });

  it('keeps its secrets where nobody else reads them', async () => {
    expect((await signUp()).status).toBe(201);
    secrets = readFileSync(secretsFile(), 'utf8');
    expect(statSync(secretsFile()).mode & 0o777).toBe(0o600);
  });

  it('refuses to start twice on the same data', async () => {
    const second = new Program('main.local.js', local.folder);
    expect(await second.start().ends()).toBe(1);
    expect(second.text).toContain(`Process ${local.pid} is running on`);
  });

  it('stops in order, and has its data and secrets again at the next start, whoever has the dead PostgreSQL’s id now', async () => {
    local.kill('SIGINT');
    expect(await local.ends()).toBe(0);
    expect(local.leftProcesses()).toEqual([]);
    // As if the number of the PostgreSQL that has ended belonged to another process now.
    writeFileSync(join(local.folder, 'var/postgres/postmaster.pid'), `${process.pid}\n${join(local.folder, 'var/postgres')}\n`);
    await local.start().says(RUNNING);
    expect(readFileSync(secretsFile(), 'utf8')).toBe(secrets);
    expect(local.text).not.toContain('migrations');
    expect((await logIn()).status).toBe(201);
  });

  it('takes the data over from a PostgreSQL that a killed start left running', async () => {
    local.kill('SIGKILL');
    await local.ends();
    expect(local.leftProcesses().join('\n')).toContain('postgres');
    await local.start().says(RUNNING);
    expect(local.text).toMatch(/Stopped the PostgreSQL \(process \d+\) that an earlier start had left running/);
    expect((await logIn()).status).toBe(201);
    local.kill('SIGTERM');
    expect(await local.ends()).toBe(0);
    expect(local.leftProcesses()).toEqual([]);
  });

  it('refuses to open data without its secrets', async () => {
    rmSync(secretsFile());
    expect(await local.start().ends()).toBe(1);
    expect(local.text).toContain('local-secrets.json is missing');
  });

  const secretsFile = (): string => join(local.folder, 'var/local-secrets.json');

  const address = (name: string): string => new RegExp(`${name} +(\\S+)`).exec(local.text)![1]!;

  const person = { email: 'irina@agency.example', password: 'correct horse battery' };

  const post = (path: string, body: object): Promise<Response> =>
    fetch(new URL(path, address('API docs')), {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    });

  const signUp = (): Promise<Response> =>
    post('/v1/contractors', {
      contractor: { name: 'ООО «Город»', inn: '7707083893', kpp: '770701001', ogrn: '1027700132195', timeZone: 'Europe/Moscow' },
      owner: { name: 'Ирина', ...person },
    });

  const logIn = (): Promise<Response> => post('/v1/sessions', person);
});

/** Takes a port; one that somebody else has is just as busy. */
function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
