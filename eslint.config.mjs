// The rules of the code that a linter can hold. Borders between folders are dependency-cruiser's (.dependency-cruiser.cjs),
// layout is prettier's, dead code is knip's.
import tseslint from 'typescript-eslint';
import local from './scripts/eslint-rules.mjs';

const tests = ['test/**/*.ts', 'bench/**/*.ts', '**/*.spec.ts'];

const everywhere = [
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Math.random repeats and can be predicted. Take a random source from platform/ids or platform/crypto.',
  },
];

const sql = [
  {
    // Constant fragments (COLUMNS, FROM_VISIBLE_POSTS) may be spliced in; a value never, it goes to a $1.
    selector:
      "CallExpression[callee.property.name='query'] > TemplateLiteral > :not(TemplateElement, Identifier[name=/^[A-Z][A-Z0-9_]*$/])",
    message: 'A value inside SQL is an injection. Write $1 and pass it; a constant fragment is an UPPER_CASE identifier.',
  },
];

const environment = [
  {
    // The whole environment may be handed to the one parser; nobody else picks from it.
    selector:
      "MemberExpression[object.name='process'][property.name='env']:not(CallExpression[callee.name=/^(parseConfig|ownerDatabaseUrl|systemDatabaseUrl)$/] > MemberExpression)",
    message: 'Configuration is parsed once, in src/platform/config. Take the typed value from there.',
  },
  {
    selector: "ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name='env']",
    message: 'Configuration is parsed once, in src/platform/config. Take the typed value from there.',
  },
];

const queriesOutsideStores = [
  {
    selector:
      'CallExpression[callee.property.name=/^(createQueryBuilder|createQueryRunner|getRepository)$/]:matches([callee.object.name=/dataSource/i], [callee.object.property.name=/dataSource/i])',
    message: 'A query outside a unit of work has no tenant. Use work.forTenant(scope, tx => …) and a store.',
  },
];

const outsideWorld = [
  ["MemberExpression[object.name='Date'][property.name='now']", 'Time comes from the injected Clock, so that tests can move it.'],
  ["NewExpression[callee.name='Date'][arguments.length=0]", 'Time comes from the injected Clock, so that tests can move it.'],
  [
    "MemberExpression[object.name='Temporal'][property.name='Now']",
    'Time comes from the injected Clock, so that tests can move it.',
  ],
  ["MemberExpression[object.name='performance'][property.name='now']", 'Durations are measured by platform/observability.'],
  [
    'CallExpression[callee.name=/^(setTimeout|setInterval|setImmediate)$/]',
    'A timer dies with its process. Write a row that is due, or a job; waiting belongs to src/platform.',
  ],
  [
    "CallExpression[callee.name='fetch']",
    'Requests to the world go through src/networks or src/platform/http, where addresses are checked.',
  ],
].map(([selector, message]) => ({ selector, message }));

const thinControllers = [
  {
    selector:
      'MethodDefinition :matches(IfStatement, SwitchStatement, TryStatement, ForStatement, ForOfStatement, WhileStatement)',
    message:
      'Controllers translate: one call of a service. Decide in the service, throw a DomainError, and let the filter answer.',
  },
  {
    selector: 'MethodDefinition > FunctionExpression > BlockStatement[body.length>5]',
    message: 'Controllers translate: one call of a service, at most five statements.',
  },
];

const chosenTests = [
  {
    selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo)$/]',
    message: 'A test runs or is deleted. What needs a missing server goes through a helper in test/harness, which says why.',
  },
  {
    selector: 'CallExpression[callee.name=/^(fit|fdescribe|xit|xtest|xdescribe)$/]',
    message: 'A test runs or is deleted. What needs a missing server goes through a helper in test/harness, which says why.',
  },
];

const restrict = (...groups) => ({ 'no-restricted-syntax': ['error', ...groups.flat()] });

const typeormOutsideDatabase = {
  name: 'typeorm',
  importNames: ['DataSource', 'QueryRunner', 'getManager', 'getRepository', 'createConnection'],
  message: 'Only platform/database opens connections. Use work.forTenant(scope, tx => …).',
};
const injectedRepositories = {
  name: '@nestjs/typeorm',
  message: 'Injected repositories forget the tenant. Write a store whose first argument is tx.',
};
const randomSources = {
  name: 'node:crypto',
  importNames: ['randomUUID', 'randomBytes', 'randomInt', 'getRandomValues', 'webcrypto'],
  message: 'Ids and randomness come from outside: inject them from platform/ids or platform/crypto.',
};
const uuids = { name: 'uuid', message: 'Ids come from outside: inject them from platform/ids.' };
const restrictImports = (...paths) => ({ 'no-restricted-imports': ['error', { paths }] });

export default tseslint.config(
  { ignores: ['dist/', 'sdk/dist/', 'sdk/build-*/', 'dist.*/', 'coverage/', 'var/', 'node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,mjs,cjs}'],
    extends: [tseslint.configs.recommended],
    plugins: { local },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-depth': ['error', 3],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      'object-shorthand': 'error',
      'prefer-template': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      ...restrict(everywhere),
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false } }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: tests,
    rules: {
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'local/max-params': ['error', { functions: 4, constructors: 5 }],
      ...restrict(everywhere, sql, environment, queriesOutsideStores),
      ...restrictImports(typeormOutsideDatabase, injectedRepositories),
    },
  },
  { files: ['src/{modules,networks,platform}/**/*.ts'], ignores: tests, rules: { 'no-console': 'error' } },
  {
    files: ['src/modules/**/*.ts'],
    ignores: tests,
    rules: {
      ...restrict(everywhere, sql, environment, queriesOutsideStores, outsideWorld),
      ...restrictImports(typeormOutsideDatabase, injectedRepositories, randomSources, uuids),
    },
  },
  {
    files: ['src/modules/**/*.controller.ts'],
    rules: restrict(everywhere, sql, environment, queriesOutsideStores, outsideWorld, thinControllers),
  },
  { files: ['src/platform/config/**/*.ts'], ignores: tests, rules: restrict(everywhere, sql, queriesOutsideStores) },
  {
    files: ['src/platform/database/**/*.ts'],
    ignores: tests,
    rules: { ...restrict(everywhere, sql, environment), ...restrictImports(injectedRepositories) },
  },
  // CREATE ROLE takes no parameters: the values are escaped by the driver, by name.
  { files: ['src/platform/database/roles.ts'], rules: restrict(everywhere, environment) },
  // Hands PATH on to the server's own programs, which are no part of the configuration.
  { files: ['src/platform/database/embedded-server.ts'], rules: restrict(everywhere, sql) },
  {
    // A history must run the same way each time: nothing in it may ask the real world for time, chance or identity.
    files: ['simulation/**/*.ts'],
    rules: {
      ...{ 'no-console': 'error', 'max-lines': ['error', 300] },
      ...restrict(everywhere, outsideWorld),
      ...restrictImports(randomSources, uuids),
    },
  },
  { files: tests, rules: restrict(everywhere, chosenTests) },
  { files: ['test/harness/**/*.ts'], rules: restrict(everywhere) },
);
