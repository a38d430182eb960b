// Runs histories of the publishing engine until there are enough of them or time is up, and looks for broken promises.
import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { readOptions } from '../scripts/options.mjs';
import { build } from './build.mjs';

const USAGE = `npm run simulate                          100,000 histories, or what twelve minutes allow
npm run simulate -- --count 1000000 --minutes 60
npm run simulate -- --from 500000         other seeds
npm run simulate -- --first               ends at the first violation and keeps nothing: for testing the simulation itself
npm run simulate -- --seed 123            one history, told step by step
npm run simulate -- --planted             every planted mistake must be caught, and how soon it is; keeps the seeds for the suite
npm run simulate -- --planted 'contract in UTC' --seed 17
`;
const SEEDS = 'simulation/seeds.json';
/** Which seed shows each planted mistake: the test suite begins there instead of hunting through thousands. */
const PLANTED_SEEDS = 'simulation/planted-seeds.json';
const AT_A_TIME = 250;
const CORES = 2;

const { values } = readOptions(USAGE, {
  options: {
    seed: { type: 'string' },
    count: { type: 'string', default: '100000' },
    minutes: { type: 'string', default: '12' },
    from: { type: 'string', default: '0' },
    first: { type: 'boolean' },
    planted: { type: 'boolean' },
  },
  allowPositionals: true,
});
const planted = values.planted ? (parsePositional() ?? 'all') : undefined;

const folder = pathToFileURL(`${await build()}/simulation`).href;
const { runHistory } = await import(`${folder}/history.js`);
const { storyOf } = await import(`${folder}/story.js`);
const { shrink } = await import(`${folder}/shrink.js`);
const { PLANTED } = await import(`${folder}/planted.js`);

if (values.seed !== undefined) await tell(Number(values.seed));
else if (planted !== undefined) await huntPlanted();
else await search();

function parsePositional() {
  const at = process.argv.indexOf('--planted') + 1;
  const next = process.argv[at];
  return next === undefined || next.startsWith('--') ? undefined : next;
}

/** One history with everything that happens in it. */
async function tell(seed) {
  const story = storyOf(seed);
  console.log(JSON.stringify({ publications: story.publications, faults: story.faults }, undefined, 1));
  const plant = planted === undefined ? undefined : PLANTED[planted];
  const { violations, ends } = await runHistory(story, { ...(plant && { plant }), trace: (line) => console.log(line) });
  console.log(`ends: ${ends.join(', ')}`);
  report(violations);
}

async function search() {
  const started = performance.now();
  await replay();
  if (values.first && process.exitCode) return;
  const [first, count] = [Number(values.from), Number(values.count)];
  const until = started + Number(values.minutes) * 60_000;
  const total = { histories: 0, steps: 0, ends: {}, found: [] };
  let next = first;
  await onAllCores(
    () => {
      if (next >= first + count || performance.now() > until || (values.first && total.found.length > 0)) return undefined;
      const from = next;
      next = Math.min(from + AT_A_TIME, first + count);
      return { from, to: next };
    },
    (tally) => {
      total.histories += tally.histories;
      total.steps += tally.steps;
      total.found.push(...tally.found);
      for (const [end, times] of Object.entries(tally.ends)) total.ends[end] = (total.ends[end] ?? 0) + times;
    },
  );
  const seconds = (performance.now() - started) / 1000;
  const { histories, found } = total;
  if (next < first + count && !(values.first && found.length > 0))
    console.log(`time was up after ${histories} of ${count} histories; --minutes gives more`);
  console.log(`how publications ended: ${shares(total.ends)}`);
  console.log(
    `${histories} histories in ${seconds.toFixed(0)} s (${(histories / seconds).toFixed(0)} a second), seeds ${first} to ${first + histories - 1}`,
  );
  if (found.length === 0) {
    console.log(`0 violations: with 95 % confidence fewer than ${(3 / histories).toExponential(1)} of such histories have one`);
    return;
  }
  if (values.first) return report(found[0].violations);
  console.log(`${found.length} violations`);
  for (const { story, violations } of found.slice(0, 5)) await keep(story, violations);
  process.exitCode = 1;
}

/** Histories that showed a flaw once; each must run clean for ever. */
async function replay() {
  const kept = JSON.parse(await readFile(SEEDS, 'utf8'));
  for (const { story, flaw } of kept) {
    const { violations } = await runHistory(story);
    if (violations.length === 0) continue;
    console.log(`a known history fails again (${flaw})`);
    report(violations);
  }
  console.log(`${kept.length} known histories replayed`);
}

/** Shrinks a failing story and adds it to the known ones. */
async function keep(story, violations) {
  console.log(`\nseed ${story.seed}: ${violations.join('; ')}`);
  const small = await shrink(story);
  console.log(`  ${story.faults.length} faults, of which it needs ${small.faults.length}: ${JSON.stringify(small.faults)}`);
  const kept = JSON.parse(await readFile(SEEDS, 'utf8'));
  if (kept.some((known) => known.story.seed === story.seed)) return;
  const text = JSON.stringify([...kept, { flaw: violations[0], story: small }], undefined, 2);
  await writeFile(SEEDS, `${text}\n`);
}

async function huntPlanted() {
  const names = planted === 'all' ? Object.keys(PLANTED) : [planted];
  const most = Number(values.count);
  const missed = [];
  const caught = JSON.parse(await readFile(PLANTED_SEEDS, 'utf8'));
  await onAllCores(
    () => {
      const name = names.shift();
      return name && { planted: name, most };
    },
    ({ planted: name, found }) => {
      if (found) caught[name] = found.story.seed;
      else missed.push(name);
      console.log(`${name.padEnd(40)} ${found ? `seed ${found.story.seed}: ${found.violations[0]}` : 'NOT CAUGHT'}`);
    },
  );
  const inOrder = Object.keys(PLANTED).map((name) => [name, caught[name]]);
  await writeFile(PLANTED_SEEDS, `${JSON.stringify(Object.fromEntries(inOrder), undefined, 2)}\n`);
  if (missed.length === 0) return;
  console.log(`${missed.length} planted mistakes were not caught`);
  process.exitCode = 1;
}

/** Gives each core its next task as soon as it is free. */
function onAllCores(nextTask, done) {
  const one = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('worker.mjs', import.meta.url), { workerData: { folder } });
      const give = () => {
        const task = nextTask();
        if (task) worker.postMessage(task);
        else void worker.terminate().then(resolve);
      };
      worker.on('message', (answer) => {
        done(answer);
        give();
      });
      worker.on('error', reject);
      give();
    });
  return Promise.all(Array.from({ length: CORES }, one));
}

function shares(ends) {
  const sum = Object.values(ends).reduce((total, times) => total + times, 0);
  const sorted = Object.entries(ends).sort(([, a], [, b]) => b - a);
  return sorted.map(([end, times]) => `${end} ${((100 * times) / sum).toFixed(1)} %`).join(', ');
}

function report(violations) {
  for (const violation of violations) console.log(`VIOLATION ${violation}`);
  if (violations.length > 0) process.exitCode = 1;
  else console.log('no violation');
}
