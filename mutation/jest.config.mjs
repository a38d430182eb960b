import { GROUPS } from './groups.mjs';

export default {
  // Stryker works in a copy of the tree.
  rootDir: '..',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', { swcrc: true }] },
  modulePathIgnorePatterns: ['<rootDir>/var/'],
  testRegex: GROUPS[process.env.MUTATION_GROUP].tests,
};
