import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { RequestInvalid } from './http.errors.js';

/** Query of every list: newest first, as many as `limit`, from where the last page ended. */
export class PageQuery {
  // Spelt out, because the swagger plugin reads only files whose names end in .dto.ts.
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 200,
    default: 50,
    description: 'How many to return.',
    example: 50,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number = 50;

  @ApiPropertyOptional({ type: 'string', maxLength: 200, description: '`nextCursor` of the page before; opaque.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;
}

/** A page of a list. `nextCursor` is null on the last one. */
export interface Page<T> {
  readonly data: T[];
  readonly nextCursor: string | null;
}

/** Where a list goes on: rows with an id below this one (ids are UUIDv7, so they sort by age). */
export interface PageStart {
  readonly limit: number;
  readonly beforeId: string;
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws RequestInvalid for a cursor that no page gave. */
export function pageStart(query: PageQuery): PageStart {
  const beforeId = query.cursor === undefined ? LAST_ID : Buffer.from(query.cursor, 'base64url').toString('latin1');
  if (!UUID.test(beforeId)) {
    throw new RequestInvalid({ fields: [{ field: 'cursor', reason: 'cursor must be the nextCursor of a page of this list' }] });
  }
  return { limit: query.limit ?? 50, beforeId };
}

/** Stores read one row more than asked; it tells whether there is a next page. */
export function toPage<R extends { id: string }, T>(rows: readonly R[], start: PageStart, map: (row: R) => T): Page<T> {
  const shown = rows.slice(0, start.limit);
  const last = shown[shown.length - 1];
  const more = rows.length > start.limit && last !== undefined;
  return { data: shown.map(map), nextCursor: more ? Buffer.from(last.id, 'latin1').toString('base64url') : null };
}

/** The same page with each row in its answer's shape. */
export function mapPage<R, T>(page: Page<R>, map: (row: R) => T): Page<T> {
  return { data: page.data.map(map), nextCursor: page.nextCursor };
}
