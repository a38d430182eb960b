// Changes the source in every small way that Stryker knows, one at a time; a test must notice each.
import { rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { readOptions } from '../scripts/options.mjs';
import { GROUPS, testsOf } from './groups.mjs';

const LEAST = 85;
const STATUSES = ['Killed', 'Timeout', 'Survived', 'NoCoverage'];

const USAGE = `npm run mutation                                          both groups
npm run mutation -- --group pure
npm run mutation -- --group services --file sending.service
npm run mutation -- --concurrency 1                       in so many processes; two otherwise
`;
const { values } = readOptions(USAGE, {
  options: { group: { type: 'string' }, file: { type: 'string' }, concurrency: { type: 'string', default: '2' } },
});
const names = values.group ? [values.group] : Object.keys(GROUPS);
const unknown = names.find((name) => !(name in GROUPS));
if (unknown) {
  console.error(`There is no group "${unknown}". The groups are ${Object.keys(GROUPS).join(' and ')}.`);
  process.exit(2);
}

const rows = [];
for (const group of names) {
  for (const file of GROUPS[group].filter((one) => !values.file || one.includes(values.file))) {
    rows.push({ group, file, ...tally(await mutate(file, testsOf(file))) });
    console.log(line(rows.at(-1)));
  }
}

console.log(`\n${['', 'score', ...STATUSES.map((status) => status.toLowerCase())].map(cell).join(' ')}`);
for (const row of rows) console.log(line(row));
const totals = names.map((group) =>
  total(
    group,
    rows.filter((row) => row.group === group),
  ),
);
for (const row of totals) console.log(line(row));
process.exitCode = totals.every(({ score }) => score >= LEAST) ? 0 : 1;

async function mutate(file, tests) {
  // Read by mutation/runner.mjs in Stryker's processes.
  process.env.MUTATION_TESTS = tests.join(' ');
  const folder = `var/mutation/${basename(file, '.ts')}`;
  await rm(folder, { recursive: true, force: true });
  return new Stryker({
    mutate: [file],
    // SQL and words for people: whether they are right is judged by PostgreSQL and by readers.
    mutator: { excludedMutations: ['StringLiteral'] },
    plugins: [resolve('mutation/runner.mjs')],
    testRunner: 'specs',
    testRunnerNodeArgs: ['--disable-warning=ExperimentalWarning'],
    coverageAnalysis: 'perTest',
    concurrency: Number(values.concurrency),
    // On a loaded machine everything takes long: only an endless loop may look like one.
    timeoutMS: 120_000,
    ignorePatterns: ['var', 'dist', 'dist.*', 'deploy', 'docs', 'bench', 'torture', 'model', 'planted'],
    tempDirName: `${folder}/tree`,
    reporters: ['clear-text', 'json'],
    clearTextReporter: { reportTests: false, logTests: false, allowColor: false, reportScoreTable: false },
    jsonReporter: { fileName: `${folder}/report.json` },
    warnings: false,
    disableTypeChecks: false,
    logLevel: 'error',
  }).runMutationTest();
}

/** A change that ends in an error or in an endless loop was noticed; what no test reaches was not. */
function tally(results) {
  const counts = STATUSES.map((status) => results.filter((result) => result.status === status).length);
  return { counts, score: scoreOf(counts) };
}

function total(group, ofGroup) {
  const counts = STATUSES.map((_, i) => ofGroup.reduce((sum, row) => sum + row.counts[i], 0));
  return { file: `all of ${group}`, counts, score: scoreOf(counts) };
}

function scoreOf([killed, timedOut, survived, uncovered]) {
  const all = killed + timedOut + survived + uncovered;
  return all === 0 ? 100 : (100 * (killed + timedOut)) / all;
}

function line({ file, score, counts }) {
  return [basename(file, '.ts'), `${score.toFixed(1)} %`, ...counts].map(cell).join(' ');
}

function cell(value, column) {
  return column === 0 ? String(value).padEnd(28) : String(value).padStart(10);
}
