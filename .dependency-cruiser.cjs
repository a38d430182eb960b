// The borders of docs/adr/0001: who may import whom. `npm run check -- borders` enforces them, and
// test/architecture/borders.spec.ts proves that every rule here bites.

/** The modules in one line, lowest first. A module imports only what stands above it in this list (a lower tier). */
const TIERS = [
  ['audit'],
  ['tenancy'],
  ['identity'],
  ['contracts'],
  ['pages'],
  ['content'],
  ['publishing'],
  ['conversations'],
  ['metrics'],
  ['fulfilment'],
  ['reports', 'billing', 'transparency'],
  ['exports'],
  ['webhooks', 'archive'],
];

const anyOf = (names) => `(${names.join('|')})`;
const modules = (names) => `^src/modules/${anyOf(names)}/`;
const SPEC = '\\.spec\\.ts$';
const BUSINESS = '^src/(modules|networks|platform|sandbox|apps)/';

const directions = [
  {
    name: 'platform-stands-alone',
    comment:
      'The platform would survive a change of business, so it knows nothing of it. Move the business word out, or pass it in.',
    severity: 'error',
    from: { path: '^src/platform/', pathNot: SPEC },
    to: { path: '^src/', pathNot: '^src/platform/' },
  },
  {
    name: 'networks-know-only-the-platform',
    comment: 'A network adapter translates words; what to publish and when is decided above it.',
    severity: 'error',
    from: { path: '^src/networks/', pathNot: SPEC },
    to: { path: '^src/', pathNot: '^src/(networks|platform)/' },
  },
  {
    name: 'sandbox-knows-only-the-platform',
    comment:
      'The sandbox speaks the wire formats from its own reading of them. Sharing code with an adapter would share its mistakes.',
    severity: 'error',
    from: { path: '^src/sandbox/', pathNot: SPEC },
    to: { path: '^src/', pathNot: '^src/(sandbox|platform)/' },
  },
  {
    name: 'modules-know-no-process',
    comment: 'A module runs in the api, the worker or a test alike; only the composition roots know which.',
    severity: 'error',
    from: { path: '^src/modules/', pathNot: SPEC },
    to: { path: '^src/(apps/|main\\.)' },
  },
  {
    name: 'apps-know-no-main',
    comment: 'A main starts an app, never the other way round.',
    severity: 'error',
    from: { path: '^src/apps/' },
    to: { path: '^src/main\\.' },
  },
  {
    name: 'mains-only-start-an-app',
    comment: 'A main is a handful of lines that start a composition root; wiring belongs to src/apps.',
    severity: 'error',
    from: { path: '^src/main\\.' },
    to: { path: '^src/(modules|networks)/' },
  },
  {
    name: 'nobody-knows-the-sandbox',
    comment:
      'The sandbox is reached by an address in the configuration. No code knows that it exists, so no code can treat it specially.',
    severity: 'error',
    from: { pathNot: ['^src/sandbox/', '^src/main\\.sandbox\\.ts$', '^src/apps/(local|demo)', '^(test|bench)/'] },
    to: { path: '^src/sandbox/' },
  },
  {
    name: 'migrations-stand-alone',
    comment: 'A migration must run in ten years as it ran today, so it depends on no code that may change.',
    severity: 'error',
    from: { path: '^migrations/' },
    to: { path: '^(src|test|bench)/' },
  },
  {
    name: 'product-knows-no-test',
    comment: 'What ships must not need test code.',
    severity: 'error',
    from: { path: '^(src|migrations)/', pathNot: SPEC },
    to: { path: ['^(test|bench|scripts)/', SPEC] },
  },
];

const tiers = TIERS.map((names, tier) => ({
  name: `tier-${tier}`,
  comment: `${names.join(', ')}: imports only lower tiers. Upwards goes an event of this module, sideways goes an id.`,
  severity: 'error',
  from: { path: modules(names), pathNot: SPEC },
  to: { path: modules(TIERS.slice(tier).flat()), pathNot: '^src/modules/$1/' },
}));

const fences = [
  {
    name: 'module-has-a-tier',
    comment:
      'Every module stands in the line of TIERS above, so that "who may call whom" has one answer. Add the new module there.',
    severity: 'error',
    from: { path: '^src/modules/', pathNot: modules(TIERS.flat()) },
    to: {},
  },
  {
    name: 'module-front-door',
    comment:
      'From outside, a module is its services, module classes, events, errors, permissions and pure types. Its stores, entities, controllers, dtos and jobs may change at any time.',
    severity: 'error',
    from: { path: '^src/modules/([^/]+)/' },
    to: {
      path: '^src/modules/',
      pathNot: ['^src/modules/$1/', '/[^/.]+\\.ts$', '\\.(service|module|events|errors|permissions)\\.ts$'],
    },
  },
  {
    name: 'networks-front-door',
    comment:
      'The business speaks to every network through network.ts and the registry. A module that knows VK by name cannot get a fifth network.',
    severity: 'error',
    from: { path: '^src/modules/' },
    to: { path: '^src/networks/[^/]+/' },
  },
  {
    name: 'networks-never-mix',
    comment: 'Networks differ in ways that look alike. Two adapters that share code break together when one network changes.',
    severity: 'error',
    from: { path: '^src/networks/([^/]+)/' },
    to: { path: '^src/networks/[^/]+/', pathNot: '^src/networks/$1/' },
  },
  {
    name: 'network-contract-names-no-network',
    comment: 'network.ts is what all networks have in common; only the registry knows which there are.',
    severity: 'error',
    from: { path: '^src/networks/network\\.ts$' },
    to: { path: '^src/networks/[^/]+/' },
  },
  {
    name: 'thin-controllers',
    comment: 'A controller translates HTTP into one call of a service; queries, rows and networks are behind it.',
    severity: 'error',
    from: { path: '\\.controller\\.ts$' },
    to: { path: ['\\.(store|entity)\\.ts$', '^src/networks/'] },
  },
  {
    name: 'stores-only-query',
    comment: 'A store turns a question into SQL. What the answer means, and what follows from it, is decided in a service.',
    severity: 'error',
    from: { path: '\\.store\\.ts$' },
    to: { path: '\\.(service|controller|dto|jobs?)\\.ts$' },
  },
  {
    name: 'pure-files-stay-pure',
    comment:
      'A module file without a suffix holds types, states and money: tables can test it because it needs no Nest, no rows and no clock.',
    severity: 'error',
    from: { path: '^src/modules/.+/[^/.]+\\.ts$' },
    to: {
      path: [
        '^node_modules/(@nestjs|typeorm|pg)/',
        // zones.ts is arithmetic over time zones; clock.ts would bring in what time it is now.
        '^src/platform/(clock/clock|database|queue)',
        '\\.(store|entity|service|controller|dto|jobs?|module)\\.ts$',
      ],
    },
  },
  {
    name: 'orm-only-in-stores',
    comment: 'One place per table to look at when a query is slow or leaks: its store.',
    severity: 'error',
    from: { path: '^src/', pathNot: ['\\.(store|entity)\\.ts$', '^src/platform/database/'] },
    to: { path: '^node_modules/typeorm/' },
  },
  {
    name: 'database-driver-only-in-platform',
    comment: 'A connection of one’s own has no tenant and no row-level security settings. Use work.forTenant(scope, tx => …).',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/platform/(database|queue)/' },
    to: { path: '^node_modules/pg/' },
  },
  {
    name: 'queue-engine-only-in-platform',
    comment: 'The queue engine is exchangeable because nothing else can name it. Define a job and its handler instead.',
    severity: 'error',
    from: { pathNot: ['^src/platform/queue/', '^(test|bench)/', '^node_modules/'] },
    to: { path: '^node_modules/(bullmq|ioredis)/' },
  },
];

const hygiene = [
  {
    name: 'no-cycles',
    comment:
      'Under ESM two files that import each other crash at load or see undefined. Move what both need into a file below them.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-cycles-of-folders',
    comment: 'Two folders that need each other are one folder. Turn one direction into an event or an argument.',
    severity: 'error',
    scope: 'folder',
    from: { path: BUSINESS },
    to: { circular: true },
  },
  {
    name: 'no-orphans',
    comment: 'Nothing imports this file and it imports nothing: deleting is a feature.',
    severity: 'error',
    from: { orphan: true, path: '^src/', pathNot: ['^src/main\\.', '\\.d\\.ts$', SPEC] },
    to: {},
  },
  {
    name: 'no-junk-drawers',
    comment: 'A function lives where its idea lives (platform/http/pagination.ts), never in utils, common, shared or helpers.',
    severity: 'error',
    from: {},
    to: { path: '[/.-](utils?|commons?|shared|helpers?|misc)[/.-]', pathNot: '^node_modules/' },
  },
  {
    name: 'no-barrels',
    comment: 'A barrel hides who needs what and closes cycles. Import the file itself.',
    severity: 'error',
    from: {},
    to: { path: '/index\\.ts$', pathNot: '^node_modules/' },
  },
  {
    name: 'ships-without-dev-dependencies',
    comment: 'The image has no dev dependencies, so this import would fail in production. Move the package to "dependencies".',
    severity: 'error',
    from: { path: '^(src|migrations)/', pathNot: SPEC },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'imports-exist',
    comment: 'The import leads nowhere. Relative imports end in .js; a package must be named in package.json.',
    severity: 'error',
    from: { path: '^(src|migrations)/' },
    to: { couldNotResolve: true },
  },
];

module.exports = {
  forbidden: [...directions, ...tiers, ...fences, ...hygiene],
  options: {
    doNotFollow: { path: '^(node_modules|dist)/' },
    exclude: { path: '^test/architecture/fixtures/' },
    // Type-only imports count: a lower module that borrows a type from an upper one has turned the line round.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
