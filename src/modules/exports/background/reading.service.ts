import { Injectable } from '@nestjs/common';
import { BEGINNING, type ChangePoint } from '../../../platform/changes/change-source.js';
import { type Scope, wholeContractor } from '../../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import { Storage } from '../../../platform/storage/storage.js';
import { storageKey } from '../../../platform/storage/storage-key.js';
import type { Collection } from '../collection.js';
import { collectionNamed } from '../collections/collections.js';
import { fromCursor } from '../export-cursor.js';
import { ExportStore } from '../export.store.js';
import type { ExportJob } from './export-job.js';
import type { ExportPart } from './export-part.store.js';
import { ExportRows } from './export-rows.service.js';
import { toPart } from './part-lines.js';

/** Read in one go: a short statement, and few megabytes. */
const ROWS_OF_PART = 1_000;

/** Where reading is. */
interface Place {
  readonly number: number;
  readonly collection: Collection;
  readonly after: ChangePoint;
}

/** Reads what was ordered, part by part, each in a transaction of its own, and keeps each part where a dead worker's successor finds it. */
@Injectable()
export class ExportReading {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ExportRows,
    private readonly changes: ExportStore,
    private readonly storage: Storage,
  ) {}

  /** How much it will be, once. */
  async estimate(job: ExportJob, scope: Scope): Promise<void> {
    if (job.rowsEstimated !== null) return;
    const { contractorId } = job;
    const rows = await this.work.reading(scope, async (tx) => {
      let sum = 0;
      for (const [i, name] of job.collections.entries()) {
        const after = beginOf(job, i);
        sum += await this.changes.estimate(tx, collectionNamed(name)!.source, { contractorId, after });
      }
      return sum;
    });
    await this.work.forTenant(wholeContractor(contractorId), (tx) => this.rows.jobs.estimated(tx, job, rows));
  }

  /** @returns `lost` when the job is somebody else's by now, or nobody's */
  async readPart(job: ExportJob, scope: Scope): Promise<'read' | 'complete' | 'lost'> {
    const { contractorId, id, fence } = job;
    const found = await this.work.reading(scope, async (tx) => {
      const place = await this.placeOf(tx, job);
      if (!place) return undefined;
      const range = { contractorId, after: place.after, limit: ROWS_OF_PART + 1 };
      return { place, changes: await this.changes.read(tx, place.collection.source, range) };
    });
    if (!found) return 'complete';
    const { place, changes } = found;
    const kept = changes.slice(0, ROWS_OF_PART);
    const last = kept.at(-1) ?? place.after;
    // Its name holds the fence: a worker that lost the job writes beside what counts, never over it.
    const file = kept.length > 0 ? storageKey(contractorId, null, `${id}-${fence}-${place.number}`, 'part.jsonl') : null;
    if (file) await this.storage.put(contractorId, file, toPart(kept), 'application/x-ndjson');
    const part = {
      ...{ number: place.number, collection: place.collection.name, rows: kept.length, storageKey: file },
      ...{ lastXid: last.xid, lastId: last.id, isLast: changes.length <= ROWS_OF_PART },
    };
    if (await this.keep(job, part)) return 'read';
    if (file) await this.storage.delete(contractorId, file);
    return 'lost';
  }

  /** Undefined: everything is read. */
  private async placeOf(tx: Tx, job: ExportJob): Promise<Place | undefined> {
    const newest = await this.rows.parts.newest(tx, job);
    if (newest && !newest.isLast) {
      const after = { xid: newest.lastXid, id: newest.lastId };
      return { number: newest.number + 1, collection: collectionNamed(newest.collection)!, after };
    }
    const next = newest ? job.collections.indexOf(newest.collection) + 1 : 0;
    const name = job.collections[next];
    if (name === undefined) return undefined;
    return { number: (newest?.number ?? 0) + 1, collection: collectionNamed(name)!, after: beginOf(job, next) };
  }

  private keep(job: ExportJob, part: ExportPart): Promise<boolean> {
    return this.work.forTenant(wholeContractor(job.contractorId), async (tx) => {
      if (!(await this.rows.jobs.read(tx, job, part.rows))) return false;
      await this.rows.parts.insert(tx, job, part);
      return true;
    });
  }
}

/** Cursors were checked when it was ordered. */
function beginOf({ collections, cursors }: ExportJob, index: number): ChangePoint {
  return fromCursor(collections[index]!, cursors[index] ?? undefined) ?? BEGINNING;
}
