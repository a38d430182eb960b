import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { codeOf } from './disk-failure.js';
import type { ToStore } from './storage.js';

/** Makes a new file, private to this user, that is on the disk when the call returns. @throws EEXIST when it exists */
export async function writeDurably(file: string, bytes: ToStore): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    // Each write goes on where the last one ended.
    for await (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) await handle.writeFile(piece);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes one folder inside an existing one, unless it is there. */
export async function makeFolder(folder: string, parent: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    throw error;
  }
  await syncFolder(parent);
}

/** A new name survives a power cut only when its folder was synced too. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
