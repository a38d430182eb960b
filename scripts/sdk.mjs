// Builds the TypeScript client package in sdk/dist from the committed OpenAPI document.
//
//   npm run sdk                   builds it and checks its types and its examples'; `npm pack ./sdk` makes the archive to install
//   npm run sdk -- --unchecked    builds it without looking at types, in a few seconds
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const unchecked = process.argv.includes('--unchecked');
const target = resolve('sdk/dist');
// Beside the package's sources, so that what they import is found.
const work = await mkdtemp(resolve('sdk/build-'));
try {
  await cp('sdk/src', join(work, 'src'), { recursive: true });
  await cp('sdk/tsconfig.json', join(work, 'tsconfig.json'));
  run('openapi-typescript', ['docs/openapi.json', '--output', join(work, 'src/schema.ts')]);
  run('tsc', ['-p', work, '--outDir', join(work, 'dist'), ...(unchecked ? ['--noCheck'] : [])]);
  await rm(target, { recursive: true, force: true });
  await rename(join(work, 'dist'), target);
  // The examples are typed against the package as an integrator gets it.
  if (!unchecked) run('tsc', ['-p', 'sdk/examples']);
} finally {
  await rm(work, { recursive: true, force: true });
}

function run(program, args) {
  const { status, stdout, stderr } = spawnSync(join('node_modules/.bin', program), args, { encoding: 'utf8' });
  if (status === 0) return;
  process.stderr.write(`${stdout}${stderr}`);
  throw new Error(`${program} failed`);
}
