/** An error as the driver gives it; `code` is PostgreSQL's. */
export class DatabaseError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A transaction, as rows know it. */
export interface Holder {
  readonly waitingFor: Slot<unknown> | undefined;
}

interface Waiter {
  readonly tx: Holder;
  /** @returns false when it has given up. */
  readonly wake: () => boolean;
}

/** A row with the version that all see, and the one that a transaction is about to make. */
export interface Slot<R> {
  committed: R | undefined;
  pending: R | undefined;
  holder: Holder | undefined;
  readonly waiters: Waiter[];
}

export class Table<R extends { readonly id: string }> {
  readonly slots = new Map<string, Slot<R>>();

  constructor(readonly name: string) {}

  /** Puts a row in as if a transaction had committed it long ago. */
  seed(row: R): void {
    this.slots.set(row.id, { committed: row, pending: undefined, holder: undefined, waiters: [] });
  }

  /** What everybody sees. */
  rows(): R[] {
    const rows: R[] = [];
    for (const { committed } of this.slots.values()) if (committed) rows.push(committed);
    return rows;
  }

  get(id: string): R | undefined {
    return this.slots.get(id)?.committed;
  }
}

/** Who has waited longest holds the row next. */
export function handOver(slot: Slot<unknown>): void {
  slot.holder = undefined;
  slot.pending = undefined;
  for (let next = slot.waiters.shift(); next; next = slot.waiters.shift()) {
    slot.holder = next.tx;
    slot.pending = slot.committed;
    if (next.wake()) return;
    slot.holder = undefined;
    slot.pending = undefined;
  }
}
