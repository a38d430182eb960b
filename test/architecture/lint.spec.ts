import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

interface FileReport {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

const repository = resolve(import.meta.dirname, '../..');
const service = (name: string) => `src/modules/content/${name}.service.ts`;
const lines = (count: number) => 'export {};\n'.padEnd(11 + count, '\n');
const parameters = (count: number) => Array.from({ length: count }, (_, i) => `_p${i}: string`).join(', ');

/** [file, code, rule, a word of the message]. Each is one mistake in an otherwise fine file. */
const WRONG: readonly (readonly [file: string, code: string, rule: string, word: string])[] = [
  [service('a'), 'export const lucky = Math.random();', 'no-restricted-syntax', 'Math.random'],
  ['test/b.ts', 'export const lucky = Math.random();', 'no-restricted-syntax', 'Math.random'],
  [service('c'), 'export const url = process.env.DATABASE_URL;', 'no-restricted-syntax', 'Configuration'],
  ['src/main.z.ts', 'export const url = process.env.DATABASE_URL;', 'no-restricted-syntax', 'Configuration'],
  [
    service('e'),
    "import { env } from 'node:process';\nexport const url = env.DATABASE_URL;",
    'no-restricted-syntax',
    'Configuration',
  ],
  [service('f'), 'export const now = Date.now();', 'no-restricted-syntax', 'Clock'],
  [service('g'), 'export const now = new Date();', 'no-restricted-syntax', 'Clock'],
  [service('h'), 'setTimeout(() => undefined, 10);', 'no-restricted-syntax', 'timer'],
  [service('i'), "export const page = fetch('https://example.org');", 'no-restricted-syntax', 'Requests'],
  [service('j'), "import { randomUUID } from 'node:crypto';\nexport const id = randomUUID();", 'no-restricted-imports', 'Ids'],
  [
    service('k'),
    "import { DataSource } from 'typeorm';\nexport const source = DataSource;",
    'no-restricted-imports',
    'platform/database',
  ],
  [
    service('l'),
    "import { InjectRepository } from '@nestjs/typeorm';\nexport { InjectRepository };",
    'no-restricted-imports',
    'tenant',
  ],
  [
    service('m'),
    'export const all = (dataSource: { createQueryBuilder(): string }) => dataSource.createQueryBuilder();',
    'no-restricted-syntax',
    'unit of work',
  ],
  [
    'src/modules/content/n.store.ts',
    'export const find = (tx: { query(sql: string): string }, id: string) => tx.query(`select ${id}`);',
    'no-restricted-syntax',
    'injection',
  ],
  [
    'src/modules/content/o.controller.ts',
    'export class Posts {\n  find(id: string): string {\n    if (id) return id;\n    return "";\n  }\n}',
    'no-restricted-syntax',
    'Controllers',
  ],
  [service('p'), "export const say = () => console.log('hello');", 'no-console', 'console'],
  [service('q'), 'export const anything = (value: any) => String(value);', '@typescript-eslint/no-explicit-any', 'any'],
  [
    service('r'),
    'export const start = () => {\n  Promise.resolve(1);\n};',
    '@typescript-eslint/no-floating-promises',
    'Promises',
  ],
  [service('s'), lines(300), 'max-lines', '300'],
  [service('t'), `export function long() {${'\n  String(1);'.repeat(40)}\n}`, 'max-lines-per-function', '40'],
  [service('u'), `export function many(${parameters(5)}) {}`, 'local/max-params', 'at most 4'],
  [service('v'), `export class Busy {\n  constructor(${parameters(6)}) {}\n}`, 'local/max-params', 'two jobs'],
  [
    service('w'),
    'export const deep = (a: string) => {\n  if (a) {\n    if (a) {\n      if (a) {\n        if (a) return;\n      }\n    }\n  }\n};',
    'max-depth',
    'nested',
  ],
  [service('x'), `// TO${'DO'} later\nexport {};`, 'no-warning-comments', 'comment'],
  [
    'src/y.spec.ts',
    "import { it } from '@jest/globals';\nit.only('x', () => undefined);",
    'no-restricted-syntax',
    'test/harness',
  ],
  [
    'test/z.spec.ts',
    "import { describe } from '@jest/globals';\ndescribe.skip('x', () => undefined);",
    'no-restricted-syntax',
    'test/harness',
  ],
];

/** Close to the wrong ones, and fine. */
const RIGHT: readonly (readonly [file: string, code: string])[] = [
  ['src/platform/config/a.ts', 'export const url = process.env.DATABASE_URL;'],
  ['src/main.b.ts', "import { parseConfig } from './platform/config/b.js';\nexport const config = parseConfig(process.env);"],
  ['src/platform/config/b.ts', 'export const parseConfig = (source: NodeJS.ProcessEnv) => source.PORT;'],
  [service('ra'), 'export const read = (text: string) => new Date(text);'],
  [service('rb'), `export class Ready {\n  constructor(${parameters(5)}) {}\n}`],
  [
    'src/modules/content/rc.store.ts',
    "const COLUMNS = 'id, text';\nexport const find = (tx: { query(sql: string): string }) => tx.query(`select ${COLUMNS} from posts where id = $1`);",
  ],
  ['src/platform/clock/rd.ts', 'export const now = () => new Date();'],
  [
    'test/harness/re.ts',
    "import { describe } from '@jest/globals';\nexport const describeWithRedis = process.env.X ? describe : describe.skip;",
  ],
];

describe('the linter', () => {
  let folder: string;
  let reports: FileReport[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestnik-lint-'));
    for (const [file, code] of [...WRONG, ...RIGHT]) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), `${code}\n`);
    }
    for (const file of ['eslint.config.mjs', 'scripts/eslint-rules.mjs', 'tsconfig.json', 'package.json']) {
      await cp(join(repository, file), join(folder, file));
    }
    await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
    reports = await lint(folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const messagesOf = (file: string) => reports.find((report) => report.filePath.endsWith(`/${file}`))?.messages;

  it.each(WRONG)('refuses %s: %j (%s)', (file, _code, rule, word) => {
    expect(messagesOf(file)).toEqual([expect.objectContaining({ ruleId: rule, message: expect.stringContaining(word) })]);
  });

  it.each(RIGHT)('accepts %s: %j', (file) => {
    expect(messagesOf(file)).toEqual([]);
  });
});

function lint(folder: string): Promise<FileReport[]> {
  const program = join(repository, 'node_modules/eslint/bin/eslint.js');
  return new Promise((done, fail) => {
    // A non-zero exit is what we want; only output that is no report is a failure.
    execFile(process.execPath, [program, '--format', 'json', 'src', 'test'], { cwd: folder }, (_error, stdout, stderr) =>
      stdout.startsWith('[') ? done(JSON.parse(stdout) as FileReport[]) : fail(new Error(stderr)),
    );
  });
}
