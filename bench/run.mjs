// Measures speed on a throw-away embedded PostgreSQL. Figures are ratios of interleaved rounds, because absolute
// numbers say more about the machine than about the code. `npm run bench [name]` runs one of them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateAll } from '../dist/src/apps/migrate.js';
import { EmbeddedServer } from '../dist/src/platform/database/embedded-server.js';
import { prepareServer } from '../dist/src/platform/database/roles.js';
import { measureDispatchCost } from './dispatch-cost.mjs';
import { measureFirstDay } from './first-day.mjs';
import { measureMetrics } from './metrics.mjs';
import { measureRecompute } from './recompute.mjs';
import { measureRecovery } from './recovery.mjs';
import { measureReports } from './reports.mjs';
import { measureStorm } from './storm.mjs';
import { measureTenancy } from './tenancy.mjs';
import { measureThroughput } from './throughput.mjs';
import { measureWebhooks } from './webhooks.mjs';

const BENCHES = {
  tenancy: measureTenancy,
  storm: measureStorm,
  recovery: measureRecovery,
  throughput: measureThroughput,
  dispatch: measureDispatchCost,
  recompute: measureRecompute,
  metrics: measureMetrics,
  reports: measureReports,
  webhooks: measureWebhooks,
  'first-day': measureFirstDay,
};

const [chosen, ...options] = process.argv.slice(2);
if (chosen && !BENCHES[chosen]) {
  process.stderr.write(`There is no bench "${chosen}": choose from ${Object.keys(BENCHES).join(', ')}\n`);
  process.exit(1);
}

const dataDir = await mkdtemp(join(tmpdir(), 'vestnik-bench-'));
const server = await EmbeddedServer.start({ dataDir, durable: true });
try {
  await prepareServer(server.superuserUrl(), 'bench', { owner: 'owner', app: 'app', system: 'system' });
  await migrateAll(server.url('vestnik_owner', 'owner', 'bench'));
  const urls = {
    superuser: server.superuserUrl('bench'),
    app: server.url('vestnik_app', 'app', 'bench'),
    system: server.url('vestnik_system', 'system', 'bench'),
  };
  for (const [name, measure] of Object.entries(BENCHES)) {
    if (chosen && chosen !== name) continue;
    process.stdout.write(`\n# ${name}\n`);
    await measure(urls, ...options);
  }
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
