import type { Change, ChangePoint, ChangeSource } from '../changes/change-source.js';
import type { Tx } from './work.js';

export interface ChangeRange {
  readonly contractorId: string;
  readonly after: ChangePoint;
  readonly limit: number;
}

type ReadRow = ChangePoint & Record<string, unknown>;

/**
 * Rows that changed after a point, in the order of the transactions that changed them, each as it is now.
 *
 * Transactions commit out of order: one that began earlier may end later. So only changes below the horizon are read, where every
 * transaction has ended: whatever commits from now on lies above it, and therefore behind every point that was ever given out. A
 * transaction that lasts long makes readers wait; it never makes them miss anything.
 */
export async function readChanges(tx: Tx, source: ChangeSource, range: ChangeRange): Promise<Change[]> {
  // Asked once: both readings below must end at the same transaction.
  const [{ horizon }] = await tx.query<[{ horizon: string }]>('select pg_snapshot_xmin(pg_current_snapshot())::text as horizon');
  const { contractorId, after, limit } = range;
  const values = [contractorId, after.xid, after.id, horizon, limit];
  const [TABLE, COLUMNS] = [fragment(source.table), columnList(source)];
  const rows = await tx.query<ReadRow[]>(
    `select changed_xid::text as xid, id, ${COLUMNS} from ${TABLE} where ${AFTER} limit $5`,
    values,
  );
  const living = rows.map(({ xid, id, ...row }) => ({ xid, id, row }));
  if (source.tombstones === undefined) return living;
  const gone = await tx.query<ChangePoint[]>(
    `select changed_xid::text as xid, id from export_tombstones where collection = $6 and ${AFTER} limit $5`,
    [...values, source.tombstones],
  );
  return [...living, ...gone.map((point) => ({ ...point, row: null }))].sort(inOrder).slice(0, limit);
}

/** How many rows can be counted in no time. */
const COUNTED = 10_000;

/** About how many changes lie behind a point: counted where they are few, as the planner thinks where they are many. */
export async function estimateChanges(tx: Tx, source: ChangeSource, range: Omit<ChangeRange, 'limit'>): Promise<number> {
  const values = [range.contractorId, range.after.xid, range.after.id];
  const FROM = `from ${fragment(source.table)} where contractor_id = $1 and (changed_xid, id) > ($2::xid8, $3::uuid)`;
  const [{ count }] = await tx.query<[{ count: number }]>(
    `select count(*)::integer as count from (select 1 ${FROM} limit $4) few`,
    [...values, COUNTED],
  );
  if (count < COUNTED) return count;
  const [plan] = await tx.query<[{ 'QUERY PLAN': readonly [{ Plan: { 'Plan Rows': number } }] }]>(
    `explain (format json) select 1 ${FROM}`,
    values,
  );
  return Math.max(COUNTED, plan['QUERY PLAN'][0].Plan['Plan Rows']);
}

const AFTER = `contractor_id = $1 and (changed_xid, id) > ($2::xid8, $3::uuid) and changed_xid < $4::xid8
  order by changed_xid, id`;

function columnList({ columns }: ChangeSource): string {
  return Object.entries(columns)
    .map(([name, column]) => `${fragment(column)} as "${fragment(name)}"`)
    .join(', ');
}

/** Names come from the code of the tables' owners; anything else than a name is a mistake there. */
function fragment(name: string): string {
  if (!/^\w+(?:::text)?$/.test(name)) throw new Error(`"${name}" is no name of a table or a column`);
  return name;
}

function inOrder(a: ChangePoint, b: ChangePoint): number {
  const [x, y] = [BigInt(a.xid), BigInt(b.xid)];
  if (x !== y) return x < y ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
