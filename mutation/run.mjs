// Changes the source in every small way that Stryker knows, one at a time; a test must notice each.
//
//   npm run mutation                                 both groups
//   npm run mutation -- --group pure
//   npm run mutation -- --group services --file sending.service
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { GROUPS } from './groups.mjs';

const LEAST = 85;

const { values } = parseArgs({
  options: { group: { type: 'string' }, file: { type: 'string' }, concurrency: { type: 'string', default: '2' } },
});
const names = values.group ? [values.group] : Object.keys(GROUPS);
const unknown = names.find((name) => !(name in GROUPS));
if (unknown) {
  console.error(`There is no group "${unknown}". The groups are ${Object.keys(GROUPS).join(' and ')}.`);
  process.exit(2);
}

const scores = [];
for (const name of names) scores.push([name, scoreOf(await mutate(name))]);
console.log();
for (const [name, { score, killed, survived }] of scores)
  console.log(`${name.padEnd(10)} ${score.toFixed(1)} %  ${killed} noticed, ${survived} not`);
process.exitCode = scores.every(([, { score }]) => score >= LEAST) ? 0 : 1;

function mutate(name) {
  const { mutate } = GROUPS[name];
  // Read by mutation/jest.config.mjs.
  process.env.MUTATION_GROUP = name;
  return new Stryker({
    mutate: values.file ? mutate.filter((file) => file.includes(values.file)) : mutate,
    // SQL and words for people: whether they are right is judged by PostgreSQL and by readers.
    mutator: { excludedMutations: ['StringLiteral'] },
    plugins: ['@stryker-mutator/jest-runner'],
    testRunner: 'jest',
    testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    jest: { configFile: 'mutation/jest.config.mjs', enableFindRelatedTests: false },
    coverageAnalysis: 'perTest',
    concurrency: Number(values.concurrency),
    // A loaded machine is slow; only an endless loop is this slow.
    timeoutMS: 30_000,
    ignorePatterns: ['var', 'dist', 'dist.*', 'deploy', 'docs', 'bench', 'torture', 'model', 'planted'],
    tempDirName: `var/mutation/${name}`,
    reporters: ['clear-text', 'progress-append-only', 'json'],
    clearTextReporter: { reportTests: false, logTests: false, allowColor: false },
    jsonReporter: { fileName: `var/mutation/${name}.json` },
    thresholds: { high: 95, low: LEAST, break: null },
    checkers: [],
    disableTypeChecks: false,
    logLevel: 'warn',
  }).runMutationTest();
}

/** A change that ends in an error or a time-out was noticed; what no test reaches was not. */
function scoreOf(results) {
  const count = (...statuses) => results.filter(({ status }) => statuses.includes(status)).length;
  const killed = count('Killed', 'Timeout');
  const survived = count('Survived', 'NoCoverage');
  return { killed, survived, score: (100 * killed) / Math.max(1, killed + survived) };
}
