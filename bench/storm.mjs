// Everyone posts at nine: how late does it get, and for whom? The sandbox keeps VK's real limits; the worker is a process
// of its own, as in production. `npm run bench storm` takes 1,000 publications of 100 contractors, `npm run bench storm
// large` 10,000 of 1,000.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { startSandbox } from '../dist/src/sandbox/start-sandbox.js';
import { outByThen } from './picture.mjs';
import { demand, inWholeSeconds, seedStorm } from './storm-world.mjs';
import { startWorker, stopWorker } from './worker-process.mjs';

/** Some posts of others, shortly before: nine o'clock finds a worker that has been at work, not one that has just been started. */
const WARM_UP = { contractors: 30, each: 12, beforeMs: 13_000 };
const SIZES = {
  usual: { contractors: 100, publications: 1_000, aheadMs: 25_000 },
  large: { contractors: 1_000, publications: 10_000, aheadMs: 150_000 },
};
/** Calls a second for one secret, as the networks document them (OK: as careful clients assume). */
const RATE = { vk: 20, ok: 2 };
const NETWORK_RATE = 200;
const POST = { vk: 'wall.post', ok: 'mediatopic.post' };

export async function measureStorm(urls, mode = 'usual') {
  const { contractors, publications, aheadMs } = SIZES[mode] ?? SIZES.usual;
  const sandbox = await startSandbox();
  const key = randomBytes(32);
  const dueAt = inWholeSeconds(aheadMs);
  const plan = demand({ contractors, publications });
  const around = { superuserUrl: urls.superuser, sandbox, key };
  const warmUp = Array.from({ length: WARM_UP.contractors }, () => ({
    name: 'early',
    vk: { pages: 1, each: WARM_UP.each },
    ok: { pages: 0, each: 0 },
  }));
  const warmUpAt = new Date(dueAt.getTime() - WARM_UP.beforeMs);
  await seedStorm({ ...around, contractors: warmUp, dueAt: warmUpAt, externalFrom: 50_000 });
  const world = await seedStorm({ ...around, contractors: plan, dueAt });
  const worker = startWorker({ urls, sandbox, key });
  const watch = new pg.Client({ connectionString: urls.superuser });
  await watch.connect();
  try {
    await until(dueAt);
    const prepared = await count(watch, 'prepared_at is not null', dueAt);
    say(
      `${world.publications.length} publications of ${contractors} contractors are due at once; ${prepared} of them were prepared ahead`,
    );
    const postmaster = Number((await watch.query(`select pg_read_file('postmaster.pid')`)).rows[0].pg_read_file.split('\n')[0]);
    const before = cpu(worker.pid, postmaster);
    await settled(watch, worker, dueAt);
    report(sandbox, world, dueAt, { before, after: cpu(worker.pid, postmaster), states: await states(watch, dueAt) });
  } finally {
    await stopWorker(worker);
    await watch.end();
    await sandbox.stop();
  }
}

/** Until nothing is on its way any more. */
async function settled(watch, worker, dueAt) {
  for (let last = -1; ; await wait(500)) {
    if (worker.exitCode !== null) throw new Error('The worker ended');
    const open = await count(watch, `state in ('scheduled', 'claimed', 'sending')`, dueAt);
    if (open === 0) return;
    if (process.stdout.isTTY && open !== last) process.stdout.write(`\r${open} left `);
    last = open;
  }
}

function report(sandbox, world, dueAt, { before, after, states: ended }) {
  const owners = new Map(world.pages.map((page) => [ownerKey(page.network, page.external), page]));
  const names = new Map(world.contractors.map(({ contractor, name }) => [contractor, name]));
  const posts = sandbox.ledger.entries.filter(
    ({ network, owner, method, effect }) =>
      Object.values(POST).includes(method) && effect === 'yes' && owners.has(ownerKey(network, owner)),
  );
  const seen = posts.map(({ network, owner, at }) => {
    const { contractor } = owners.get(ownerKey(network, owner));
    return { network, contractor, name: names.get(contractor), late: Date.parse(at) - dueAt.getTime() };
  });
  say(
    `outcomes: ${ended.map(({ state, count: n }) => `${state} ${n}`).join(', ')}; in order of each page: ${inOrder(sandbox, world) ? 'yes' : 'NO'}`,
  );
  const ideal = idealLateness(world);
  const line = (title, measured, best) =>
    say(
      `${title.padEnd(24)} lateness p50 ${secs(quantile(measured, 0.5))}  p99 ${secs(quantile(measured, 0.99))}  last ${secs(Math.max(...measured))}   budgets allow p50 ${secs(quantile(best, 0.5))}  p99 ${secs(quantile(best, 0.99))}  last ${secs(Math.max(...best))}`,
    );
  const everything = () => true;
  const late = (of) => seen.filter(of).map((post) => post.late);
  const best = (of) => ideal.filter(of).map((post) => post.late);
  line('all', late(everything), best(everything));
  for (const network of ['vk', 'ok'])
    line(
      `all on ${network}`,
      late((post) => post.network === network),
      best((post) => post.network === network),
    );
  for (const name of ['huge', 'middle', 'small']) {
    const of = ({ name: mine, contractor }) => (mine ?? names.get(contractor)) === name;
    line(name, late(of), best(of));
  }
  say(outByThen(late(everything), best(everything)));
  say(`Jain's index of the equal contractors' mean speed: ${jain(meanSpeeds(seen)).toFixed(3)} (1 = all the same)`);
  limits(sandbox);
  const took = (Math.max(...seen.map((post) => post.late)) / 1_000).toFixed(1);
  say(
    `${(seen.length / took).toFixed(0)} posts a second on average; CPU in ${took} s: worker ${(after.worker - before.worker).toFixed(1)} s, PostgreSQL ${(after.postgres - before.postgres).toFixed(1)} s`,
  );
}

/** The earliest instants that the documented limits allow: each secret's and each network's posts one after the other. */
function idealLateness({ publications, contractors }) {
  const names = new Map(contractors.map(({ contractor, name }) => [contractor, name]));
  const nth = new Map();
  const spread = publications.map(({ contractor, page, network }) => {
    const secret = network === 'ok' ? contractor : page;
    const n = nth.get(secret) ?? 0;
    nth.set(secret, n + 1);
    return { contractor, network, name: names.get(contractor), late: (n * 1_000) / RATE[network] };
  });
  for (const network of ['vk', 'ok']) {
    const sorted = spread.filter((post) => post.network === network).sort((left, right) => left.late - right.late);
    for (const [i, post] of sorted.entries()) post.late = Math.max(post.late, (i * 1_000) / NETWORK_RATE);
  }
  return spread;
}

function limits(sandbox) {
  const calls = sandbox.ledger.entries.filter(({ method }) => method === POST.vk);
  const refused = calls.filter(({ answer }) => answer === 'error:6').length;
  const ok = sandbox.ledger.entries.filter(({ method }) => method === POST.ok);
  const tooMany = ok.filter((call) => within(ok, call) > RATE.ok).length;
  const busiest = Math.max(0, ...calls.map((call) => within(calls, call)));
  say(
    `VK: error 6 on ${refused} of ${calls.length} calls, at most ${busiest} calls of a token in a second (limit ${RATE.vk}); OK: ${tooMany} of ${ok.length} calls were the third of their token within a second`,
  );
}

/** Calls of the same token in the second that ends with this one. */
function within(calls, { at, tokenLabel }) {
  const end = Date.parse(at);
  return calls.filter(
    (other) => other.tokenLabel === tokenLabel && Date.parse(other.at) > end - 1_000 && Date.parse(other.at) <= end,
  ).length;
}

function inOrder(sandbox, { pages }) {
  return pages
    .filter(({ network }) => network === 'vk')
    .every(({ external }) => {
      const ids = sandbox.vk.posts(Number(external)).map(({ id }) => id);
      return ids.every((id, i) => i === 0 || id < ids[i - 1]);
    });
}

function meanSpeeds(seen) {
  const byContractor = Map.groupBy ? Map.groupBy(seen, (post) => post.contractor) : groupBy(seen);
  return [...byContractor.values()]
    .filter(([post]) => post.name === 'middle')
    .map((posts) => posts.length / posts.reduce((sum, { late }) => sum + late, 0));
}

function groupBy(seen) {
  const groups = new Map();
  for (const post of seen) groups.set(post.contractor, [...(groups.get(post.contractor) ?? []), post]);
  return groups;
}

function jain(values) {
  const sum = values.reduce((total, value) => total + value, 0);
  return sum ** 2 / (values.length * values.reduce((total, value) => total + value ** 2, 0));
}

/** Seconds of CPU so far: the worker's, and those of all processes of PostgreSQL (from /proc, so 0 elsewhere). */
function cpu(workerPid, postmaster) {
  const sums = { worker: 0, postgres: 0 };
  if (process.platform !== 'linux') return sums;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const seconds = (Number(fields[11]) + Number(fields[12])) / 100;
      if (Number(pid) === workerPid) sums.worker += seconds;
      // With what its children used that have ended.
      else if (Number(pid) === postmaster) sums.postgres += seconds + (Number(fields[13]) + Number(fields[14])) / 100;
      else if (Number(fields[1]) === postmaster) sums.postgres += seconds;
    } catch {
      // It has ended meanwhile.
    }
  }
  return sums;
}

const ownerKey = (network, owner) => `${network} ${String(owner).replace('-', '')}`;
const count = async (client, condition, dueAt) =>
  Number((await client.query(`select count(*) from publications where due_at = $1 and ${condition}`, [dueAt])).rows[0].count);
const states = async (client, dueAt) =>
  (
    await client.query(
      `select concat_ws(' ', state, reason ->> 'code') as state, count(*) from publications where due_at = $1 group by 1 order by 2 desc`,
      [dueAt],
    )
  ).rows;
const until = (instant) => wait(Math.max(0, instant.getTime() - Date.now()));
const secs = (ms) => `${(ms / 1_000).toFixed(1).padStart(5)} s`;
const say = (line) => void process.stdout.write(`${line}\n`);

function quantile(values, share) {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
