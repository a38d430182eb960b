import type { EntityTarget, FindOptionsWhere, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';
import type { Tx } from './work.js';

/** Fields to change; an absent (undefined) field stays as it is. */
export type Changes<T> = { readonly [K in keyof T]?: T[K] | undefined };

interface VersionedRow extends ObjectLiteral {
  version: number;
}

/**
 * One conditional UPDATE that raises the row's version: never a check and then an act.
 * @returns false when no row has this key (and this version, when one is given).
 */
export async function updateVersioned<E extends VersionedRow>(
  tx: Tx,
  { entity, key }: { entity: EntityTarget<E>; key: FindOptionsWhere<E> },
  changes: Changes<Partial<E>>,
  version?: number,
): Promise<boolean> {
  const set = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const where = { ...key, ...(version !== undefined && { version }) } as FindOptionsWhere<E>;
  const values = { ...set, version: () => 'version + 1', updatedAt: () => 'app_now()' };
  const result = await tx.update(entity, where, values as unknown as QueryDeepPartialEntity<E>);
  return result.affected === 1;
}
