import type { Tx } from '../../src/platform/database/work.js';
import {
  type AttemptRow,
  type ContractorRow,
  type ContractRow,
  Gates,
  type LookRow,
  type OutboxRow,
  type OutsideRow,
  type PageRow,
  type PostRow,
  type PublicationRow,
  type ClientRow,
  type QuietRow,
  type UploadRow,
  type World,
} from './rows.js';
import { DatabaseError, handOver, type Holder, type Slot, Table } from './table.js';

/** A statement gives up a row lock after this, as `lock_timeout` in data-source.ts says. */
const LOCK_TIMEOUT_MS = 4_000;

/** Who runs statements: decides when they reach the server, and whether their answers reach anybody. */
export interface Client {
  /** Travels to the server. */
  port(point: string): Promise<void>;
  /** The answer travels back, to a process that may be stopped or gone by now. */
  answer(): Promise<void>;
}

/** An instant, and a number that tells which of two things at the same instant came first. */
export interface Moment {
  readonly at: number;
  readonly order: number;
}

/** A row of a transaction that committed. */
export interface Change {
  readonly table: string;
  readonly before: unknown;
  readonly after: unknown;
  /** When the statement that changed it began: what it saw of other rows was committed before. */
  readonly statement: Moment;
  readonly commit: Moment;
}

/**
 * PostgreSQL at READ COMMITTED, as far as publishing can tell: rows with locks, statements with snapshots, waiting writers
 * that look again at the newest version, deadlocks, unique violations. Never kinder; test/conformance compares them.
 */
export class MemoryDatabase {
  readonly publications = new Table<PublicationRow>('publications');
  readonly attempts = new Table<AttemptRow>('publication_attempts');
  readonly uploads = new Table<UploadRow>('publication_uploads');
  readonly looks = new Table<LookRow>('publication_looks');
  readonly outbox = new Table<OutboxRow>('outbox');
  readonly posts = new Table<PostRow>('posts');
  readonly pages = new Table<PageRow>('pages');
  readonly contracts = new Table<ContractRow>('contracts');
  readonly quiet = new Table<QuietRow>('quiet_periods');
  readonly outside = new Table<OutsideRow>('outside_posts');
  readonly clients = new Table<ClientRow>('clients');
  readonly doubts = new Table<{ id: string }>('clock_doubts');
  readonly contractors = new Table<ContractorRow>('contractors');
  gates = new Gates();
  committed: (change: Change) => void = () => undefined;
  private moments = 0;

  constructor(
    /** The database's clock. */
    readonly now: () => number,
    private readonly at: (time: number, run: () => void) => void,
  ) {}

  moment(): Moment {
    return { at: this.now(), order: (this.moments += 1) };
  }

  begin(client: Client): MemoryTx {
    return new MemoryTx(this, client, this.at, LOCK_TIMEOUT_MS);
  }
}

interface Touched {
  readonly table: string;
  readonly statement: Moment;
}

export class MemoryTx implements Holder {
  state: 'open' | 'aborted' | 'terminated' | 'ended' = 'open';
  waitingFor: Slot<unknown> | undefined;
  private stopWaiting: ((error: Error) => void) | undefined;
  private began: Moment = { at: 0, order: 0 };
  private readonly touched = new Map<unknown, Touched>();

  constructor(
    readonly db: MemoryDatabase,
    private readonly client: Client,
    private readonly at: (time: number, run: () => void) => void,
    private readonly lockTimeoutMs: number,
  ) {}

  /** One statement: it travels, runs on the server (waiting for locks if it must), and its answer travels back. */
  async statement<T>(name: string, run: (now: number) => T | Promise<T>): Promise<T> {
    await this.client.port(`db.${name}`);
    if (this.state === 'aborted') throw new DatabaseError('25P02', 'current transaction is aborted');
    if (this.state !== 'open') throw new DatabaseError('57P01', 'terminating connection');
    this.began = this.db.moment();
    try {
      const result = run(this.began.at);
      if (!(result instanceof Promise)) return result;
      const waited = await result;
      await this.client.answer();
      return waited;
    } catch (error) {
      await this.client.answer();
      if (this.state === 'open') this.state = 'aborted';
      throw error;
    }
  }

  /** The row as this transaction sees it. */
  see<R extends { id: string }>(slot: Slot<R>): R | undefined {
    return slot.holder === this ? slot.pending : slot.committed;
  }

  find<R extends { id: string }>(table: Table<R>, id: string): R | undefined {
    const slot = table.slots.get(id);
    return slot && this.see(slot);
  }

  all<R extends { id: string }>(table: Table<R>, where: (row: R) => boolean = () => true): R[] {
    const rows: R[] = [];
    for (const slot of table.slots.values()) {
      const row = this.see(slot);
      if (row && where(row)) rows.push(row);
    }
    return rows;
  }

  /** What the gates look at, as it is now for this transaction. Kept by a statement that may have to wait. */
  world(): World {
    const { contractors, clients, posts, pages, contracts, quiet, doubts } = this.db;
    return {
      contractors: this.all(contractors),
      clients: this.all(clients),
      posts: this.all(posts),
      pages: this.all(pages),
      contracts: this.all(contracts),
      quiet: this.all(quiet),
      doubts: this.all(doubts),
    };
  }

  /** `UPDATE … WHERE … RETURNING`: who had to wait looks again at the newest version of that row, and only of that. */
  async update<R extends { id: string }>(
    table: Table<R>,
    change: { id?: string; where: (row: R) => boolean; set: (row: R) => R; skipLocked?: boolean },
  ): Promise<R[]> {
    const changed: R[] = [];
    const one = change.id === undefined ? undefined : table.slots.get(change.id);
    const slots = change.id === undefined ? [...table.slots.values()] : one ? [one] : [];
    for (const slot of slots) {
      const seen = this.see(slot);
      if (!seen || !change.where(seen)) continue;
      if (slot.holder && slot.holder !== this) {
        if (change.skipLocked) continue;
        await this.wait(slot);
        const newest = this.see(slot);
        if (!newest || !change.where(newest)) {
          this.release(slot);
          continue;
        }
      }
      const next = change.set(this.see(slot)!);
      this.write(table, slot, next);
      changed.push(next);
    }
    return changed;
  }

  insert<R extends { id: string }>(table: Table<R>, row: R): void {
    const known = table.slots.get(row.id);
    if (known?.committed || known?.holder) throw new DatabaseError('23505', `duplicate key in ${table.name}`);
    const slot: Slot<R> = { committed: undefined, pending: undefined, holder: undefined, waiters: [] };
    table.slots.set(row.id, slot);
    this.write(table, slot, row);
  }

  remove<R extends { id: string }>(table: Table<R>, slot: Slot<R>): void {
    this.write(table, slot, undefined);
  }

  /** Waits until nobody else holds the row; then this transaction holds it. */
  async wait<R>(slot: Slot<R>): Promise<void> {
    if (!slot.holder || slot.holder === this) return;
    for (let other: Holder | undefined = slot.holder; other; other = other.waitingFor?.holder)
      if (other === this) throw new DatabaseError('40P01', 'deadlock detected');
    await this.queueFor(slot as Slot<unknown>);
    // Held from here to the end, also when nothing is changed after all.
    this.touched.set(slot, { table: '', statement: this.began });
  }

  /** Lets a row go that this transaction waited for and does not change. */
  release<R>(slot: Slot<R>): void {
    this.touched.delete(slot);
    handOver(slot as Slot<unknown>);
  }

  commit(): void {
    this.finish((slot) => {
      slot.committed = slot.pending;
    });
  }

  rollback(): void {
    this.finish(() => undefined);
  }

  /** The server ends the session: the client was idle inside the transaction for too long, or is gone. */
  terminate(): void {
    if (this.state !== 'open' && this.state !== 'aborted') return;
    this.rollback();
    this.state = 'terminated';
    this.stopWaiting?.(new DatabaseError('57P01', 'terminating connection'));
  }

  private queueFor(slot: Slot<unknown>): Promise<void> {
    this.waitingFor = slot;
    return new Promise((resolve, reject) => {
      let over = false;
      const end = (how: () => void): boolean => {
        if (over) return false;
        over = true;
        this.waitingFor = undefined;
        this.stopWaiting = undefined;
        how();
        return true;
      };
      this.stopWaiting = (error) => end(() => reject(error));
      slot.waiters.push({ tx: this, wake: () => end(resolve) });
      // Made only when it is needed: nearly every wait ends before, and an error's stack is dear.
      const timedOut = (): void => reject(new DatabaseError('55P03', 'canceling statement due to lock timeout'));
      this.at(this.db.now() + this.lockTimeoutMs, () => end(timedOut));
    });
  }

  private write<R extends { id: string }>(table: Table<R>, slot: Slot<R>, row: R | undefined): void {
    if (!this.touched.get(slot)?.table) this.touched.set(slot, { table: table.name, statement: this.began });
    slot.holder = this;
    slot.pending = row;
  }

  private finish(apply: (slot: Slot<{ id: string }>) => void): void {
    this.state = 'ended';
    const commit = this.db.moment();
    for (const [key, { table, statement }] of this.touched) {
      const slot = key as Slot<{ id: string }>;
      const before = slot.committed;
      apply(slot);
      const after = slot.committed;
      if (after !== before) this.db.committed({ table, before, after, statement, commit });
    }
    for (const slot of this.touched.keys()) handOver(slot as Slot<unknown>);
  }
}

/** The one place where a simulated transaction passes for a real one. */
export function memory(tx: Tx): MemoryTx {
  return tx as unknown as MemoryTx;
}
