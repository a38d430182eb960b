import { RequestInvalid } from '../../../platform/http/http.errors.js';
import type { Page, PageQuery } from '../../../platform/http/pagination.js';
import type { Reminder } from './reminder.js';

/** Where an inbox goes on: after this row. */
export interface InboxPosition {
  readonly isRead: boolean;
  readonly id: string;
}

const BEGINNING: InboxPosition = { isRead: false, id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
const CURSOR = /^(read|unread) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** @throws RequestInvalid for a cursor that no page gave */
export function afterCursor({ cursor }: PageQuery): InboxPosition {
  if (cursor === undefined) return BEGINNING;
  const match = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (match) return { isRead: match[1] === 'read', id: match[2]! };
  throw new RequestInvalid({ fields: [{ field: 'cursor', reason: 'cursor must be the nextCursor of a page of this list' }] });
}

/** @param rows one more than asked for, when there is a next page */
export function pageOf(rows: readonly Reminder[], limit: number): Page<Reminder> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  const position = last && `${last.readAt === null ? 'unread' : 'read'} ${last.id}`;
  return { data, nextCursor: rows.length > limit && position ? Buffer.from(position, 'latin1').toString('base64url') : null };
}
