import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateAll } from '../../src/apps/migrate.js';
import { EmbeddedServer } from '../../src/platform/database/embedded-server.js';
import { prepareServer } from '../../src/platform/database/roles.js';
import type { TestDatabase } from './test-database.js';
import { Wire } from './wire.js';

const DATABASE = 'vestnik';
const PASSWORDS = { owner: 'owner', app: 'app', system: 'system' };

/** A PostgreSQL of a test's own that flushes as in production, which the test may crash, stop and make read-only. */
export class OwnServer {
  private constructor(
    private readonly dataDir: string,
    private server: EmbeddedServer,
    /** The only way to it: its port stays while the server's changes. */
    readonly wire: Wire,
  ) {}

  static async start(): Promise<OwnServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'vestnik-own-'));
    const server = await EmbeddedServer.start({ dataDir, durable: true });
    await prepareServer(server.superuserUrl(), DATABASE, PASSWORDS);
    await migrateAll(server.url('vestnik_owner', PASSWORDS.owner, DATABASE));
    return new OwnServer(dataDir, server, await Wire.to(server.port));
  }

  get database(): TestDatabase {
    const url = (login: string, password: string): string => {
      const direct = new URL(this.server.url(login, password, DATABASE));
      direct.port = String(this.wire.port);
      return direct.href;
    };
    return {
      name: DATABASE,
      appUrl: url('vestnik_app', PASSWORDS.app),
      systemUrl: url('vestnik_system', PASSWORDS.system),
      ownerUrl: url('vestnik_owner', PASSWORDS.owner),
      superuserUrl: url('postgres', this.server.superuserPassword),
      drop: () => this.stop(),
    };
  }

  /** Immediate shutdown: no flush and no farewell, as when the power goes. */
  async crash(): Promise<void> {
    const [pid] = (await readFile(join(this.dataDir, 'postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGQUIT');
    await this.server.stop();
    this.wire.reset();
  }

  async restart(): Promise<void> {
    this.server = await EmbeddedServer.start({ dataDir: this.dataDir, durable: true });
    this.wire.target = this.server.port;
  }

  /** From now on it is what an old primary is after a failover: a server in recovery that takes no write. */
  async demote(): Promise<void> {
    await this.server.stop();
    this.wire.reset();
    await writeFile(join(this.dataDir, 'standby.signal'), '');
    await this.restart();
  }

  async stop(): Promise<void> {
    this.wire.close();
    await this.server.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
