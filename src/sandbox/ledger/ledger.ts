import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

export type NetworkName = 'vk' | 'ok';

export interface LedgerEntry {
  seq: number;
  at: string;
  network: NetworkName;
  /** A call over the wire, an effect that came after its call, or a change made by hand. */
  what: 'call' | 'lateEffect' | 'byHand';
  method: string;
  /** The name of the credential, never the credential. */
  tokenLabel: string | null;
  /** SHA-256 of the parameters without token and signature. */
  paramsHash: string;
  /** Did something change? `late`: not yet, a `lateEffect` entry follows. */
  effect: 'yes' | 'no' | 'late';
  /** Community or group whose wall was touched. */
  owner: string | null;
  postId: string | null;
  /** `success`, `error:<code>`, or the kind of the scripted answer. */
  answer: string;
}

export type LedgerFilter = Partial<
  Pick<LedgerEntry, 'network' | 'what' | 'method' | 'tokenLabel' | 'effect' | 'owner' | 'postId'>
>;

/** Append-only account of everything that reached the networks. */
export class Ledger {
  private readonly recorded: LedgerEntry[] = [];
  private file: number | null;
  /** Lets effects that are due happen before anybody reads. */
  catchUp: () => void = () => {};

  constructor(path?: string) {
    this.file = path === undefined ? null : openSync(path, 'a');
  }

  /** Returns only when the entry is on disk: a line must not be lost with the process whose answer it explains. */
  append(entry: Omit<LedgerEntry, 'seq'>): void {
    const numbered: LedgerEntry = { seq: this.recorded.length + 1, ...entry };
    this.recorded.push(Object.freeze(numbered));
    if (this.file === null) return;
    writeSync(this.file, `${JSON.stringify(numbered)}\n`);
    fsyncSync(this.file);
  }

  get entries(): readonly LedgerEntry[] {
    this.catchUp();
    return this.recorded;
  }

  find(filter: LedgerFilter): LedgerEntry[] {
    const wanted = Object.entries(filter).filter(([, value]) => value !== undefined);
    return this.entries.filter((entry) => wanted.every(([key, value]) => entry[key as keyof LedgerEntry] === value));
  }

  count(filter: LedgerFilter): number {
    return this.find(filter).length;
  }

  close(): void {
    if (this.file !== null) closeSync(this.file);
    this.file = null;
  }
}
