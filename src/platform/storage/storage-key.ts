import { KeyRefused } from './storage.errors.js';

declare const checked: unique symbol;

/** `t/<contractor>/<client or ->/<id>.<name>`: the place of one object, built by `storageKey` only. */
export type StorageKey = string & { readonly [checked]: true };

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const ID = '[A-Za-z0-9_-]{16,64}';
const NAME = '[a-z0-9][a-z0-9-]{0,39}(?:\\.[a-z0-9]{1,8}){0,2}';
// A list of what is allowed: dots only between letters, no separator in any encoding, so no path can leave its tenant.
const KEY = new RegExp(`^t/(${UUID})/(?:${UUID}|-)/${ID}\\.${NAME}$`);
const WHOLE_UUID = new RegExp(`^${UUID}$`);

/**
 * Builds the key of a new object.
 * @param id from `Ids`; it makes the key unique. @param name our own word (`photo.jpg`), never a user's file name.
 * @throws KeyRefused when a part is malformed.
 */
export function storageKey(contractorId: string, clientId: string | null, id: string, name: string): StorageKey {
  return ownKey(contractorId, `t/${contractorId}/${clientId ?? '-'}/${id}.${name}`);
}

/** Admits a key that was read back from somewhere. @throws KeyRefused when it isn't a well-formed key of this contractor. */
export function ownKey(contractorId: string, key: string): StorageKey {
  if (typeof key !== 'string' || KEY.exec(key)?.[1] !== contractorId) throw new KeyRefused();
  return key as StorageKey;
}

/** For listings, where files that are not ours may lie about. */
export function isStorageKey(text: string): text is StorageKey {
  return KEY.test(text);
}

/** What the keys of a contractor, or of one of its clients (`null`: of none), begin with. @throws KeyRefused */
export function keyPrefix(contractorId: string, clientId?: string | null): string {
  for (const id of [contractorId, clientId ?? contractorId]) if (!WHOLE_UUID.test(id)) throw new KeyRefused();
  return clientId === undefined ? `t/${contractorId}/` : `t/${contractorId}/${clientId ?? '-'}/`;
}
