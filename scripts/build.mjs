// Builds dist/ with TypeScript's own program and the Nest swagger plugin, which reads comments and validators of the DTO
// classes into the OpenAPI document. `@nestjs/cli` would do the same, but its schematics want a newer Node than ours.
//
//   node scripts/build.mjs            builds when something changed
//   node scripts/build.mjs --force    builds anyway
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const started = performance.now();
const stamp = 'dist/.build-hash';
const next = `dist.${process.pid}`;

const hash = await hashOfInputs();
if (!process.argv.includes('--force') && (await readFile(stamp, 'utf8').catch(() => '')) === hash) process.exit(0);

try {
  process.exitCode = (await compile()) ? 0 : 1;
} finally {
  await rm(next, { recursive: true, force: true });
}

/** Everything that decides what dist looks like: sources, compiler settings, the compiler and the plugin. */
async function hashOfInputs() {
  const settings = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'scripts/build.mjs'];
  const files = [...(await sources()), ...settings].filter((file) => !file.endsWith('.spec.ts'));
  const sum = createHash('sha256').update(process.version);
  for (const file of files.sort()) sum.update(`\0${file}\0`).update(await readFile(file));
  return sum.digest('hex');
}

/** Where TypeScript prints a type it writes `\u043f` for a Cyrillic letter in our folder's name, which the plugin takes for a path. */
function printLettersAsTheyAre(checker) {
  const print = checker.typeToString;
  checker.typeToString = (...type) =>
    print(...type).replaceAll(/\\u([\dA-F]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

function removeAndExit() {
  rmSync(next, { recursive: true, force: true });
  process.exit(130);
}

async function sources() {
  const folders = await Promise.all(['src', 'migrations'].map((root) => readdir(root, { recursive: true, withFileTypes: true })));
  return folders.flat().flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
}

async function compile() {
  const { default: ts } = await import('typescript');
  const { before: swagger } = await import('@nestjs/swagger/plugin');
  const config = ts.getParsedCommandLineOfConfigFile(
    'tsconfig.build.json',
    { outDir: next },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: report },
  );
  const program = ts.createProgram(config.fileNames, config.options);

  const problems = [...config.errors, ...ts.getPreEmitDiagnostics(program)];
  if (problems.length === 0) {
    printLettersAsTheyAre(program.getTypeChecker());
    // The plugin must know that the output is ESM, or it writes `require` into it.
    const plugin = swagger(
      {
        esmCompatible: true,
        introspectComments: true,
        classValidatorShim: true,
        dtoFileNameSuffix: ['.dto.ts'],
        controllerFileNameSuffix: ['.controller.ts'],
      },
      program,
    );
    // Until here Ctrl-C ends us at once; from the first written file on it must not leave half a folder behind.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, removeAndExit);
    problems.push(...program.emit(undefined, undefined, undefined, false, { before: [plugin] }).diagnostics);
  }
  if (problems.length > 0) return report(...problems);

  await copyAssets();
  await writeFile(`${next}/.build-hash`, hash);
  // Swapped in one piece: an interrupted build never leaves half a dist, and no file of an earlier build survives.
  await rm('dist', { recursive: true, force: true });
  await rename(next, 'dist');
  console.log(`built ${config.fileNames.length} files in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return true;

  function report(...diagnostics) {
    const format = {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: ts.sys.getCurrentDirectory,
      getNewLine: () => '\n',
    };
    console.error(
      process.stderr.isTTY
        ? ts.formatDiagnosticsWithColorAndContext(diagnostics, format)
        : ts.formatDiagnostics(diagnostics, format),
    );
    console.error(
      `${diagnostics.length} problem(s): nothing was built. Fix them and run the command again; \`npm run check -- types\` shows the same list.`,
    );
    return false;
  }
}

/** SQL, calendars, fonts, templates: whatever a module reads through import.meta.url is found in dist as it is in src. */
async function copyAssets() {
  for (const file of (await sources()).filter((name) => !name.endsWith('.ts'))) {
    await mkdir(dirname(join(next, file)), { recursive: true });
    await cp(file, join(next, file));
  }
}
