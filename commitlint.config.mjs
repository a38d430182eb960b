// Conventional Commits: `feat(publishing): settle unclear attempts by looking first`. The scope is the part that changes, so
// that `git log --grep '(publishing)'` tells the story of one module.
const modules = [
  ...['audit', 'tenancy', 'identity', 'contracts', 'pages', 'content', 'publishing', 'conversations', 'metrics', 'fulfilment'],
  ...['reports', 'billing', 'transparency', 'webhooks', 'archive'],
];
const parts = [
  'apps',
  'networks',
  'vk',
  'ok',
  'telegram',
  'max',
  'sandbox',
  'platform',
  'database',
  'queue',
  'http',
  'migrations',
];
const around = [
  'test',
  'simulation',
  'planted',
  'mutation',
  'torture',
  'bench',
  'docs',
  'adr',
  'ci',
  'deploy',
  'deps',
  'tooling',
];

export default {
  extends: ['@commitlint/config-conventional'],
  rules: {
    'scope-enum': [2, 'always', [...modules, ...parts, ...around]],
    'header-max-length': [2, 'always', 100],
    'body-max-line-length': [2, 'always', 120],
  },
};
