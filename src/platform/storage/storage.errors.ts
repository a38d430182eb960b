import { defineError } from '../errors/domain-error.js';

export const ObjectNotFound = defineError(
  'storage.object-not-found',
  'notFound',
  'The file is no longer stored: upload it again',
);
export const StorageFull = defineError(
  'storage.full',
  'unavailable',
  'There is no space left for files: nothing was stored, repeat later and tell your administrator',
);

/**
 * A key that is malformed or belongs to another tenant. Keys come from a tenant's own rows, so this is a mistake of ours or
 * an attack: an alarm, not an answer. The key stays out of the message, because whoever made it may be writing to our log.
 */
export class KeyRefused extends Error {
  constructor() {
    super('A storage key is malformed or belongs to another contractor');
  }
}

/** Something that is not ours (a link, a device, a folder in place of a file) lies where an object belongs. */
export class StorageTampered extends Error {
  constructor() {
    super('The storage folder holds a link or a special file where an object belongs: find out who put it there');
  }
}
