// `npm run dev`: the local mode, built and started again whenever a source changes. A failed build keeps the last one running.
import { spawn, spawnSync } from 'node:child_process';
import { watch } from 'node:fs';

let running;
let timer;

restart();
for (const root of ['src', 'migrations']) {
  watch(root, { recursive: true }, (_event, file) => {
    if (file?.endsWith('.spec.ts')) return;
    clearTimeout(timer);
    // Editors write a file in several steps, and a checkout touches many.
    timer = setTimeout(restart, 300);
  });
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop().then(() => process.exit(0)));

async function restart() {
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' }).status === 0;
  if (!built) return;
  await stop();
  running = spawn(process.execPath, ['--enable-source-maps', 'dist/src/main.local.js', ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
}

function stop() {
  if (!running || running.exitCode !== null || running.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    running.once('exit', resolve);
    running.kill('SIGTERM');
  });
}
