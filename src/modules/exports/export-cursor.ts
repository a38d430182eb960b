import { BEGINNING, type ChangePoint } from '../../platform/changes/change-source.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** A transaction's number fits into 64 bits. */
const XID = /^\d{1,19}$/;

/** Where a reader goes on; it says of which collection, so that one of another is refused instead of read wrongly. */
export function toCursor(collection: string, { xid, id }: ChangePoint): string {
  return Buffer.from(`${collection} ${xid} ${id}`, 'latin1').toString('base64url');
}

/** @returns undefined for a cursor that this collection never gave */
export function fromCursor(collection: string, cursor: string | undefined): ChangePoint | undefined {
  if (cursor === undefined) return BEGINNING;
  const [name, xid = '', id = '', ...rest] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  const isOurs = name === collection && XID.test(xid) && UUID.test(id) && rest.length === 0;
  return isOurs ? { xid, id } : undefined;
}
