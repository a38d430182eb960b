import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import { Storage } from '../../../platform/storage/storage.js';
import { storageKey } from '../../../platform/storage/storage-key.js';
import { fieldsOf } from '../collection.js';
import { collectionNamed } from '../collections/collections.js';
import { toCursor } from '../export-cursor.js';
import { contentTypeOf, type ExportJob } from './export-job.js';
import type { WrittenFile } from './export-job.store.js';
import type { ExportPart } from './export-part.store.js';
import { ExportRows } from './export-rows.service.js';
import { piecesOf } from './file-writing.js';
import { fromPart, LastReadings } from './part-lines.js';
import type { RowBatch } from './workbook-writing.js';

/** The job is somebody else's by now, or was cancelled: there is nothing to be written any more. */
export class ExportLost extends Error {}

/** Writes the file from the parts, one part in memory at a time. */
@Injectable()
export class ExportJoining {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ExportRows,
    private readonly storage: Storage,
  ) {}

  /** The same parts make the same rows, however often it is begun. @throws ExportLost */
  async join(job: ExportJob, signal: AbortSignal): Promise<WrittenFile> {
    const { contractorId, id, fence, collections } = job;
    const parts = await this.work.reading(wholeContractor(contractorId), (tx) => this.rows.parts.list(tx, job));
    const readings = await this.lastReadings(job, parts);
    const place = storageKey(contractorId, null, `${id}-${fence}`, `export.${job.format}`);
    const count = { rows: 0, bytes: 0 };
    const hash = createHash('sha256');
    const batches = this.batches(job, parts, { readings, count, signal });
    const pieces = counted(piecesOf(job, fieldsOf(collectionNamed(collections[0]!)!), batches), hash, count);
    await this.storage.put(contractorId, place, pieces, contentTypeOf(job));
    const nextCursors = collections.map((name) => {
      const last = parts.findLast(({ collection }) => collection === name)!;
      return toCursor(name, { xid: last.lastXid, id: last.lastId });
    });
    return { storageKey: place, sha256: hash.digest('hex'), ...count, nextCursors };
  }

  /** Only the last parts of a collection can hold what changed since reading began. */
  private async lastReadings(
    { contractorId, beganXid }: ExportJob,
    parts: readonly ExportPart[],
  ): Promise<Map<string, LastReadings>> {
    const began = BigInt(beganXid!);
    const readings = new Map<string, LastReadings>();
    for (const { collection, number, storageKey: key, lastXid } of parts) {
      const ofCollection = readings.get(collection) ?? new LastReadings(began);
      readings.set(collection, ofCollection);
      if (key !== null && BigInt(lastXid) >= began)
        ofCollection.note(number, fromPart(await this.storage.get(contractorId, key)));
    }
    return readings;
  }

  private async *batches(
    job: ExportJob,
    parts: readonly ExportPart[],
    of: { readonly readings: Map<string, LastReadings>; readonly count: { rows: number }; readonly signal: AbortSignal },
  ): AsyncGenerator<RowBatch> {
    const scope = wholeContractor(job.contractorId);
    for (const { collection, number, storageKey: key } of parts) {
      of.signal.throwIfAborted();
      const read = key === null ? [] : fromPart(await this.storage.get(job.contractorId, key));
      const changes = of.readings.get(collection)!.standing(number, read);
      yield { collection, fields: fieldsOf(collectionNamed(collection)!), changes };
      of.count.rows += changes.length;
      if (!(await this.work.forTenant(scope, (tx) => this.rows.jobs.wrote(tx, job, of.count.rows)))) throw new ExportLost();
    }
  }
}

async function* counted(
  pieces: AsyncIterable<Uint8Array>,
  hash: { update(piece: Uint8Array): unknown },
  count: { bytes: number },
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    hash.update(piece);
    count.bytes += piece.byteLength;
    yield piece;
  }
}
