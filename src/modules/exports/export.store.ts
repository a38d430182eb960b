import { Injectable } from '@nestjs/common';
import type { Change, ChangeSource } from '../../platform/changes/change-source.js';
import { type ChangeRange, estimateChanges, readChanges } from '../../platform/database/changes.js';
import type { Tx } from '../../platform/database/work.js';

/** Reads what the owners of tables have declared to be read by change. */
@Injectable()
export class ExportStore {
  read(tx: Tx, source: ChangeSource, range: ChangeRange): Promise<Change[]> {
    return readChanges(tx, source, range);
  }

  /** About how many; tombstones are not among them. */
  estimate(tx: Tx, source: ChangeSource, range: Omit<ChangeRange, 'limit'>): Promise<number> {
    return estimateChanges(tx, source, range);
  }
}
