import { cp, mkdir, mkdtemp, readFile, rm, chmod } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { freePort, pause, Program, untilAnswers } from './processes.mjs';
import { makeDisk } from './disk.mjs';
import { FaultProxy } from './proxy.mjs';
import { wireTap } from './wire-tap.mjs';

const APIS = 2;
const HOST = '127.0.0.1';
const DATABASE = 'vestnik';
const PASSWORDS = { owner: 'owner-of-a-run', app: 'app-of-a-run', system: 'system-of-a-run' };

/** Everything that runs in one run, and the proxies between its parts. */
export class System {
  constructor(folder, options, { random, wire }) {
    Object.assign(this, { folder, options, random, wire });
    this.apis = [];
    this.deaths = [];
    this.workers = [];
    this.proxies = {};
    this.skewMs = 2 * 3_600_000;
    this.secrets = { sealing: randomBytes(32).toString('base64'), tokens: randomBytes(32).toString('hex') };
  }

  async start(say) {
    say('copying the build, so that restarts run what the run began with');
    this.build = join(this.folder, 'build');
    await cp('dist', this.build, { recursive: true });
    await this.startDatabase(say);
    say('starting the sandbox');
    await this.startSandbox();
    await this.startProxies();
    if (this.options.queue === 'redis') await this.startRedis();
    await this.startProcesses(say);
  }

  async startDatabase(say) {
    say('starting PostgreSQL, which flushes as in production');
    const module = (path) => import(pathToFileURL(join(this.build, 'src', path)).href);
    const [{ EmbeddedServer }, { prepareServer }, { migrateAll }] = await Promise.all([
      module('platform/database/embedded-server.js'),
      module('platform/database/roles.js'),
      module('apps/migrate.js'),
    ]);
    // Aside, where PostgreSQL's own account can enter it when we are root.
    this.aside = await mkdtemp(join(tmpdir(), 'vestnik-torture-'));
    await chmod(this.aside, 0o711);
    this.disk = makeDisk(this.aside);
    if (!this.disk) say('no disk of its own for PostgreSQL can be made here: it is never full');
    this.launchDatabase = () =>
      EmbeddedServer.start({
        dataDir: join(this.aside, 'postgres'),
        durable: true,
        superuserPassword: 'superuser-of-a-run',
        // The oracle asks when a termination that nobody acknowledged came into effect.
        settings: ['track_commit_timestamp=on'],
      });
    this.database = await this.launchDatabase();
    await prepareServer(this.database.superuserUrl(), DATABASE, PASSWORDS);
    await migrateAll(this.database.url('vestnik_owner', PASSWORDS.owner, DATABASE));
  }

  /** Immediate shutdown: no flush, no farewell, as when the power goes. */
  async crashDatabase() {
    const server = this.database;
    const [pid] = (await readFile(join(this.aside, 'postgres/postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGQUIT');
    await server.stop();
  }

  /** After its disk was full PostgreSQL may have given up. */
  async reviveDatabase() {
    const alive = await this.sql('select 1').then(
      () => true,
      () => false,
    );
    if (alive) return;
    await this.database.stop();
    await this.restartDatabase();
  }

  async restartDatabase() {
    this.database = await this.launchDatabase();
    for (const name of ['pgApi', 'pgWorkers']) this.proxies[name].target = this.database.port;
  }

  /** As superuser, past row-level security and past the proxies. */
  async sql(text, values = []) {
    const client = new pg.Client({ connectionString: this.database.superuserUrl(DATABASE), statement_timeout: 20_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(text, values)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async startSandbox() {
    this.ledgerFile = join(this.folder, 'ledger.jsonl');
    const first = await fiveFreePorts();
    const args = [join(this.build, 'src/main.sandbox.js'), '--first-port', String(first), '--ledger', this.ledgerFile];
    this.sandbox = this.program('sandbox', () => ({ program: process.execPath, args, env: {} }));
    this.sandboxPorts = { vk: first + 1, ok: first + 2, uploads: first + 3, control: first + 4 };
    this.controlUrl = `http://${HOST}:${this.sandboxPorts.control}`;
    this.sandbox.start();
    await untilAnswers(`${this.controlUrl}/credentials`);
  }

  /** Asks the sandbox's control address. */
  async control(method, path, body) {
    const answer = await fetch(`${this.controlUrl}${path}`, {
      ...{ method, signal: AbortSignal.timeout(10_000) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`sandbox: ${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  async startProxies() {
    const taps = { vk: wireTap('vk', this.wire), ok: wireTap('ok', this.wire) };
    const targets = {
      ...{ pgApi: this.database.port, pgWorkers: this.database.port, redis: null },
      ...{ vk: this.sandboxPorts.vk, ok: this.sandboxPorts.ok },
    };
    for (const [i, [name, target]] of Object.entries(targets).entries()) {
      const proxy = await new FaultProxy(name, this.random.fork(100 + i), taps[name]).listen();
      proxy.target = target;
      this.proxies[name] = proxy;
    }
  }

  async startRedis() {
    const port = await freePort();
    const args = ['--port', String(port), '--bind', HOST, '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];
    this.redis = this.program('redis', () => ({ program: 'redis-server', args, env: {} }));
    this.redis.start();
    this.proxies.redis.target = port;
    await pause(500);
  }

  async startProcesses(say) {
    await mkdir(join(this.folder, 'storage'), { recursive: true });
    for (let i = 1; i <= APIS; i += 1) this.apis.push(await this.node(`api-${i}`, 'main.api.js', 'pgApi'));
    const { workers } = this.options;
    for (let i = 1; i <= workers; i += 1) this.workers.push(await this.node(`worker-${i}`, 'main.worker.js', 'pgWorkers'));
    say(`starting ${APIS} api and ${workers} worker processes; the clock of worker-${workers} is two hours off`);
    for (const program of [...this.apis, ...this.workers]) program.start();
    for (const program of [...this.apis, ...this.workers]) await untilAnswers(`${program.url}/healthz`);
  }

  async node(name, main, database) {
    const port = await freePort();
    const entry = join(this.build, 'src', main);
    const skewed = name === `worker-${this.options.workers}`;
    const preload = skewed ? ['--import', pathToFileURL(join(import.meta.dirname, 'clock-skew.mjs')).href] : [];
    const program = this.program(name, () => ({
      ...{ program: process.execPath, args: [...preload, entry] },
      env: { ...this.environment(port, database), ...(skewed && { TORTURE_CLOCK_SKEW_MS: String(this.skewMs) }) },
    }));
    return Object.assign(program, { url: `http://${HOST}:${port}` });
  }

  program(name, command) {
    const program = new Program(name, this.folder, command);
    (this.programs ??= []).push(program);
    program.onDeath = (how) => {
      this.deaths.push({ at: Date.now(), how });
      // As whatever watches over processes in production would.
      setTimeout(() => !this.over && program.start(), 1_000);
    };
    return program;
  }

  environment(port, database) {
    const through = (user, password) => `postgres://${user}:${password}@${HOST}:${this.proxies[database].port}/${DATABASE}`;
    const at = (name) => `http://${HOST}:${this.proxies[name].port}`;
    return {
      ...{ NODE_ENV: 'test', HOST, PORT: String(port), PUBLIC_URL: `http://${HOST}:${port}`, LOG_LEVEL: 'warn' },
      DATABASE_URL: through('vestnik_app', PASSWORDS.app),
      DATABASE_SYSTEM_URL: through('vestnik_system', PASSWORDS.system),
      ...(this.redis && { QUEUE_URL: `redis://${HOST}:${this.proxies.redis.port}` }),
      STORAGE_URL: pathToFileURL(join(this.folder, 'storage')).href,
      ...{ SECRET_KEYS: `1:${this.secrets.sealing}`, ACCESS_TOKEN_SECRET: this.secrets.tokens },
      ...{ VK_API_URL: at('vk'), VK_ID_URL: at('vk'), OK_API_URL: at('ok'), OK_AUTH_URL: at('ok') },
      NETWORK_UPLOAD_HOSTS: `${HOST}:${this.sandboxPorts.uploads}`,
    };
  }

  /** Ends everything that was started, whatever state it is in. */
  async stop() {
    this.over = true;
    const ending = (this.programs ?? []).filter((program) => program !== this.sandbox);
    await Promise.all(ending.map((program) => program.end('SIGTERM', 5_000)));
    await this.sandbox?.end('SIGTERM', 5_000);
    await Promise.all(Object.values(this.proxies).map((proxy) => proxy.close()));
    await this.database?.stop();
    this.disk?.unmount();
    if (this.aside) await rm(this.aside, { recursive: true, force: true });
  }

  /** The last resort, when the runner itself dies. */
  killAll() {
    for (const program of this.programs ?? []) if (program.running) program.child.kill('SIGKILL');
  }
}

async function fiveFreePorts() {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = await freePort();
    const rest = await Promise.all([1, 2, 3, 4].map((offset) => isFree(first + offset)));
    if (first < 65_000 && rest.every(Boolean)) return first;
  }
  throw new Error('No five free ports in a row');
}

async function isFree(port) {
  const { createServer } = await import('node:net');
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}
