import { createHash } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isReachable, unprivilegedAccount } from '../platform/database/embedded-binaries.js';

export interface LocalFolders {
  readonly postgres: string;
  readonly storage: string;
  readonly secretsFile: string;
}

/** Where root keeps the data of a clone that PostgreSQL's account can't enter, such as one below /root. */
const ASIDE = '/var/lib/vestnik-local';

/** Makes the folders below `root`. Started as root, PostgreSQL's own account must be able to get to its data. */
export async function makeFolders(root: string): Promise<LocalFolders> {
  const [storage, secretsFile] = [join(root, 'storage'), join(root, 'local-secrets.json')];
  await mkdir(storage, { recursive: true, mode: 0o700 });
  if (!(await unprivilegedAccount())) return { storage, secretsFile, postgres: join(root, 'postgres') };
  await chmod(root, 0o711);
  if (await isReachable(resolve(root))) return { storage, secretsFile, postgres: join(root, 'postgres') };
  await mkdir(ASIDE, { recursive: true });
  await chmod(ASIDE, 0o711);
  const name = createHash('sha256').update(resolve(root)).digest('hex').slice(0, 12);
  return { storage, secretsFile, postgres: join(ASIDE, name) };
}
