// What keeping plan and fact true costs: everything of a contractor anew, and one fact after another, among ever more contracts.
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { foundation, WORKER_POOL } from '../dist/src/apps/foundation.js';
import { FulfilmentModule } from '../dist/src/modules/fulfilment/fulfilment.module.js';
import { News } from '../dist/src/modules/fulfilment/news.service.js';
import { Recomputing, RecomputingTools } from '../dist/src/modules/fulfilment/recomputing.service.js';
import { SystemClock } from '../dist/src/platform/clock/clock.js';
import { parseConfig } from '../dist/src/platform/config/config.js';
import { QueueModule } from '../dist/src/platform/queue/queue.module.js';
import { seedContracts } from './recompute-world.mjs';

/** Ten times as much, and ten times again; two hundred posts in a contract. */
const SIZES = [50, 500, 5_000];
const POSTS_EACH = 200;
/** Of how many contracts everything is computed; facts that come one by one. */
const SAMPLE = 500;
const FACTS = 200;

export async function measureRecompute(urls) {
  const owner = new pg.Client({ connectionString: urls.superuser });
  await owner.connect();
  const app = await NestFactory.createApplicationContext(benchModule(urls), { logger: ['error'] });
  try {
    const [recomputing, news] = [app.get(Recomputing), app.get(News)];
    for (const contracts of SIZES) {
      const { contractorId, contracts: all } = await seedContracts(owner, { contracts, postsEach: POSTS_EACH });
      const began = performance.now();
      for (const { contractId } of all) await recomputing.replan({ contractorId, contractId });
      const planned = performance.now() - began;
      await owner.query('vacuum analyze requirement_periods, publications');
      const [wall, cpu] = [performance.now(), process.cpuUsage()];
      const sample = all.filter((_, i) => i % Math.ceil(all.length / SAMPLE) === 0);
      for (const { contractId } of sample) await recomputing.recompute({ contractorId, contractId });
      const [took, used] = [performance.now() - wall, process.cpuUsage(cpu)];
      const fact = await oneByOne(owner, { recomputing, news, contractorId, all });
      const each = (ms, of = sample.length) => `${(ms / of).toFixed(1)} ms`;
      say(
        `${String(contracts).padStart(5)} contracts, ${contracts * POSTS_EACH} posts: laid out ${each(planned, contracts)} a contract; everything ` +
          `computed ${each(took)} a contract (${each((used.user + used.system) / 1_000)} of our CPU), ${(took / 1_000).toFixed(1)} s for ${sample.length}; ` +
          `a fact ${fact.toFixed(1)} ms`,
      );
    }
  } finally {
    await app.close();
    await owner.end();
  }
}

/** The median of: a post was published, its periods are marked, a round finds them and computes them. */
async function oneByOne(owner, { recomputing, news, contractorId, all }) {
  await owner.query('update requirement_periods set recompute_at = null');
  await owner.query('vacuum analyze requirement_periods');
  const times = [];
  for (let i = 0; i < FACTS; i += 1) {
    const { contractId, clientId } = all[Math.floor((i * all.length) / FACTS)];
    const { rows } = await owner.query(
      `select id from publications where contractor_id = $1 and client_id = $2 and state = 'published' order by published_at offset $3 limit 1`,
      [contractorId, clientId, (i * 7) % POSTS_EACH],
    );
    const start = performance.now();
    await news.publication({ contractorId, clientId }, rows[0].id);
    for (const key of await recomputing.due(100)) await recomputing.recompute(key);
    times.push(performance.now() - start);
    await owner.query(`update requirement_periods set recompute_at = null where contract_id = $1`, [contractId]);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

function benchModule(urls) {
  const config = parseConfig({
    ...{ NODE_ENV: 'test', DATABASE_URL: urls.app, DATABASE_SYSTEM_URL: urls.system },
    ...{ SECRET_KEYS: `1:${randomBytes(32).toString('base64')}`, ACCESS_TOKEN_SECRET: randomBytes(32).toString('hex') },
  });
  const imports = [
    ...foundation(config, new SystemClock(), WORKER_POOL),
    QueueModule.forApi({ queueUrl: config.queueUrl }),
    FulfilmentModule,
  ];
  return { module: class BenchModule {}, imports, providers: [Recomputing, RecomputingTools, News] };
}

const say = (text) => void process.stdout.write(`${text}\n`);
