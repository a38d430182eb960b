// ESM mode: run with `node --experimental-vm-modules node_modules/jest/bin/jest.js`.
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  // Copies of the tree, with bugs planted in them.
  modulePathIgnorePatterns: ['<rootDir>/var/'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', { swcrc: true }] },
};
/** Whoever names single journeys gets them as files of their own; a run of all takes them a few at a time, which is faster. */
const single = process.argv.slice(2).some((word) => /journeys.\(?\w/.test(word));

export default {
  // One more than CI has cores: many suites wait for other processes.
  maxWorkers: 3,
  testSequencer: '<rootDir>/test/harness/sequencer.mjs',
  testTimeout: 60_000,
  // A start that failed half-way may leave a connection open: the run must end all the same. Shutdown has tests of its own.
  forceExit: true,
  projects: [
    { ...shared, displayName: 'unit', testRegex: 'src/.*\\.spec\\.ts$' },
    {
      ...shared,
      displayName: 'system',
      testRegex: 'test/.*\\.spec\\.ts$',
      testPathIgnorePatterns: [single ? 'journeys/together/' : 'journeys/[^/]+\\.spec\\.ts$'],
      globalSetup: '<rootDir>/test/harness/global-setup.mjs',
      globalTeardown: '<rootDir>/test/harness/global-teardown.mjs',
    },
  ],
};
