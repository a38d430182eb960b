// What does everything around the one call to the network cost? Publications without any limit on their rate, against a bare
// BullMQ job that makes the same call, on the same backend, in interleaved rounds. `npm run bench throughput`; the rounds on
// Redis need a redis-server.
import { fork, spawn, spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { openBackend } from '../dist/src/platform/queue/open-backend.js';
import { startSandbox } from '../dist/src/sandbox/start-sandbox.js';
import { seedStorm } from './storm-world.mjs';
import { startWorker, stopWorker } from './worker-process.mjs';

const ROUNDS = 3;
const PAGES = 50;
const POSTS = 500;
const NO_LIMIT = 100_000;
const TEXT = 'Объявление для жителей';

export async function measureThroughput(urls) {
  // One for all rounds: a worker looks at what earlier ones published, too.
  const key = randomBytes(32);
  await measureOn('PostgreSQL', { urls, key, queueUrl: urls.system });
  const redis = await startRedis();
  if (!redis) return say('Redis: skipped, there is no redis-server here');
  try {
    await measureOn('Redis', { urls, key, queueUrl: redis.url });
  } finally {
    redis.process.kill('SIGTERM');
    await once(redis.process, 'exit');
  }
}

async function measureOn(name, { urls, key, queueUrl }) {
  const sandbox = await startSandbox();
  Object.assign(sandbox.vk.settings, {
    perSecond: { user: NO_LIMIT, service: NO_LIMIT, community: NO_LIMIT },
    postsPerDay: NO_LIMIT,
  });
  const owner = new pg.Client({ connectionString: urls.superuser });
  await owner.connect();
  await owner.query(`update network_budgets set per_second = ${NO_LIMIT}, burst = ${NO_LIMIT}, page_per_second = ${NO_LIMIT};
    update credential_rates set per_second = ${NO_LIMIT}`);
  const worker = startWorker({ urls, sandbox, key, queueUrl });
  const bare = fork('bench/bare-worker.mjs', [queueUrl, sandbox.vkUrl]);
  await once(bare, 'message');
  const queue = openBackend({ queueUrl, prefix: 'bare' }, 1);
  const results = { bare: [], ours: [] };
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const rates = { bare: await bareRound(sandbox, queue.openQueue('bare')), ours: await ourRound(urls, sandbox, key, owner) };
      // The first round warms both up.
      if (round === 0) continue;
      results.bare.push(rates.bare);
      results.ours.push(rates.ours);
    }
  } finally {
    await Promise.all([stopWorker(worker), stopWorker(bare)]);
    await queue.close().catch(() => undefined);
    await owner.end();
    await sandbox.stop();
  }
  const [ours, plain] = [median(results.ours), median(results.bare)];
  say(`${name}: ${ours.toFixed(0)} publications a second, ${plain.toFixed(0)} bare jobs a second: ×${(ours / plain).toFixed(2)}`);
}

async function ourRound(urls, sandbox, key, owner) {
  const from = sandbox.ledger.entries.length;
  const later = new Date(Date.now() + 3_600_000);
  const contractors = Array.from({ length: PAGES }, () => ({
    name: 'equal',
    vk: { pages: 1, each: POSTS / PAGES },
    ok: { pages: 0, each: 0 },
  }));
  await seedStorm({ superuserUrl: urls.superuser, sandbox, key, contractors, dueAt: later });
  await owner.query(`update publications set prepared_at = now(), due_at = now(), next_try_at = now() where state = 'scheduled'`);
  return rate(sandbox, from);
}

async function bareRound(sandbox, queue) {
  const from = sandbox.ledger.entries.length;
  const id = 300_000_000 + from;
  sandbox.vk.addCommunity({ id, name: `Сообщество ${id}` });
  const { token } = sandbox.vk.issueCommunityToken(id);
  const jobs = Array.from({ length: POSTS }, () => ({
    name: 'post',
    data: { owner: `-${id}`, guid: randomUUID(), text: TEXT, token },
    opts: { removeOnComplete: true },
  }));
  await queue.addBulk(jobs);
  const measured = await rate(sandbox, from);
  await queue.close();
  return measured;
}

/** Posts a second between the first and the last that appeared. */
async function rate(sandbox, from) {
  const posts = () =>
    sandbox.ledger.entries.slice(from).filter(({ method, effect }) => method === 'wall.post' && effect === 'yes');
  for (let waited = 0; posts().length < POSTS; waited += 50) {
    if (waited > 120_000) throw new Error(`only ${posts().length} of ${POSTS} posts came`);
    await wait(50);
  }
  const times = posts().map(({ at }) => Date.parse(at));
  return (1_000 * (POSTS - 1)) / Math.max(1, Math.max(...times) - Math.min(...times));
}

async function startRedis() {
  if (spawnSync('redis-server', ['--version']).error) return undefined;
  const port = await freePort();
  const options = [
    '--bind',
    '127.0.0.1',
    '--port',
    String(port),
    '--save',
    '',
    '--appendonly',
    'no',
    '--maxmemory-policy',
    'noeviction',
  ];
  const process = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of process.stdout) if (String(chunk).includes('Ready to accept')) break;
  process.stdout.resume?.();
  return { process, url: `redis://127.0.0.1:${port}` };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const say = (line) => void process.stdout.write(`${line}\n`);
