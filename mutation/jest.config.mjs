// For Stryker alone, which works in a copy of the tree and is told by mutation/run.mjs which tests judge.
const { MUTATION_TESTS: tests = '' } = process.env;

export default {
  rootDir: '..',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', { swcrc: true }] },
  modulePathIgnorePatterns: ['<rootDir>/var/'],
  testSequencer: '<rootDir>/mutation/quick-tests-first.mjs',
  testMatch: tests.split(' ').map((file) => `<rootDir>/${file}`),
};
