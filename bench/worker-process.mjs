// A worker as it runs in production: a process of its own.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';

/** @param around `{ urls, sandbox, key, queueUrl, env }`: the databases, the networks' stand-in, the key of sealed secrets, further variables */
export function startWorker({ urls, sandbox, key, queueUrl, env: more = {} }) {
  const env = {
    ...more,
    ...{ PATH: process.env.PATH, NODE_ENV: 'test', HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'error' },
    ...{ DATABASE_URL: urls.app, DATABASE_SYSTEM_URL: urls.system, SECRET_KEYS: `1:${key.toString('base64')}` },
    ...{ ACCESS_TOKEN_SECRET: randomBytes(32).toString('hex'), VK_API_URL: sandbox.vkUrl, VK_ID_URL: sandbox.vkUrl },
    ...{ OK_API_URL: sandbox.okUrl, OK_AUTH_URL: sandbox.okUrl, ...(queueUrl && { QUEUE_URL: queueUrl }) },
  };
  return spawn(process.execPath, ['dist/src/main.worker.js'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
}

export async function stopWorker(worker, signal = 'SIGTERM') {
  worker.kill(signal);
  await new Promise((resolve) =>
    worker.exitCode === null && worker.signalCode === null ? worker.once('exit', resolve) : resolve(),
  );
}
