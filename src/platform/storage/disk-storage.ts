import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, type FileHandle, lstat, mkdir, open, opendir, realpath, rename, rm, unlink } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, failureOf, undefinedWhenAbsent } from './disk-failure.js';
import { makeFolder, syncFolder, writeDurably } from './durable-file.js';
import { isStorageKey, type StorageKey } from './storage-key.js';
import { ObjectNotFound, StorageTampered } from './storage.errors.js';
import { Storage, type StoredBytes, type StoredObject, type ToStore } from './storage.js';

/** Unfinished writes; the dot keeps it apart from the tenants' `t/`. */
const INCOMING = '.incoming';

/** Objects as files below one folder, readable by the owner of the process only. The content type lives in our rows. */
export class DiskStorage extends Storage {
  private constructor(private readonly root: string) {
    super();
  }

  /** Makes the folder when it is missing. @throws when the process may not write there, so that a wrong path stops the start. */
  static async at(folder: string): Promise<DiskStorage> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // The root itself may be a link (a mounted volume often is); below it nothing may.
    const root = await realpath(folder);
    await access(root, constants.W_OK | constants.X_OK);
    const storage = new DiskStorage(root);
    await storage.folder([INCOMING], 'make');
    return storage;
  }

  async clearAbandonedWrites(before: Date): Promise<number> {
    const incoming = await this.folder([INCOMING], 'make');
    let cleared = 0;
    for await (const entry of await opendir(incoming)) {
      const part = path.join(incoming, entry.name);
      const found = await lstat(part).catch(undefinedWhenAbsent);
      if (!found || found.mtime >= before) continue;
      await rm(part, { force: true });
      cleared += 1;
    }
    return cleared;
  }

  protected async write(key: StorageKey, bytes: ToStore): Promise<void> {
    const part = path.join(this.root, INCOMING, randomUUID());
    try {
      await writeDurably(part, bytes);
      const place = await this.place(key, 'make');
      // Readers see the old bytes or the new ones, never half of them.
      await rename(part, place);
      await syncFolder(path.dirname(place));
    } catch (error) {
      await rm(part, { force: true });
      throw failureOf(error);
    }
  }

  protected async read(key: StorageKey): Promise<Uint8Array> {
    const file = await this.openFile(key);
    try {
      return await file.readFile();
    } finally {
      await file.close();
    }
  }

  protected async open(key: StorageKey): Promise<StoredBytes> {
    const file = await this.openFile(key);
    const { size } = await file.stat();
    return { size, bytes: file.createReadStream() };
  }

  protected async has(key: StorageKey): Promise<boolean> {
    const place = await this.place(key, 'find').catch(undefinedWhenAbsent);
    if (!place) return false;
    const found = await lstat(place).catch(undefinedWhenAbsent);
    return found?.isFile() ?? false;
  }

  protected async remove(key: StorageKey): Promise<void> {
    const place = await this.place(key, 'find').catch(undefinedWhenAbsent);
    if (!place) return;
    await unlink(place).catch(undefinedWhenAbsent);
    // A certificate of destruction must still be true after a power cut.
    await syncFolder(path.dirname(place));
  }

  protected async *walk(prefix: string): AsyncIterable<StoredObject> {
    const folder = await this.folder(prefix.split('/').filter(Boolean), 'find').catch(undefinedWhenAbsent);
    if (!folder) return;
    for await (const entry of await opendir(folder)) {
      if (entry.isDirectory()) yield* this.walk(`${prefix}${entry.name}/`);
      if (entry.isFile()) yield* objectAt(path.join(folder, entry.name), `${prefix}${entry.name}`);
    }
  }

  private async openFile(key: StorageKey): Promise<FileHandle> {
    try {
      // Without O_NONBLOCK a planted pipe would hold a thread for ever.
      const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
      const file = await open(await this.place(key, 'find'), flags);
      if ((await file.stat()).isFile()) return file;
      await file.close();
    } catch (error) {
      throw codeOf(error) === 'ENOENT' ? new ObjectNotFound() : failureOf(error);
    }
    throw new StorageTampered();
  }

  private async place(key: StorageKey, missing: 'make' | 'find'): Promise<string> {
    const segments = key.split('/');
    return path.join(await this.folder(segments.slice(0, -1), missing), segments.at(-1)!);
  }

  /** Goes down from the root one real folder at a time: a link on the way could lead out of it. */
  private async folder(segments: readonly string[], missing: 'make' | 'find'): Promise<string> {
    let at = this.root;
    for (const segment of segments) {
      const parent = at;
      at = path.join(parent, segment);
      if (missing === 'make') await makeFolder(at, parent);
      if (!(await lstat(at)).isDirectory()) throw new StorageTampered();
    }
    return at;
  }
}

async function* objectAt(file: string, key: string): AsyncIterable<StoredObject> {
  if (!isStorageKey(key)) return;
  const found = await lstat(file).catch(undefinedWhenAbsent);
  if (found) yield { key, size: found.size, storedAt: found.mtime };
}
