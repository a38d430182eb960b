/**
 * How a module's table can be read by what changed in it. Declared by the table's owner, who thereby says which columns are for
 * other systems: ids, states, days and sums. The migration of exports keeps `changed_xid` for exactly these columns.
 */
export interface ChangeSource {
  readonly table: string;
  /** Column by the name under which it is told. `id` and `changed_xid` are read anyway. */
  readonly columns: Readonly<Record<string, string>>;
  /** Its rows may be deleted: under this name they stand among the tombstones. */
  readonly tombstones?: string;
}

/** Where a reader is: behind the change of this transaction and this row. */
export interface ChangePoint {
  readonly xid: string;
  readonly id: string;
}

/** One row as it is now, or that it is gone. */
export interface Change extends ChangePoint {
  /** Null: deleted. */
  readonly row: Readonly<Record<string, unknown>> | null;
}

export const BEGINNING: ChangePoint = { xid: '0', id: '00000000-0000-0000-0000-000000000000' };
