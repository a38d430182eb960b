import { Injectable } from '@nestjs/common';
import type { Change } from '../../platform/changes/change-source.js';
import { UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { Forbidden, RequestInvalid } from '../../platform/http/http.errors.js';
import { type Collection, type ExportedField, fieldsOf } from './collection.js';
import { COLLECTIONS } from './collections/collections.js';
import { fromCursor, toCursor } from './export-cursor.js';
import { ExportStore } from './export.store.js';

export interface ExportedPart {
  readonly changes: readonly Change[];
  readonly fields: readonly ExportedField[];
  /** Where to go on, now or tomorrow. */
  readonly cursor: string;
  /** Whether there is more by now. */
  readonly more: boolean;
}

/** Lists for other systems, by what changed since they asked last. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly store: ExportStore,
  ) {}

  /** @throws Forbidden, RequestInvalid for a collection that there is not, or a cursor of another one */
  read(who: Principal, name: string, { cursor, limit }: { cursor?: string | undefined; limit: number }): Promise<ExportedPart> {
    const collection = COLLECTIONS.find((one) => one.name === name);
    if (!collection) throw new RequestInvalid({ fields: [{ field: 'collection', reason: 'There is no such collection' }] });
    if (!who.permissions.has(collection.permission)) throw new Forbidden();
    const after = fromCursor(name, cursor);
    if (!after) {
      throw new RequestInvalid({ fields: [{ field: 'cursor', reason: 'cursor must be a cursor that this collection gave' }] });
    }
    const range = { contractorId: who.contractorId, after, limit: limit + 1 };
    return this.work.reading(who.scope, async (tx) => {
      const found = await this.store.read(tx, collection.source, range);
      return part(collection, found, limit, toCursor(name, found.slice(0, limit).at(-1) ?? after));
    });
  }
}

function part(collection: Collection, found: readonly Change[], limit: number, cursor: string): ExportedPart {
  return { changes: found.slice(0, limit), fields: fieldsOf(collection), cursor, more: found.length > limit };
}
