// `npm run check`: everything that a machine can say about the code without running it. Every part runs even when one
// fails, so that one run shows the whole list.
//
//   npm run check                    all parts
//   npm run check -- types borders   only these
//   npm run check:fix                formats, and repairs what the linter can
import { spawn } from 'node:child_process';

const bin = (name) => `node_modules/.bin/${name}`;

const parts = {
  format: [bin('prettier'), '--check', '--log-level', 'warn', '.'],
  types: [bin('tsc'), '--noEmit'],
  lint: [bin('eslint'), '--max-warnings', '0', '.'],
  borders: [bin('depcruise'), '--config', '.dependency-cruiser.cjs', 'src', 'migrations', 'test'],
  unused: [bin('knip')],
  migrations: [process.execPath, 'scripts/lint-migrations.mjs'],
  dockerfile: [process.execPath, 'scripts/lint-dockerfile.mjs', 'Dockerfile'],
  compose: [bin('dclint'), '--max-warnings', '0', 'docker-compose.yml'],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part "${unknown.join('", "')}". The parts are: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

const queue = Object.entries(parts).filter(([name]) => wanted.length === 0 || wanted.includes(name));
const failed = [];
// Two at a time: the compiler and the type-aware linter are the long ones, and they run side by side.
await Promise.all([worker(), worker()]);
if (failed.length > 0) {
  console.error(`\n${failed.length} part(s) failed: ${failed.join(', ')}. Run one again with \`npm run check -- ${failed[0]}\`.`);
  process.exit(1);
}

async function worker() {
  for (let part = queue.shift(); part; part = queue.shift()) {
    const [name, command] = part;
    const started = performance.now();
    const { code, output } = await run(command);
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    if (code === 0) continue;
    failed.push(name);
    console.error(output.trimEnd());
  }
}

function run([command, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: `${error.message}. Run \`npm ci\` first.` }));
    child.on('close', (code) => resolve({ code, output }));
  });
}
