import { RequestInvalid } from '../../platform/http/http.errors.js';
import type { Page, PageQuery } from '../../platform/http/pagination.js';

/** Later than everything that can be collected. */
const END = new Date('9999-01-01T00:00:00Z');

/** Where a list by instant, newest first, goes on. @throws RequestInvalid for a cursor that no page gave */
export function beforeCursor({ cursor }: PageQuery): Date {
  if (cursor === undefined) return END;
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const instant = new Date(text);
  if (!Number.isNaN(instant.getTime()) && instant.toISOString() === text) return instant;
  throw new RequestInvalid({ fields: [{ field: 'cursor', reason: 'cursor must be the nextCursor of a page of this list' }] });
}

/** @param rows one more than asked for, when there is a next page */
export function pageByInstant<R>(rows: readonly R[], limit: number, instantOf: (row: R) => Date): Page<R> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { data, nextCursor: more ? Buffer.from(instantOf(last).toISOString(), 'latin1').toString('base64url') : null };
}
