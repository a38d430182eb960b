import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const STOP_WITHIN_MS = 30_000;

/** The data is in use by a process that is alive and well. */
export class DataInUse extends Error {}

/**
 * Ends the server that a killed process (`kill -9`, a power cut of the shell) left running on a data folder, so that the next
 * start can take the data over. @param owner words in the command line of the process that rightly holds the data
 * @returns the process id of the server that was stopped, if there was one. @throws DataInUse when its owner is alive
 */
export async function stopLeftoverServer(dataDir: string, owner: string): Promise<number | undefined> {
  const pidFile = join(dataDir, 'postmaster.pid');
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  // PostgreSQL itself takes no notice of a file whose process is gone.
  if (!Number.isInteger(pid) || pid <= 0 || process.platform === 'win32') return undefined;
  const command = await commandOf(pid);
  if (command === undefined) return undefined;
  if (!command.includes('postgres') || !command.includes(resolve(dataDir))) {
    // After a reboot the number can belong to anything, and PostgreSQL would refuse to start for its sake.
    await rm(pidFile, { force: true });
    return undefined;
  }
  const parent = await parentOf(pid);
  if (parent && (await commandOf(parent))?.includes(owner)) {
    throw new DataInUse(
      `Process ${parent} is running on ${dataDir}: end it first, with Ctrl-C in its terminal or "kill ${parent}"`,
    );
  }
  await stop(pid, dataDir);
  return pid;
}

async function stop(pid: number, dataDir: string): Promise<void> {
  const advice = `PostgreSQL (process ${pid}) still runs on ${dataDir} without its parent; end it with "kill -INT ${pid}"`;
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    throw new DataInUse(advice);
  }
  const until = performance.now() + STOP_WITHIN_MS;
  while ((await commandOf(pid))?.includes('postgres')) {
    if (performance.now() > until) throw new DataInUse(advice);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The command line of a process, or undefined when there is none. Linux without `ps` (slim containers) has /proc. */
async function commandOf(pid: number): Promise<string | undefined> {
  const line =
    process.platform === 'linux'
      ? (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')
      : await ps(pid, 'command=');
  return line.trim() || undefined;
}

async function parentOf(pid: number): Promise<number | undefined> {
  const text =
    process.platform === 'linux'
      ? /^PPid:\s*(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''))?.[1]
      : await ps(pid, 'ppid=');
  return Number(text) || undefined;
}

async function ps(pid: number, column: string): Promise<string> {
  const { stdout } = await run('ps', ['-ww', '-o', column, '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim();
}
