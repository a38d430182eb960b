// What does it cost to set the tenant? The same page of 50 rows: by autocommit past row-level security, and through the
// unit of work under it. The ratio of throughputs is what counts; docs/benchmarks.md says what was reached.
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { createDataSource } from '../dist/src/platform/database/data-source.js';
import { UnitOfWork } from '../dist/src/platform/database/work.js';

const CONTRACTORS = 500;
const ROWS_EACH = 200;
const ROUNDS = 9;
const CALLS = 600;
const LIST = `select id, name, short_name, inn, kpp, ogrn, address, email, site, time_zone, version from clients
  where contractor_id = $1 and id < 'ffffffff-ffff-ffff-ffff-ffffffffffff' order by id desc limit 50`;

export async function measureTenancy(urls) {
  const contractors = await seed(urls.superuser);
  const pool = { max: 20, statementTimeoutMs: 30_000, connectionTimeoutMs: 2_000 };
  const [plain, app, system] = [urls.superuser, urls.app, urls.system].map((url) => createDataSource({ url, ...pool }, []));
  await Promise.all([plain, app, system].map((source) => source.initialize()));
  const work = new UnitOfWork(app, system);
  const ways = {
    autocommit: (contractorId) => plain.query(LIST, [contractorId]),
    reading: (contractorId) => work.reading({ contractorId, clientIds: 'all' }, (tx) => tx.query(LIST, [contractorId])),
    forTenant: (contractorId) => work.forTenant({ contractorId, clientIds: 'all' }, (tx) => tx.query(LIST, [contractorId])),
  };
  for (const clients of [1, 10]) {
    const speeds = await compare(ways, contractors, clients);
    for (const [way, speed] of Object.entries(speeds)) {
      const ratio = (speed / speeds.autocommit).toFixed(2);
      process.stdout.write(
        `${String(clients).padStart(2)} clients  ${way.padEnd(10)} ${speed.toFixed(0).padStart(6)} calls/s  ×${ratio}\n`,
      );
    }
  }
  await Promise.all([plain, app, system].map((source) => source.destroy()));
}

async function compare(ways, contractors, clients) {
  const speeds = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (let round = 0; round < ROUNDS + 1; round += 1) {
    for (const [way, call] of Object.entries(ways)) {
      const speed = await throughput(call, contractors, clients);
      // The first round warms caches and connections.
      if (round > 0) speeds[way].push(speed);
    }
  }
  return Object.fromEntries(Object.entries(speeds).map(([way, values]) => [way, median(values)]));
}

async function throughput(call, contractors, clients) {
  const start = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < CALLS) {
      next += 1;
      const rows = await call(contractors[next % contractors.length]);
      if (rows.length !== 50) throw new Error(`expected a page of 50 rows, got ${rows.length}`);
    }
  };
  await Promise.all(Array.from({ length: clients }, worker));
  return CALLS / ((performance.now() - start) / 1_000);
}

async function seed(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `insert into contractors (contractor_id, name, inn, ogrn, time_zone)
     select gen_random_uuid(), 'Подрядчик ' || i, '7707083893', '1027700132195', 'Europe/Moscow' from generate_series(1, ${CONTRACTORS}) i`,
  );
  await client.query(
    `insert into clients (contractor_id, id, kind, name, inn, kpp, ogrn, address, email, phones, time_zone)
     select contractor_id, gen_random_uuid(), 'court', 'Суд ' || i, '7707083893', '770701001', '1027700132195', 'Москва, ул. Ленина, ' || i,
       'court@example.org', '{+7 495 000-00-00}', 'Europe/Moscow' from contractors, generate_series(1, ${ROWS_EACH}) i`,
  );
  await client.query('analyze');
  const { rows } = await client.query('select contractor_id from contractors');
  await client.end();
  return rows.map((row) => row.contractor_id);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
