import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigurationError } from '../config/environment.js';
import { DiskStorage } from './disk-storage.js';
import type { Storage } from './storage.js';

/**
 * The storage that `STORAGE_URL` names: `file:///var/lib/vestnik` or, from the working directory, `file:./var/storage`.
 * @throws ConfigurationError for anything else. The address is not repeated: one of an object store holds its password.
 */
export async function createStorage(url: string): Promise<Storage> {
  const folder = folderOf(url);
  try {
    return await DiskStorage.at(folder);
  } catch (error) {
    throw new ConfigurationError(`STORAGE_URL: cannot write to ${folder}: make it writable for this process`, { cause: error });
  }
}

function folderOf(url: string): string {
  if (/^s3:/i.test(url)) throw refused('object stores (s3://) are not supported yet');
  if (!url.startsWith('file:')) throw refused('this kind of address is not supported');
  const rest = url.slice('file:'.length);
  // The URL class knows no relative file addresses: it would read `file:./var` as /var.
  const folder = /^\.{0,2}\/(?!\/)/.test(rest) ? path.resolve(rest) : absoluteFolder(url);
  if (folder === path.parse(folder).root) throw refused('the root of the disk is no place for files');
  return folder;
}

function absoluteFolder(url: string): string {
  try {
    if (url.startsWith('file://')) return fileURLToPath(url);
  } catch {
    // Another machine, or an encoded separator: the same answer as below.
  }
  throw refused('this file address names no folder of this machine');
}

function refused(why: string): ConfigurationError {
  return new ConfigurationError(`STORAGE_URL: ${why}; use file:///absolute/folder or file:./folder`);
}
