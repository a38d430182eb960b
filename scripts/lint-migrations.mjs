// Lints the SQL of the migrations with squawk: what would block live traffic or break the version that is still running.
// The SQL is written in TypeScript, so each migration is run against a connection that only writes down what it is told.
// Migrations import nothing but each other (a border), so they are compiled here without the rest of the code.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const folder = mkdtempSync(join(tmpdir(), 'vestnik-migrations-'));
try {
  const files = await writeStatements(await compile());
  const squawk = spawnSync(resolve('node_modules/.bin/squawk'), ['--config', resolve('.squawk.toml'), ...files], {
    cwd: folder,
    stdio: 'inherit',
  });
  process.exitCode = squawk.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compile() {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, verbatimModuleSyntax: false };
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const file of readdirSync('migrations').filter((name) => name.endsWith('.ts'))) {
    const { outputText } = ts.transpileModule(readFileSync(join('migrations', file), 'utf8'), { compilerOptions });
    writeFileSync(join(folder, file.replace(/\.ts$/, '.js')), outputText);
  }
  const { MIGRATIONS } = await import(join(folder, 'migrations.js'));
  return MIGRATIONS;
}

async function writeStatements(migrations) {
  const files = [];
  for (const Migration of migrations) {
    const statements = [];
    await new Migration().up({ query: async (sql) => void statements.push(`${sql.trimEnd().replace(/;?$/, ';')}\n`) });
    files.push(`${Migration.name}.sql`);
    writeFileSync(join(folder, files.at(-1)), statements.join(''));
  }
  return files;
}
