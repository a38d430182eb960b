// Tests the tests: plants each bug into a copy of the source, and the level that is named must raise the alarm.
import { readOptions } from '../scripts/options.mjs';
import { BUGS } from './bugs.mjs';
import { projectOf, runTests, simulate } from './levels.mjs';
import { Workspace } from './workspace.mjs';

const USAGE = `npm run planted                              every bug
npm run planted -- --only 'contract in UTC'  one of them; may be repeated
npm run planted -- --clean 10                no bug: the same levels, ten times, must stay quiet
npm run planted -- --slot 2                  in another copy, beside a run that goes on
`;
const { values } = readOptions(USAGE, {
  options: {
    only: { type: 'string', multiple: true },
    clean: { type: 'string' },
    slot: { type: 'string', default: '1' },
  },
});
const bugs = BUGS.filter(({ name }) => !values.only || values.only.includes(name));
const unknown = (values.only ?? []).filter((name) => !BUGS.some((bug) => bug.name === name));
if (unknown.length > 0) {
  console.error(`There is no bug named ${unknown.join(', ')}. The names are in planted/.`);
  process.exit(2);
}

const workspace = new Workspace(values.slot);
await workspace.prepare();
process.exitCode = values.clean === undefined ? await hunt() : await stayQuiet(Number(values.clean));

async function hunt() {
  const rows = [];
  for (const bug of bugs) {
    const row = await caught(bug);
    rows.push(row);
    console.log(line(row));
    if (!row.ok) console.log(row.told);
  }
  const missed = rows.filter(({ ok }) => !ok);
  console.log(`\n${line({ name: 'bug', level: 'level', ok: undefined, by: 'caught by', seconds: 'seconds' })}`);
  for (const row of rows) console.log(line(row));
  console.log(`\n${rows.length - missed.length} of ${rows.length} planted bugs were caught`);
  return missed.length === 0 ? 0 : 1;
}

async function caught(bug) {
  const started = performance.now();
  const done = (result) => ({ ...bug, ...result, seconds: ((performance.now() - started) / 1000).toFixed(0) });
  let undo;
  try {
    undo = await workspace.plant(bug);
  } catch (error) {
    return done({ ok: false, by: 'could not be planted', told: String(error) });
  }
  const { alarms, broken } = await run(bug).finally(undo);
  const by = alarms.find((alarm) => (bug.alarm instanceof RegExp ? bug.alarm.test(alarm) : alarm.includes(bug.alarm)));
  if (by) return done({ ok: true, by });
  return done({ ok: false, by: broken ? 'nothing was tested' : 'NOT CAUGHT', told: broken ?? others(alarms) });
}

function run(bug) {
  return bug.level === 'simulation' ? simulate(workspace) : runTests(workspace, [bug]);
}

function others(alarms) {
  return alarms.length === 0 ? 'Every test passed.' : `Only others failed:\n${alarms.join('\n')}`;
}

/** The same tests without a bug. */
async function stayQuiet(times) {
  const parts = ['unit', 'system'].map((project) => bugs.filter((bug) => bug.suite && projectOf(bug) === project));
  const simulates = bugs.some(({ level }) => level === 'simulation');
  let loud = 0;
  for (let round = 1; round <= times; round += 1) {
    const started = performance.now();
    const verdicts = [];
    for (const part of parts) if (part.length > 0) verdicts.push(await runTests(workspace, part));
    if (simulates) verdicts.push(await simulate(workspace));
    const told = ({ alarms, reasons, broken }) => [
      ...alarms.map((alarm, i) => [alarm, reasons?.[i]].filter(Boolean).join('\n')),
      ...(broken ? [broken] : []),
    ];
    const alarms = verdicts.flatMap(told);
    if (alarms.length > 0) loud += 1;
    const checks = verdicts.map(({ checks }) => checks).join(' + ');
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`round ${round} of ${times}: ${alarms.length} alarms in ${checks} checks, ${seconds} s`);
    for (const alarm of alarms) console.log(`  ${alarm}`);
  }
  console.log(`${loud} of ${times} rounds raised an alarm without a bug`);
  return loud === 0 ? 0 : 1;
}

function line({ name, level, ok, by, seconds }) {
  return [name.padEnd(33), level.padEnd(12), String(seconds).padStart(7), ' ', ok === false ? `!! ${by}` : by].join(' ');
}
