import { DataInUse, stopLeftoverServer } from '../platform/database/leftover-server.js';
import { Failure, type Lifetime } from './lifetime.js';
import { describeLocal } from './local.addresses.js';
import { makeFolders } from './local.folders.js';
import { keptSecrets } from './local.secrets.js';
import { startLocal } from './local.system.js';

/** How the process that rightly holds the data is recognised: by its main. */
const OWNER = 'main.local';

/** `npm run local`: everything in one process; the data stays under `var/` between starts. */
export async function local(life: Lifetime): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const folders = await makeFolders('var');
  const stopped = await freeTheData(folders.postgres);
  if (stopped) say(`Stopped the PostgreSQL (process ${stopped}) that an earlier start had left running`);
  const secrets = await keptSecrets(folders.secretsFile, folders.postgres);
  const system = await startLocal(life, { folders, secrets, durable: true, logLevel: 'warn', say });
  say(describeLocal(system, folders));
  await life.untilStopped();
}

async function freeTheData(dataDir: string): Promise<number | undefined> {
  try {
    return await stopLeftoverServer(dataDir, OWNER);
  } catch (error) {
    throw error instanceof DataInUse ? new Failure(error.message) : error;
  }
}
