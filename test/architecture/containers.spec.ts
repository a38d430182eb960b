import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const repository = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(repository, file), 'utf8');

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const compose = read('docker-compose.yml');
const dockerfile = read('Dockerfile');

/** What a script starts once everything is built: the image holds dist already. */
const started = (script: string) => scripts[script]?.replace('node scripts/build.mjs && ', '');

const words = (list: string) => (JSON.parse(list.replaceAll("'", '"')) as string[]).join(' ');

/** The text of one service of docker-compose.yml, as it is indented there. */
function service(name: string): string {
  const text = new RegExp(`^ {2}${name}:\\n((?: {3,}.*\\n|\\n)+)`, 'm').exec(compose)?.[1];
  if (!text) throw new Error(`docker-compose.yml has no service ${name}`);
  return text;
}

const variables = (text: string) => [...text.matchAll(/^ +([A-Z][A-Z_]+): /gm)].map(([, name]) => name);

describe('the containers', () => {
  it.each([
    ['api', 'start:api'],
    ['worker', 'start:worker'],
    ['migrate', 'migrate'],
  ])('%s runs what `npm run %s` runs', (name, script) => {
    const command = /^ +command: (\[.*\])$/m.exec(service(name))?.[1];
    expect(words(command ?? '[]')).toBe(started(script));
  });

  it('start the api by default', () => {
    const command = /^CMD (\[.*\])$/m.exec(dockerfile)?.[1];
    expect(words(command ?? '[]')).toBe(started('start:api'));
  });

  it('build the image as `npm run build` builds', () => {
    expect(dockerfile).toContain(`RUN ${scripts.build} &&`);
  });

  it('give the owner’s login to the migrations and to nobody else', () => {
    expect(variables(service('migrate'))).toContain('DATABASE_OWNER_URL');
    expect(compose.match(/^ +DATABASE_OWNER_URL:/gm)).toHaveLength(1);
  });

  it('take every secret from outside and stop without it', () => {
    const secrets = [...compose.matchAll(/^ +(?:\w+_PASSWORD|\w+_SECRET|SECRET_KEYS): (.+)$/gm)].map(([, value]) => value);
    expect(secrets.length).toBeGreaterThan(4);
    expect(secrets.filter((value) => !/^\$\{\w+:\?/.test(value ?? ''))).toEqual([]);
  });

  it('wait for a migrated database before a process starts', () => {
    for (const name of ['api', 'worker']) {
      expect(service(name)).toMatch(/migrate:\n +condition: service_completed_successfully/);
    }
    expect(service('migrate')).toMatch(/postgres:\n +condition: service_healthy/);
  });

  it.each([
    [200, 0],
    [503, 1],
  ])('report health: an answer of %i ends the health check with %i', async (status, code) => {
    const server = createServer((_request, response) => response.writeHead(status).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    expect(await healthCheck((server.address() as AddressInfo).port)).toBe(code);
    server.close();
  });

  it('report a process that does not answer as unhealthy', async () => {
    expect(await healthCheck(1)).toBe(1);
  });
});

async function healthCheck(port: number): Promise<number | null> {
  const command = /HEALTHCHECK[^[]+CMD (\[.*\])/.exec(dockerfile)?.[1];
  const [node, ...args] = JSON.parse(command ?? '[]') as string[];
  expect(node).toBe('node');
  const child = spawn(process.execPath, args, { env: { PORT: String(port) }, stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}
