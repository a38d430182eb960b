// Translates src/ and simulation/ into var/simulation/, without looking at types: as fast as reading the files.
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { transform } from '@swc/core';

const OUT = 'var/simulation';

/** @returns the folder with the translated files. A file that has not changed since is not translated again. */
export async function build() {
  const options = { ...JSON.parse(await readFile('.swcrc', 'utf8')), swcrc: false, configFile: false };
  const wanted = (await Promise.all(['src', 'simulation'].map(sources))).flat();
  await Promise.all(wanted.map((file) => translate(file, options)));
  const kept = new Set(wanted.map(target));
  const present = (await readdir(OUT, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  // Half-written files of another run end in its process number.
  const stale = present
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => /\.js$/.test(file) && !kept.has(file));
  await Promise.all(stale.map((file) => rm(file, { force: true })));
  return OUT;
}

async function translate(file, options) {
  const to = target(file);
  const [from, done] = await Promise.all([stat(file), stat(to).catch(() => undefined)]);
  if (done && done.mtimeMs > from.mtimeMs) return;
  const { code } = await transform(await readFile(file, 'utf8'), { ...options, filename: file });
  await mkdir(dirname(to), { recursive: true });
  // Swapped in whole: another run may be reading.
  await writeFile(`${to}.${process.pid}`, code);
  await rename(`${to}.${process.pid}`, to);
}

function target(file) {
  return join(OUT, file.replace(/\.ts$/, '.js'));
}

async function sources(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(spec|d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
