import type { Readable } from 'node:stream';
import { keyPrefix, ownKey, type StorageKey } from './storage-key.js';

export interface StoredObject {
  readonly key: StorageKey;
  readonly size: number;
  readonly storedAt: Date;
}

export interface StoredBytes {
  readonly size: number;
  readonly bytes: Readable;
}

/** Bytes, or a stream of them where they may be too many for the memory. */
export type ToStore = Uint8Array | AsyncIterable<Uint8Array>;

/**
 * Files by key. Every call names the contractor that it acts for, and a key of another one is refused here, before any
 * implementation sees it: a row that was tampered with, or a link that was swapped, reaches nobody else's files.
 */
export abstract class Storage {
  /**
   * Stores all of it or nothing, and durably; the same key again replaces. What the source of a stream throws is thrown on.
   * @throws StorageFull, KeyRefused
   */
  async put(contractorId: string, key: string, bytes: ToStore, contentType: string): Promise<void> {
    await this.write(ownKey(contractorId, key), bytes, contentType);
  }

  /** @throws ObjectNotFound, KeyRefused */
  async get(contractorId: string, key: string): Promise<Uint8Array> {
    return this.read(ownKey(contractorId, key));
  }

  /** For downloads: the caller must read the stream to its end or destroy it. @throws ObjectNotFound, KeyRefused */
  async stream(contractorId: string, key: string): Promise<StoredBytes> {
    return this.open(ownKey(contractorId, key));
  }

  /** @throws KeyRefused */
  async exists(contractorId: string, key: string): Promise<boolean> {
    return this.has(ownKey(contractorId, key));
  }

  /** Safe to repeat: what is not there counts as deleted. @throws KeyRefused */
  async delete(contractorId: string, key: string): Promise<void> {
    await this.remove(ownKey(contractorId, key));
  }

  /** Every object of a contractor, or of one of its clients (`null`: of none), in no order. For sweeps. @throws KeyRefused */
  list(contractorId: string, clientId?: string | null): AsyncIterable<StoredObject> {
    return this.walk(keyPrefix(contractorId, clientId));
  }

  /** Removes what writes left behind that a crash cut short before `before`. Returns how many. For sweeps. */
  abstract clearAbandonedWrites(before: Date): Promise<number>;

  protected abstract write(key: StorageKey, bytes: ToStore, contentType: string): Promise<void>;
  protected abstract read(key: StorageKey): Promise<Uint8Array>;
  protected abstract open(key: StorageKey): Promise<StoredBytes>;
  protected abstract has(key: StorageKey): Promise<boolean>;
  protected abstract remove(key: StorageKey): Promise<void>;
  protected abstract walk(prefix: string): AsyncIterable<StoredObject>;
}
