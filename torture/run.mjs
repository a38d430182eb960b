// Torture: real processes, real faults, and an oracle that trusts nobody. See docs/torture.md.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Api } from './api.mjs';
import { Clients } from './clients.mjs';
import { dashboard } from './dashboard.mjs';
import { backlogOf, collect, openOf, pausesOf, readEvidence } from './evidence.mjs';
import { Journal } from './journal.mjs';
import { Nemesis } from './nemesis.mjs';
import { readOptions, replayCommand, USAGE, UsageError } from './options.mjs';
import { judge } from './oracle.mjs';
import { pause } from './processes.mjs';
import { Random } from './random.mjs';
import { selfTest } from './self-test.mjs';
import { System } from './system.mjs';
import { buildWorld } from './world.mjs';

/** A send that had passed the point of no return may leave for five seconds more; half a second for the journal's own time. */
const WINDOW_MS = 5_500;
const BACKLOG_AFTER_MS = 120_000;
/** Half a minute's lease, a minute and a half to settle, and some looks a minute apart. */
const CALM_AT_MOST_MS = 400_000;

const began = performance.now();
const stopping = new AbortController();
const say = (line) => process.stdout.write(`${`+${Math.round((performance.now() - began) / 1_000)} s`.padEnd(8)}${line}\n`);
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(signal, () => {
    if (stopping.signal.aborted) return;
    process.exitCode = code;
    say('told to stop');
    stopping.abort(new Error('told to stop'));
  });
}

try {
  await main(readOptions());
} catch (error) {
  if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${USAGE}`);
  else if (!stopping.signal.aborted) process.stderr.write(`${error.stack}\n`);
  process.exitCode ||= 1;
}
process.exit();

async function main(options) {
  if (options.selfTest) return void (process.exitCode = (await selfTest(options.folder)) ? 0 : 1);
  if (options.check) return void (await verdict(options.check));
  const folder = join('var/torture', `${new Date().toISOString().replace(/[:.]/g, '-')}-seed-${options.seed}-${options.queue}`);
  await mkdir(folder, { recursive: true });
  say(`seed ${options.seed}; evidence goes to ${folder}`);
  await oneRun(options, folder);
  const well = await verdict(folder);
  if (!well) return void process.stdout.write(`\nKept: ${folder}\nAgain: ${replayCommand(options)}\n`);
  if (!options.keep) await rm(folder, { recursive: true, force: true });
}

async function verdict(folder) {
  const evidence = await readEvidence(folder);
  const judgement = judge(evidence);
  const lines = dashboard(judgement, evidence);
  await writeFile(join(folder, 'dashboard.txt'), `${lines.join('\n')}\n`);
  process.stdout.write(`${lines.join('\n')}\n`);
  const well = judgement.violations.length === 0;
  process.stdout.write(well ? '\nNo violation.\n' : `\n${judgement.violations.length} VIOLATION(S)\n`);
  if (!well) process.exitCode = 1;
  return well;
}

async function oneRun(options, folder) {
  const random = new Random(options.seed);
  const journals = Object.fromEntries(
    ['journal', 'wire', 'faults'].map((name) => [name, new Journal(join(folder, `${name}.jsonl`), { flush: name !== 'wire' })]),
  );
  const system = new System(folder, options, { random: random.fork(1), wire: journals.wire });
  process.prependOnceListener('exit', () => system.killAll());
  try {
    await system.start(say);
    await play(options, { folder, random, system, journals });
  } finally {
    say('ending everything that was started');
    await system.stop();
    for (const journal of Object.values(journals)) journal.close();
    await rm(join(folder, 'build'), { recursive: true, force: true });
    await rm(join(folder, 'storage'), { recursive: true, force: true });
  }
}

async function play(options, { folder, random, system, journals }) {
  const { signal } = stopping;
  const api = new Api(
    system.apis.map(({ url }) => url),
    random.fork(2),
  );
  const world = await buildWorld(system, api, journals.journal, say);
  signal.throwIfAborted();
  const until = Date.now() + options.minutes * 60_000;
  const context = { system, world, say, seed: options.seed };
  const clients = new Clients({ ...context, journal: journals.journal }, { random: random.fork(3), until });
  const nemesis = new Nemesis(
    { ...context, journal: journals.faults },
    { random: random.fork(4), until, without: options.without },
  );
  say(`faults for ${options.minutes} min, at ${options.rate} posts a minute`);
  const progress = setInterval(() => void tell(system, { clients, nemesis }), 15_000);
  try {
    await Promise.all([clients.run({ rate: options.rate, signal }), nemesis.run(signal)]);
    const calm = await becalm({ system, clients, nemesis, signal });
    await collect(system, world, folder);
    const run = {
      options,
      posts: clients.told.posts,
      faults: nemesis.counts,
      told: clients.told,
      deaths: system.deaths,
      ...calm,
    };
    const bars = { windowMs: WINDOW_MS, backlogAfterMs: BACKLOG_AFTER_MS, afterwardsWithinMs: options.patience * 1_000 };
    await writeFile(
      join(folder, 'run.json'),
      JSON.stringify({ ...run, ...bars, endedAt: Date.now(), node: process.version, at: dirname(import.meta.dirname) }),
    );
  } finally {
    clearInterval(progress);
  }
}

/** Makes everything whole, sees that new work goes out, and waits until the machine has nothing to do, and nothing within moments. */
async function becalm({ system, clients, nemesis, signal }) {
  signal.throwIfAborted();
  say('the faults end: everything is made whole');
  await nemesis.heal();
  const healedAt = Date.now();
  for (let i = 0; i < 20 && !(await clients.repairAll()); i += 1) await pause(1_000);
  const pausesWhenHealed = await pausesOf(system);
  await clients.afterwards(8_000);
  let backlog = null;
  let resolvedWithinMs = null;
  for (let busy = true; Date.now() - healedAt < CALM_AT_MOST_MS && (backlog === null || busy);) {
    signal.throwIfAborted();
    await pause(2_000);
    const { due, unclear, deleting } = await openOf(system);
    busy = due + unclear + deleting > 0;
    if (!busy) resolvedWithinMs ??= Date.now() - healedAt;
    if (Date.now() - healedAt >= BACKLOG_AFTER_MS) backlog ??= await backlogOf(system);
  }
  return { healedAt, pausesWhenHealed, backlog, resolvedWithinMs };
}

async function tell(system, { clients, nemesis }) {
  const states = await system
    .sql('select state, count(*)::integer as n from publications group by state order by state')
    .catch(() => undefined);
  const shown = states?.map(({ state, n }) => `${state} ${n}`).join(', ') ?? 'the database is away';
  const broken = Object.values(nemesis.counts).reduce((sum, count) => sum + count, 0);
  say(`${clients.told.posts} posts, ${broken} faults; ${shown}`);
}
