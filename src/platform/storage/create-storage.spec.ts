import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { ConfigurationError } from '../config/environment.js';
import { createStorage } from './create-storage.js';
import { DiskStorage } from './disk-storage.js';
import { Storage } from './storage.js';
import { StorageModule } from './storage.module.js';

const before = process.cwd();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'create-storage-spec-'));
  process.chdir(folder);
});

afterEach(async () => {
  process.chdir(before);
  await rm(folder, { recursive: true, force: true });
});

describe('a storage address', () => {
  it.each([
    ['an absolute one', () => pathToFileURL(path.join(folder, 'files')).href],
    ['an absolute one with a single slash', () => `file:${path.join(folder, 'files')}`],
    ['one from the working directory', () => 'file:./files'],
    ['one beside the working directory', () => `file:../${path.basename(folder)}/files`],
  ])('may be %s, and its folder is made', async (_, url) => {
    expect(await createStorage(url())).toBeInstanceOf(DiskStorage);
    expect(await readdir(folder)).toEqual(['files']);
  });

  it.each([
    ['an object store', 's3://key:hunter2@bucket/prefix'],
    ['a web address', 'https://example.org/files'],
    ['a bare path', '/var/storage'],
    ['nothing', ''],
    ['nothing after the colon', 'file:'],
    ['a name without ./', 'file:files'],
    ['the root of the disk', 'file:///'],
    ['the root of the disk, shorter', 'file:/'],
    ['another machine', 'file://files.example.org/share'],
    ['a dot where the machine stands', 'file://./files'],
    ['an encoded separator', 'file:///tmp%2fstorage-spec'],
  ])('is refused when it is %s, and the message names what works', async (_, url) => {
    const error = await createStorage(url).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toContain('file:///absolute/folder or file:./folder');
    expect((error as Error).message).not.toContain('hunter2');
  });

  it('is refused when a file stands where the folder should', async () => {
    await writeFile(path.join(folder, 'files'), '');
    await expect(createStorage('file:./files')).rejects.toThrow(/STORAGE_URL: cannot write to .*files/);
  });
});

describe('the storage module', () => {
  it('gives everybody the storage that its address names', async () => {
    const app = await NestFactory.createApplicationContext(StorageModule.forRoot('file:./files'), { logger: false });
    expect(app.get(Storage)).toBeInstanceOf(DiskStorage);
    await app.close();
  });

  it('stops the start when the address is wrong', async () => {
    const start = NestFactory.createApplicationContext(StorageModule.forRoot('s3://bucket'), {
      logger: false,
      abortOnError: false,
    });
    await expect(start).rejects.toThrow(ConfigurationError);
  });
});
