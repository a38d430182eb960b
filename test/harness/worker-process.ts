import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Harness } from './harness.js';
import { newFolder, Program } from './program.js';

interface Kind {
  readonly env?: Record<string, string>;
  /** Flags of Node. */
  readonly node?: readonly string[];
}

/** A worker in a process of its own beside the harness, with timers that run: it may be killed. Resolves when it takes work. */
export async function aWorkerProcess(harness: Harness, kind: Kind = {}): Promise<Program> {
  const worker = await aProcess(harness, 'main.worker.js', kind);
  await worker.says('workers started');
  return worker;
}

/** An API in a process of its own. */
export async function anApiProcess(harness: Harness, kind: Kind = {}): Promise<{ api: Program; url: string }> {
  const port = String(await freePort());
  const api = await aProcess(harness, 'main.api.js', { ...kind, env: { ...kind.env, PORT: port } });
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${url}/healthz`).catch(() => undefined))?.ok) await new Promise((again) => setTimeout(again, 50));
  return { api, url };
}

/** Any of our programs, on the harness's database and networks. */
export async function aProcess(harness: Harness, main: string, { env, node = [] }: Kind = {}): Promise<Program> {
  const own = { HOST: '127.0.0.1', PORT: String(await freePort()), LOG_LEVEL: 'info' };
  return new Program(main, newFolder(), { env: { ...harness.environment(), ...own, ...env }, node }).start();
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
