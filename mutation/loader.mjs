// Loads the specs and what they test: TypeScript by swc, '@jest/globals' from mutation/specs.mjs. A query `?run=…` goes from a file
// to all of ours that it imports, so that each run sees every module as if it were loaded for the first time.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

const GLOBALS = new URL('globals.mjs', import.meta.url).href;
const translated = new Map();

export function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
  if (!specifier.startsWith('.') || !context.parentURL) return next(specifier, context);
  const url = new URL(specifier, context.parentURL);
  const source = new URL(url.href.replace(/\.js$/, '.ts'));
  if (!existsSync(fileURLToPath(source))) return next(specifier, context);
  source.search = new URL(context.parentURL).search;
  return { url: source.href, shortCircuit: true };
}

export async function load(url, context, next) {
  const { pathname } = new URL(url);
  if (!pathname.endsWith('.ts')) return next(url, context);
  const file = fileURLToPath(url);
  if (!translated.has(file)) translated.set(file, translate(file));
  return { format: 'module', source: await translated.get(file), shortCircuit: true };
}

async function translate(filename) {
  const settings = JSON.parse(await readFile(new URL('../.swcrc', import.meta.url), 'utf8'));
  const options = { ...settings, sourceMaps: false, swcrc: false, configFile: false, filename };
  return (await transform(await readFile(filename, 'utf8'), options)).code;
}
