// `npm run migrate:new -- add-page-audits`: the next migration, numbered and listed. Migrations are written by hand and go forward
// only; what runs on live data belongs into several small ones.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
  console.error('Name the migration in lower-case words: npm run migrate:new -- add-page-audits');
  process.exit(2);
}

const list = 'migrations/migrations.ts';
const numbers = readdirSync('migrations').map((file) => Number(/^(\d+)-/.exec(file)?.[1] ?? 0));
const number = Math.max(0, ...numbers) + 1;
const file = `${number}-${name}`;
// TypeORM orders migrations by the thirteen digits at the end of the class name.
const words = name.split('-').map((word) => word[0].toUpperCase() + word.slice(1));
const className = `${words.join('')}${1764000000000 + number}`;

writeFileSync(
  `migrations/${file}.ts`,
  `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ${className} implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(\`
    \`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one that repairs this one.');
  }
}
`,
  { flag: 'wx' },
);

const before = readFileSync(list, 'utf8');
const imports = [...before.matchAll(/^import .*;\n/gm)].at(-1);
const after = imports ? imports.index + imports[0].length : 0;
const listed = `${before.slice(0, after)}import { ${className} } from './${file}.js';\n${before.slice(after)}`;
// One per line or all in one line: prettier decides, so only the closing bracket is looked for.
writeFileSync(list, listed.replace(/,?\s*\];\s*$/, `, ${className}];\n`));
console.log(
  `migrations/${file}.ts is listed last in ${list}. Write its SQL, then run: npm run check:fix && npm test -- test/isolation/`,
);
