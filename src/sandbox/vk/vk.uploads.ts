import { createHash } from 'node:crypto';
import type { ImageFacts } from '../wire/image.js';

export type UploadPurpose = 'wallPhoto' | 'messagesPhoto' | 'doc' | 'video';

/** A place where one file may be put. */
export interface UploadSlot {
  key: string;
  purpose: UploadPurpose;
  groupId: number;
  /** Null: opened with the community's own token. */
  userId: number | null;
  /** The video that waits for its file. */
  objectId: number | null;
}

/** A file that arrived and waits to be saved. */
export interface Uploaded {
  slot: UploadSlot;
  server: number;
  /** What the client hands back verbatim: the `photo` or `file` string. */
  receipt: string;
  hash: string;
  name: string;
  content: Buffer;
  facts: ImageFacts | null;
  saved: boolean;
}

export const UPLOAD_SERVER = 852_536;

export class VkUploads {
  private readonly slots = new Map<string, UploadSlot>();
  private readonly arrived = new Map<string, Uploaded>();
  private counter = 0;

  constructor(private readonly seed: string) {}

  open(slot: Omit<UploadSlot, 'key'>): UploadSlot {
    this.counter += 1;
    const opened = { ...slot, key: this.digest(`slot:${this.counter}`) };
    this.slots.set(opened.key, opened);
    return opened;
  }

  findSlot(key: string): UploadSlot | null {
    return this.slots.get(key) ?? null;
  }

  receive(slot: UploadSlot, file: { name: string; content: Buffer; facts: ImageFacts | null }): Uploaded {
    this.counter += 1;
    const mark = this.digest(`file:${this.counter}`);
    const receipt = file.facts
      ? JSON.stringify([
          { markers_restarted: true, photo: `${mark}:x`, sizes: [], latitude: 0, longitude: 0, kid: mark.slice(0, 8) },
        ])
      : `${slot.groupId}|0|${mark}|${file.content.length}`;
    const uploaded: Uploaded = { slot, server: UPLOAD_SERVER, receipt, hash: this.digest(`hash:${mark}`), ...file, saved: false };
    this.arrived.set(receipt, uploaded);
    return uploaded;
  }

  findUploaded(receipt: string): Uploaded | null {
    return this.arrived.get(receipt) ?? null;
  }

  private digest(text: string): string {
    return createHash('sha256').update(`${this.seed}:${text}`).digest('hex').slice(0, 32);
  }
}
