// ESM mode: run with `node --experimental-vm-modules node_modules/jest/bin/jest.js`.
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  // Copies of the tree, with bugs planted in them.
  modulePathIgnorePatterns: ['<rootDir>/var/'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', { swcrc: true }] },
};
const WITH_VALUE = ['--selectProjects', '-w', '--maxWorkers', '--outputFile'];
const words = process.argv.slice(2);
const named = words.filter((word, i) => !WITH_VALUE.includes(words[i - 1]) && !/^-(?!-testPathPatterns=)/.test(word));
/**
 * Whoever names suites or tests gets each file as a suite of its own. A run of all, or of all journeys, takes journeys and the
 * specs of modules a few at a time, which is faster.
 */
const single = named.some((word) => word !== 'test/journeys/');

export default {
  // One more than CI has cores: many suites wait for other processes.
  maxWorkers: 3,
  testSequencer: '<rootDir>/test/harness/sequencer.mjs',
  testTimeout: 60_000,
  // A start that failed half-way may leave a connection open: the run must end all the same. Shutdown has tests of its own.
  forceExit: true,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testRegex: single ? ['src/.*\\.spec\\.ts$'] : ['src/(?!modules/).*\\.spec\\.ts$', 'test/modules/.*\\.spec\\.ts$'],
    },
    {
      ...shared,
      displayName: 'system',
      testRegex: 'test/.*\\.spec\\.ts$',
      testPathIgnorePatterns: ['test/modules/', single ? 'journeys/together/' : 'journeys/[^/]+\\.spec\\.ts$'],
      globalSetup: '<rootDir>/test/harness/global-setup.mjs',
      globalTeardown: '<rootDir>/test/harness/global-teardown.mjs',
    },
  ],
};
