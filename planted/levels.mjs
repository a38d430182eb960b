// How a level is run, and what it says when it raises an alarm.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

const HISTORIES = 12_000;
const SUITE_SECONDS = 420;
const SIMULATION_SECONDS = 300;
/** A busy machine is no alarm. */
const TEST_MS = 240_000;
const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

/**
 * @typedef {object} Verdict
 * @property {string[]} alarms titles of failed tests, or promises found broken
 * @property {string[]} [reasons] why each of the tests failed
 * @property {string | undefined} broken why nothing was tested: it did not compile, or took too long
 * @property {number} checks how many tests or histories there were
 */

/** @returns {Promise<Verdict>} */
export async function simulate(workspace) {
  const { code, output } = await workspace.run(
    ['simulation/run.mjs', '--first', '--count', String(HISTORIES)],
    SIMULATION_SECONDS,
  );
  const alarms = [...output.matchAll(/^VIOLATION (.*)$/gm)].map(([, what]) => what);
  const told = code === 0 || alarms.length > 0;
  return { alarms, broken: told ? undefined : lastLines(output), checks: HISTORIES };
}

/** @returns {Promise<Verdict>} of the tests that must find these bugs, which belong to one of jest's projects */
export async function runTests(workspace, bugs) {
  const report = join(workspace.folder, 'var/report.json');
  await rm(report, { force: true });
  const suites = [...new Set(bugs.map(({ suite }) => suite))];
  const titles = bugs.map(({ alarm }) => alarm.replaceAll(/[^\wа-яё ,’']/gi, '\\$&')).join('|');
  const how = [
    '--selectProjects',
    projectOf(bugs[0]),
    '-w',
    '1',
    '--testTimeout',
    String(TEST_MS),
    '--json',
    '--outputFile',
    'var/report.json',
  ];
  const what = ['--testNamePattern', titles, '--testPathPatterns', ...suites];
  const { output } = await workspace.run([...JEST, ...how, ...what], SUITE_SECONDS * suites.length);
  const told = await readFile(report, 'utf8').then(JSON.parse, () => undefined);
  if (!told) return { alarms: [], broken: lastLines(output), checks: 0 };
  const all = told.testResults.flatMap(({ assertionResults }) => assertionResults);
  const tests = all.filter(({ status }) => status === 'failed' || status === 'passed');
  const failed = tests.filter(({ status }) => status === 'failed');
  const alarms = failed.map(({ fullName }) => fullName);
  const reasons = failed.map(({ failureMessages }) => failureMessages.join('\n').split('\n').slice(0, 20).join('\n'));
  // A file that could not be loaded has no tests: that is no alarm.
  const unloaded = told.testResults.find(({ assertionResults }) => assertionResults.length === 0);
  const why = unloaded ? unloaded.message : tests.length === 0 ? 'no test has such a title' : undefined;
  return { alarms, reasons, broken: why && lastLines(why), checks: tests.length };
}

export function projectOf({ level }) {
  return level === 'unit' ? 'unit' : 'system';
}

function lastLines(output) {
  return output.trim().split('\n').slice(-12).join('\n') || 'it ended without a word';
}
