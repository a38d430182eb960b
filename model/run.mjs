// `npm run model`: searches every run of the publishing protocol (publishing.pml) with Spin. The policy must hold; every
// weakened variant must break, or the clause that it leaves out would be superstition. docs/publishing-protocol.md tells
// what each of them means.
//
//   npm run model                             all searches
//   npm run model -- NO_LOCK RESEND           only those whose row names one of these words
//   npm run model -- --trace NO_LOCK          the shortest run that breaks it, step by step
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const MODEL = resolve(import.meta.dirname, 'publishing.pml');
/** A search that needs more would not be finished; the largest takes about 400 MB. */
const MEMORY_MB = 2_000;

const REACHED = ['PUBLISHED', 'REFUSED', 'HELD', 'WITHDRAWN', 'ABANDONED', 'DELETED', 'SENT_AGAIN'];

/** `holds`: no run breaks the property. `breaks`: one does. */
const searches = [
  holds('OK, hold', [], 'EVERYTHING'),
  holds('OK, resend', ['RESEND'], 'EVERYTHING'),
  holds('VK', ['VK'], 'EVERYTHING'),
  holds('VK, look-ups lie', ['VK', 'LYING_LOOKS'], 'EVERYTHING_BUT_LOOKS'),
  holds('OK, hold, nothing assumed', ['LYING_LOOKS', 'NO_DEADLINE', 'NO_SETTLE_TIME'], 'AT_MOST_ONCE'),
  holds('OK, hold', ['ALONE'], 'ENDS'),
  holds('OK, resend', ['ALONE', 'RESEND'], 'ENDS'),
  holds('VK', ['ALONE', 'VK'], 'ENDS'),

  // That the policy holds would mean little if its runs got nowhere.
  ...REACHED.map((what) => breaks('VK', ['VK'], `NEVER_${what}`)),

  breaks('OK, hold', ['NAIVE_WITHDRAWAL'], 'WITHDRAWN_IS_GONE'),
  breaks('OK, hold', ['CHECK_THEN_ACT'], 'WITHDRAWN_IS_GONE'),
  breaks('OK, hold', ['NO_GATES_AT_SEND'], 'GATES_OPEN_AT_SEND'),
  breaks('OK, hold', ['NO_LOCK'], 'SENT_IS_APPROVED'),
  breaks('OK, hold', ['LOCK_WITHOUT_SEND'], 'LOCKED_IS_SENT'),
  breaks('OK, hold', ['NO_FENCE_AT_SEND'], 'AT_MOST_ONCE'),
  breaks('OK, hold', ['NO_FENCE_AT_SETTLE'], 'AT_MOST_ONCE'),
  breaks('OK, resend', ['RESEND', 'NO_DEADLINE'], 'AT_MOST_ONCE'),
  breaks('OK, hold', ['CLIENT_RETRIES'], 'AT_MOST_ONCE'),
  breaks('OK, hold', ['SERVER_ERROR_REFUSES'], 'REFUSED_IS_ABSENT'),
  breaks('OK, hold', ['ODD_ANSWER_PUBLISHES'], 'PUBLISHED_IS_THERE'),
  breaks('OK, hold', ['SWEEP_SENDS_AGAIN'], 'AT_MOST_ONCE'),
  breaks('OK, hold', ['ALONE', 'NO_SWEEP'], 'ENDS'),
  breaks('OK, hold', ['LATE_NEWS_DROPPED'], 'NEWS_IS_KEPT'),
  breaks('OK, resend', ['RESEND', 'NO_SETTLE_TIME'], 'AT_MOST_ONCE'),
  breaks('OK, hold', ['NO_SETTLE_TIME'], 'HELD_AS_ABSENT_IS_ABSENT'),
  breaks('OK, resend', ['RESEND', 'ONE_LOOK'], 'AT_MOST_ONCE'),
  breaks('OK, resend', ['RESEND', 'NO_CONTROL'], 'AT_MOST_ONCE'),
  breaks('OK, resend, look-ups lie', ['RESEND', 'LYING_LOOKS'], 'AT_MOST_ONCE'),
  breaks('OK, resend', ['RESEND', 'NO_FENCE_AT_LOOK'], 'AT_MOST_ONCE'),
  breaks('OK, resend', ['RESEND', 'OLD_LOOK_COUNTS'], 'AT_MOST_ONCE'),
  breaks('OK, hold', ['ALONE', 'ENDLESS_LOOKS'], 'ENDS'),
  breaks('OK, hold', ['WISH_READ_BEFORE'], 'WISH_IS_KEPT'),
  breaks('OK, hold', ['DOUBTFUL_IS_WITHDRAWN'], 'WITHDRAWN_IS_GONE'),
  breaks('OK, hold', ['DECIDE_AT_ONCE'], 'AT_MOST_ONCE'),
  breaks('OK, hold', ['DECIDE_AT_ONCE'], 'ABANDONED_IS_GONE'),
  breaks('VK, look-ups lie', ['VK', 'LYING_LOOKS', 'MARKER_PER_ATTEMPT'], 'AT_MOST_ONCE'),
  breaks('VK, look-ups lie', ['VK', 'LYING_LOOKS', 'MARKER_FOR_EVER'], 'AT_MOST_ONCE'),
  breaks('VK, look-ups lie', ['VK', 'LYING_LOOKS', 'MARKER_AGE_AT_LOOK_ONLY'], 'AT_MOST_ONCE'),
];

const SITUATION = new Set(['VK', 'RESEND', 'LYING_LOOKS', 'ALONE']);

const { tracing, words } = commandLine(process.argv.slice(2));
const wanted = searches.filter((search) => words.length === 0 || words.some((word) => namesOf(search).includes(word)));
if (wanted.length === 0) {
  console.error(`No search is named ${words.join(' or ')}. The switches are in model/publishing.pml.`);
  process.exit(2);
}
const missing = [
  ['spin', '-V'],
  ['gcc', '--version'],
]
  .filter(([name, flag]) => spawnSync(name, [flag]).error)
  .map(([name]) => name);
if (missing.length > 0) {
  console.log(
    `Skipped: the model of the publishing protocol needs ${missing.join(' and ')} (Debian: apt-get install spin gcc libc6-dev).`,
  );
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'vestnik-model-'));
try {
  process.exitCode = tracing ? await trace(wanted.find(({ expected }) => expected === 'breaks')) : await runAll();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function runAll() {
  const started = performance.now();
  const queue = wanted.map((search, place) => ({ search, place }));
  const found = [];
  let reported = 0;
  console.log(line('situation', 'variant', 'property', 'expected', 'found', 'states', 'seconds'));
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  const wrong = found.filter(({ search, result }) => result.verdict !== search.expected);
  for (const { search, result } of wrong) {
    console.error(`\nNot as expected: ${namesOf(search).join(' ')}: ${result.verdict}\n${result.output.trim()}`);
  }
  const seconds = Math.round((performance.now() - started) / 1_000);
  console.log(`\n${found.length - wrong.length} of ${found.length} searches as expected, in ${seconds} s`);
  return wrong.length === 0 ? 0 : 1;

  async function work() {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const from = performance.now();
      const result = await check(next.search, next.place);
      found[next.place] = { search: next.search, result, seconds: (performance.now() - from) / 1_000 };
      report();
    }
  }

  /** Prints what is finished, in the order of the list. */
  function report() {
    while (reported in found) {
      const { search, result, seconds } = found[reported++];
      const { situation, expected } = search;
      const cells = [situation, variantOf(search) || '–', search.property, expected, result.verdict, result.states];
      console.log(line(...cells, seconds.toFixed(1)) + (result.verdict === expected ? '' : '  <== WRONG'));
    }
  }
}

async function check(search, place) {
  // Compiling well pays only where millions of states are visited.
  const full = search.expected === 'holds' && search.property !== 'ENDS';
  const built = await build(search, join(folder, String(place)), full ? '-O2' : '-O0');
  const ends = search.property === 'ENDS';
  const output = await run('./pan', ['-m100000', ...(ends ? ['-l'] : [])], built);
  const states = /(\d+) states, stored/.exec(output)?.[1] ?? '?';
  const errors = /errors: (\d+)/.exec(output)?.[1];
  // Out of memory or depth: then "no error" says nothing.
  const unfinished = /Search not completed|max search depth too small|out of memory/.test(output);
  if (errors === '0') return { verdict: unfinished ? 'unfinished' : 'holds', states, output };
  return {
    verdict: errors === '1' && /assertion violated|non-progress cycle/.test(output) ? 'breaks' : 'failed',
    states,
    output,
  };
}

async function trace(search) {
  if (!search) {
    console.error('Only a variant that breaks has a trace.');
    return 2;
  }
  const at = await build(search, join(folder, 'trace'), '-O2', search.property === 'ENDS' ? [] : ['-DBFS']);
  await run('./pan', ['-m100000', ...(search.property === 'ENDS' ? ['-l'] : [])], at);
  const output = await run('spin', [...flagsOf(search), '-k', 'publishing.pml.trail', '-p', '-T', MODEL], at);
  console.log(`${namesOf(search).join(' ')}\n`);
  for (const step of output.matchAll(/proc\s+(\d+) \((\w+):\d+\) \S+?:(\d+) \(state \d+\)\s+\[(.*)\]/g)) {
    const [, id, who, at, what] = step;
    if (!/^(else|\.\(goto\)|\(1\)|(sameDoubt|looksRead)\[[01]\] = 0)$/.test(what) && who !== 'property')
      console.log(`${who} ${id}`.padEnd(14), `line ${at}`.padEnd(9), what);
  }
  return 0;
}

async function build(search, at, optimise, options = []) {
  await run('mkdir', ['-p', at], folder);
  await run('spin', [...flagsOf(search), '-a', MODEL], at);
  const kind = search.property === 'ENDS' ? '-DNP' : '-DSAFETY';
  await run('gcc', [optimise, '-w', kind, `-DMEMLIM=${MEMORY_MB}`, ...options, '-o', 'pan', 'pan.c'], at);
  return at;
}

function run(command, args, cwd) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', fail);
    child.on('close', (code) => {
      // The searcher answers with its number of errors; the others must succeed.
      if (code !== 0 && command !== './pan') fail(new Error(`${command} ${args.join(' ')} failed:\n${output}`));
      else done(output);
    });
  });
}

function holds(situation, switches, property) {
  return { situation, switches, property, expected: 'holds' };
}

function breaks(situation, switches, property) {
  return { situation, switches, property, expected: 'breaks' };
}

function namesOf({ situation, switches, property }) {
  return [situation, ...switches, property];
}

function variantOf({ switches }) {
  return switches.filter((name) => !SITUATION.has(name)).join(' ');
}

function flagsOf({ switches, property }) {
  return [...switches.map((name) => `-D${name}`), ...(property === 'ENDS' ? [] : [`-DCHECK=${property}`])];
}

function line(situation, variant, property, expected, found, states, seconds) {
  const left = [situation.padEnd(26), variant.padEnd(27), property.padEnd(24), expected.padEnd(9), found.padEnd(7)];
  return [...left, String(states).padStart(9), String(seconds).padStart(8)].join(' ');
}

function commandLine(args) {
  return { tracing: args.includes('--trace'), words: args.filter((arg) => arg !== '--trace') };
}
