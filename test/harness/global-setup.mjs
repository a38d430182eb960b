import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIGRATIONS } from '../../dist/migrations/migrations.js';
import { EmbeddedServer } from '../../dist/src/platform/database/embedded-server.js';
import { migrate } from '../../dist/src/platform/database/migrator.js';
import { prepareServer } from '../../dist/src/platform/database/roles.js';
import { migrateQueue } from '../../dist/src/platform/queue/queue-schema.js';

/** One server for the whole run; every test file copies the migrated template database. */
export default async function setUp() {
  const dataDir = await mkdtemp(join(tmpdir(), 'vestnik-test-'));
  // What a password costs is nothing that these tests ask, and they open thousands of connections.
  const server = await EmbeddedServer.start({ dataDir, durable: false, settings: ['scram_iterations=1'] });
  const passwords = { owner: 'owner', app: 'app', system: 'system' };
  await prepareServer(server.superuserUrl(), 'template_vestnik', passwords);
  const ownerUrl = server.url('vestnik_owner', passwords.owner, 'template_vestnik');
  await migrate(ownerUrl, MIGRATIONS);
  await migrateQueue(ownerUrl);
  process.env.TEST_POSTGRES_PORT = String(server.port);
  process.env.TEST_SUPERUSER_URL = server.superuserUrl();
  globalThis.vestnikTestServer = { server, dataDir };
}
