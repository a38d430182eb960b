import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DiskStorage } from './disk-storage.js';
import { storageKey } from './storage-key.js';
import { KeyRefused, ObjectNotFound, StorageFull, StorageTampered } from './storage.errors.js';
import type { StoredObject } from './storage.js';

const CONTRACTOR = '0198c0de-0000-7000-8000-00000000000a';
const OTHER = '0198c0de-0000-7000-8000-00000000000b';
const CLIENT = '0198c0de-0000-7000-8000-0000000000c1';
const KEY = storageKey(CONTRACTOR, CLIENT, '0198c0de-1111-7000-8000-000000000001', 'photo.jpg');
const SECOND = storageKey(CONTRACTOR, null, '0198c0de-1111-7000-8000-000000000002', 'export.tar.gz');
const THEIRS = storageKey(OTHER, null, '0198c0de-1111-7000-8000-000000000003', 'photo.jpg');
const BYTES = new Uint8Array([1, 2, 3]);

let outside: string;
let root: string;
let storage: DiskStorage;

beforeEach(async () => {
  outside = await mkdtemp(path.join(tmpdir(), 'storage-spec-'));
  root = path.join(outside, 'root');
  storage = await DiskStorage.at(root);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await rm(outside, { recursive: true, force: true });
});

const put = (key: string = KEY, bytes: Uint8Array = BYTES) => storage.put(key.split('/')[1]!, key, bytes, 'image/jpeg');
const incoming = () => readdir(path.join(root, '.incoming'));

async function listed(contractorId: string, clientId?: string | null): Promise<StoredObject[]> {
  const objects: StoredObject[] = [];
  for await (const object of storage.list(contractorId, clientId)) objects.push(object);
  return objects.sort((a, b) => a.key.localeCompare(b.key));
}

describe('an object on the disk', () => {
  it('comes back as it was put', async () => {
    await put();
    expect([...(await storage.get(CONTRACTOR, KEY))]).toEqual([1, 2, 3]);
  });

  it('comes back as a stream with its size', async () => {
    await put();
    const { size, bytes } = await storage.stream(CONTRACTOR, KEY);
    expect([size, [...(await buffer(bytes))]]).toEqual([3, [1, 2, 3]]);
  });

  it('is put piece by piece when it is too long for the memory', async () => {
    const pieces = async function* () {
      yield new Uint8Array([1, 2]);
      yield new Uint8Array([3]);
    };
    await storage.put(CONTRACTOR, KEY, pieces(), 'video/mp4');
    expect([...(await storage.get(CONTRACTOR, KEY))]).toEqual([1, 2, 3]);
  });

  it('is not there, nor half of it, when its source fails', async () => {
    const source = async function* () {
      yield new Uint8Array([1, 2]);
      throw new Error('the sender is gone');
    };
    await expect(storage.put(CONTRACTOR, KEY, source(), 'video/mp4')).rejects.toThrow('the sender is gone');
    expect([await storage.exists(CONTRACTOR, KEY), await incoming()]).toEqual([false, []]);
  });

  it('is replaced when the same key is put again', async () => {
    await put();
    await put(KEY, new Uint8Array([9]));
    expect([...(await storage.get(CONTRACTOR, KEY))]).toEqual([9]);
  });

  it('is readable by the owner of the process only, like the folders above it', async () => {
    await put();
    const modes = await Promise.all(
      [KEY, path.dirname(KEY), 't'].map(async (at) => (await stat(path.join(root, at))).mode & 0o777),
    );
    expect(modes).toEqual([0o600, 0o700, 0o700]);
  });

  it('exists until it is deleted, and deleting it twice is the same as once', async () => {
    await put();
    expect(await storage.exists(CONTRACTOR, KEY)).toBe(true);
    await storage.delete(CONTRACTOR, KEY);
    await storage.delete(CONTRACTOR, KEY);
    expect(await storage.exists(CONTRACTOR, KEY)).toBe(false);
  });

  it('is not found when it was never put', async () => {
    await expect(storage.get(CONTRACTOR, KEY)).rejects.toThrow(ObjectNotFound);
    await expect(storage.stream(CONTRACTOR, KEY)).rejects.toThrow(ObjectNotFound);
    await storage.delete(CONTRACTOR, KEY);
  });

  it('is seen whole by whoever reads while it is replaced', async () => {
    const versions = [1, 2].map((value) => new Uint8Array(300_000).fill(value));
    await put(KEY, versions[0]);
    const writes = Array.from({ length: 10 }, (_, i) => put(KEY, versions[i % 2]));
    const reads = await Promise.all(Array.from({ length: 30 }, () => storage.get(CONTRACTOR, KEY)));
    await Promise.all(writes);
    expect(new Set(reads.map((bytes) => `${bytes.length}:${new Set(bytes).size}`))).toEqual(new Set(['300000:1']));
  });
});

describe('the list of objects', () => {
  beforeEach(async () => {
    for (const key of [KEY, SECOND, THEIRS]) await put(key);
  });

  it.each([
    ['a contractor', CONTRACTOR, undefined, [SECOND, KEY]],
    ['one client', CONTRACTOR, CLIENT, [KEY]],
    ['no client', CONTRACTOR, null, [SECOND]],
    ['a contractor without objects', CLIENT, undefined, []],
  ])('holds what belongs to %s and nothing else', async (_, contractorId, clientId, keys) => {
    expect((await listed(contractorId, clientId)).map(({ key }) => key)).toEqual(keys);
  });

  it('tells size and time, so that a sweep can spare what is new', async () => {
    const [object] = await listed(CONTRACTOR, CLIENT);
    expect(object).toMatchObject({ size: 3, storedAt: (await stat(path.join(root, KEY))).mtime });
  });
});

describe('another contractor', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['read', () => storage.get(OTHER, KEY)],
    ['stream', () => storage.stream(OTHER, KEY)],
    ['see', () => storage.exists(OTHER, KEY)],
    ['overwrite', () => storage.put(OTHER, KEY, new Uint8Array([6]), 'image/jpeg')],
    ['delete', () => storage.delete(OTHER, KEY)],
  ])('cannot %s the object, whether it is there or not', async (_, attempt) => {
    await expect(attempt()).rejects.toThrow(KeyRefused);
    await put();
    await expect(attempt()).rejects.toThrow(KeyRefused);
    expect([...(await storage.get(CONTRACTOR, KEY))]).toEqual([1, 2, 3]);
  });

  it('is refused a path that leads out of the root', async () => {
    await writeFile(path.join(outside, 'secret'), 'secret');
    await expect(storage.get(CONTRACTOR, `t/${CONTRACTOR}/../../../secret`)).rejects.toThrow(KeyRefused);
  });
});

describe('a full disk', () => {
  async function failing(method: 'writeFile' | 'sync', code: string): Promise<void> {
    const handle = await open(outside);
    const prototype = Object.getPrototypeOf(handle) as Record<typeof method, () => Promise<void>>;
    await handle.close();
    jest.spyOn(prototype, method).mockRejectedValue(Object.assign(new Error(code), { code }));
  }

  it.each([
    ['writeFile', 'ENOSPC'],
    ['writeFile', 'EDQUOT'],
    ['sync', 'ENOSPC'],
  ] as const)('is said so when %s answers %s, and nothing stays behind', async (method, code) => {
    await failing(method, code);
    await expect(put()).rejects.toThrow(StorageFull);
    jest.restoreAllMocks();
    expect([await storage.exists(CONTRACTOR, KEY), await incoming()]).toEqual([false, []]);
  });

  it('leaves the object that was there', async () => {
    await put();
    await failing('writeFile', 'ENOSPC');
    await expect(put(KEY, new Uint8Array([9]))).rejects.toThrow(StorageFull);
    jest.restoreAllMocks();
    expect([...(await storage.get(CONTRACTOR, KEY))]).toEqual([1, 2, 3]);
  });

  it('is not confused with a broken one', async () => {
    await failing('writeFile', 'EIO');
    await expect(put()).rejects.toMatchObject({ code: 'EIO' });
  });
});

describe('a link below the root', () => {
  it.each([['t'], [`t/${CONTRACTOR}`], [`t/${CONTRACTOR}/${CLIENT}`]])(
    'is not followed when it stands for %s',
    async (folder) => {
      await put();
      await rename(path.join(root, folder), path.join(outside, 'moved'));
      await symlink(path.join(outside, 'moved'), path.join(root, folder));
      await expect(storage.get(CONTRACTOR, KEY)).rejects.toThrow(StorageTampered);
      await expect(put()).rejects.toThrow(StorageTampered);
      await expect(storage.delete(CONTRACTOR, KEY)).rejects.toThrow(StorageTampered);
      expect(await incoming()).toEqual([]);
    },
  );

  it('is not followed when it stands for the object, and a new object takes its place', async () => {
    const secret = path.join(outside, 'secret');
    await writeFile(secret, 'secret');
    await mkdir(path.join(root, path.dirname(KEY)), { recursive: true });
    await symlink(secret, path.join(root, KEY));
    await expect(storage.get(CONTRACTOR, KEY)).rejects.toThrow(StorageTampered);
    expect([await storage.exists(CONTRACTOR, KEY), await listed(CONTRACTOR)]).toEqual([false, []]);
    await put();
    expect([await readFile(secret, 'utf8'), [...(await storage.get(CONTRACTOR, KEY))]]).toEqual(['secret', [1, 2, 3]]);
  });

  it('is taken away by a delete without touching what it points to', async () => {
    const secret = path.join(outside, 'secret');
    await writeFile(secret, 'secret');
    await mkdir(path.join(root, path.dirname(KEY)), { recursive: true });
    await symlink(secret, path.join(root, KEY));
    await storage.delete(CONTRACTOR, KEY);
    expect(await readFile(secret, 'utf8')).toBe('secret');
  });

  it('may be the root itself, as a mounted volume often is', async () => {
    await symlink(root, path.join(outside, 'link'));
    storage = await DiskStorage.at(path.join(outside, 'link'));
    await put();
    expect(await storage.exists(CONTRACTOR, KEY)).toBe(true);
  });
});

describe('a folder in place of an object', () => {
  it('is reported, not read', async () => {
    await mkdir(path.join(root, KEY), { recursive: true });
    await expect(storage.get(CONTRACTOR, KEY)).rejects.toThrow(StorageTampered);
  });
});

describe('a write that a crash cut short', () => {
  it('is cleared when it is old and left when it may still be going on', async () => {
    for (const [name, time] of [
      ['old', '2026-01-01'],
      ['new', '2026-01-03'],
    ] as const) {
      await writeFile(path.join(root, '.incoming', name), 'half');
      await utimes(path.join(root, '.incoming', name), new Date(time), new Date(time));
    }
    expect(await storage.clearAbandonedWrites(new Date('2026-01-02'))).toBe(1);
    expect(await incoming()).toEqual(['new']);
  });

  it('is never listed', async () => {
    await writeFile(path.join(root, '.incoming', 'half'), 'half');
    expect(await listed(CONTRACTOR)).toEqual([]);
  });
});

describe('the storage folder', () => {
  it('keeps its objects when the process starts again', async () => {
    await put();
    storage = await DiskStorage.at(root);
    expect(await storage.exists(CONTRACTOR, KEY)).toBe(true);
  });

  it('does not have to be empty: a foreign file in it is not an object', async () => {
    await put();
    await writeFile(path.join(root, path.dirname(KEY), 'README.txt'), 'hello');
    expect((await listed(CONTRACTOR)).map(({ key }) => key)).toEqual([KEY]);
  });
});
