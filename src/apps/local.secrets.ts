import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from './lifetime.js';

/** Everything that local mode needs to keep to itself: passwords of the four database logins, and the application's keys. */
export interface LocalSecrets {
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
  readonly system: string;
  readonly accessTokens: string;
  readonly sealingKey: string;
}

const NAMES = ['superuser', 'owner', 'app', 'system', 'accessTokens', 'sealingKey'] as const;

export function newSecrets(): LocalSecrets {
  return {
    ...{ superuser: random(), owner: random(), app: random(), system: random(), accessTokens: random() },
    sealingKey: randomBytes(32).toString('base64'),
  };
}

/** The secrets of earlier starts, or new ones. @throws Failure when data is there whose secrets are lost */
export async function keptSecrets(file: string, dataDir: string): Promise<LocalSecrets> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) return parse(text, file);
  if (await stat(join(dataDir, 'PG_VERSION')).catch(() => undefined)) {
    throw new Failure(
      `${file} is missing, and without it ${dataDir} can't be opened: put it back, or remove ${dataDir} to start anew`,
    );
  }
  const secrets = newSecrets();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secrets;
}

function parse(text: string, file: string): LocalSecrets {
  try {
    const secrets = JSON.parse(text) as LocalSecrets;
    if (NAMES.every((name) => typeof secrets[name] === 'string')) return secrets;
  } catch {
    // The same answer as below.
  }
  throw new Failure(`${file} can't be read: restore it, or remove it and the data beside it to start anew`);
}

function random(): string {
  return randomBytes(24).toString('hex');
}
