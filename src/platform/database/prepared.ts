import type { PoolClient } from 'pg';
import type { Tx } from './work.js';

/** A statement with a name of its own: the server plans it once per connection instead of at each call. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
}

/**
 * Runs a prepared statement in the transaction. For the statements of every request: under row-level security planning
 * takes longer than finding fifty rows.
 */
export async function prepared<R extends object>(tx: Tx, statement: Prepared, values: unknown[]): Promise<R[]> {
  if (!tx.queryRunner) throw new Error('A prepared statement needs a transaction');
  const client = (await tx.queryRunner.connect()) as PoolClient;
  return (await client.query<R>({ ...statement, values })).rows;
}
