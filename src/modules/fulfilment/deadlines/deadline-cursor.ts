import { RequestInvalid } from '../../../platform/http/http.errors.js';
import type { Page, PageQuery } from '../../../platform/http/pagination.js';

/** Where a list by day and id goes on: after this row. */
export interface DayPosition {
  readonly day: string;
  readonly id: string;
}

const BEGINNING: DayPosition = { day: '0001-01-01', id: '00000000-0000-0000-0000-000000000000' };
const CURSOR = /^(\d{4}-\d{2}-\d{2}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** @throws RequestInvalid for a cursor that no page gave */
export function afterCursor({ cursor }: PageQuery): DayPosition {
  if (cursor === undefined) return BEGINNING;
  const match = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (match && isDay(match[1]!)) return { day: match[1]!, id: match[2]! };
  throw new RequestInvalid({ fields: [{ field: 'cursor', reason: 'cursor must be the nextCursor of a page of this list' }] });
}

function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** @param rows one more than asked for, when there is a next page */
export function pageByDay<R extends { dueOn: string; id: string }>(rows: readonly R[], limit: number): Page<R> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { data, nextCursor: more ? Buffer.from(`${last.dueOn} ${last.id}`, 'latin1').toString('base64url') : null };
}
