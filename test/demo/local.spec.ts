import { createServer, type Server } from 'node:net';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Program } from '../harness/program.js';

const RUNNING = 'Vestnik is running';

describe('npm run local', () => {
  let local: Program;

  beforeEach(() => {
    local = new Program('main.local.js');
  });
  afterEach(() => local.remove());

  it('keeps its data and secrets between starts, and stops in order', async () => {
    await local.start().says(RUNNING);
    expect((await signUp()).status).toBe(201);
    const secrets = readFileSync(secretsFile(), 'utf8');
    expect(statSync(secretsFile()).mode & 0o777).toBe(0o600);
    local.kill('SIGINT');
    expect(await local.ends()).toBe(0);
    expect(local.leftProcesses()).toEqual([]);

    await local.start().says(RUNNING);
    expect(readFileSync(secretsFile(), 'utf8')).toBe(secrets);
    expect(local.text).not.toContain('migrations');
    expect((await logIn()).status).toBe(201);
    local.kill('SIGTERM');
    expect(await local.ends()).toBe(0);
  });

  it('moves to other ports when its own are busy, and says so', async () => {
    const busy = await Promise.all([listen(3_000), listen(4_602)]);
    await local.start().says(RUNNING);
    expect(local.text).toMatch(/Port 3000 is busy: the API is at \d+/);
    expect(local.text).toMatch(/Ports from 4600 on are busy: the sandbox is at \d+ to \d+/);
    expect((await fetch(`${address('API docs')}/openapi.json`)).status).toBe(200);
    expect((await fetch(address('Sandbox walls'))).status).toBe(200);
    busy.forEach((server) => server?.close());
  });

  it('takes the data over from a PostgreSQL that a killed start left running', async () => {
    await local.start().says(RUNNING);
    local.kill('SIGKILL');
    await local.ends();
    expect(local.leftProcesses().join('\n')).toContain('postgres');
    await local.start().says(RUNNING);
    expect(local.text).toMatch(/Stopped the PostgreSQL \(process \d+\) that an earlier start had left running/);
    local.kill('SIGINT');
    expect(await local.ends()).toBe(0);
    expect(local.leftProcesses()).toEqual([]);
  });

  it('starts although the process id of a dead PostgreSQL belongs to another process now', async () => {
    await local.start().says(RUNNING);
    local.kill('SIGINT');
    await local.ends();
    writeFileSync(join(local.folder, 'var/postgres/postmaster.pid'), `${process.pid}\n${join(local.folder, 'var/postgres')}\n`);
    await local.start().says(RUNNING);
    local.kill('SIGINT');
    expect(await local.ends()).toBe(0);
  });

  it('refuses to start twice on the same data, and to open data without its secrets', async () => {
    await local.start().says(RUNNING);
    const second = new Program('main.local.js', local.folder);
    expect(await second.start().ends()).toBe(1);
    expect(second.text).toContain(`Process ${local.pid} is running on`);
    local.kill('SIGINT');
    await local.ends();

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
