import type { PublicationRow } from './rows.js';
import type { MemoryTx } from './database.js';
import { DatabaseError } from './table.js';

const LEASED = new Set(['claimed', 'sending']);
const DOUBTED = new Set(['unclear', 'held']);
const STANDING = new Set(['published', 'deleted']);

type Change = (row: PublicationRow) => Partial<PublicationRow>;

interface PublicationChange {
  readonly id?: string;
  readonly where: (row: PublicationRow) => boolean;
  readonly set: Change;
  /** False: bookkeeping that nobody reads, like a ring. */
  readonly versioned?: boolean;
  readonly skipLocked?: boolean;
}

/** `UPDATE publications`, with the table's checks and its unique key on the network's number of a post. */
export async function updatePublications(tx: MemoryTx, change: PublicationChange): Promise<PublicationRow[]> {
  const now = tx.db.now();
  const { id, where, set, versioned = true, skipLocked = false } = change;
  const rows = await tx.update(tx.db.publications, {
    ...(id !== undefined && { id }),
    ...{ where, skipLocked },
    set: (row) =>
      checked({
        ...row,
        ...set(row),
        ...(versioned && { version: row.version + 1, updatedAt: new Date(now) }),
      } as PublicationRow),
  });
  for (const row of rows) if (row.externalId !== null) await refuseTaken(tx, row);
  return rows;
}

/** The check constraints of the table. */
function checked(row: PublicationRow): PublicationRow {
  const leased = LEASED.has(row.state) === (row.leaseUntil !== null);
  const numbered = !STANDING.has(row.state) || row.externalId !== null;
  const doubted =
    (row.state !== 'unclear' || (row.inDoubt && row.settlesAt !== null)) && (!row.inDoubt || DOUBTED.has(row.state));
  if (!leased || !numbered || !doubted) throw new DatabaseError('23514', `publications check: ${row.state}`);
  return row;
}

async function refuseTaken(tx: MemoryTx, { id, pageId, externalId }: PublicationRow): Promise<void> {
  for (const slot of tx.db.publications.slots.values()) {
    const row = slot.pending ?? slot.committed;
    if (!row || row.id === id || row.pageId !== pageId || row.externalId !== externalId) continue;
    const mine = slot.holder === tx;
    await tx.wait(slot);
    const now = tx.see(slot);
    if (!mine && slot.holder === tx) tx.release(slot);
    if (now?.pageId === pageId && now.externalId === externalId) throw new DatabaseError('23505', 'publications unique');
  }
}
