import { Injectable } from '@nestjs/common';
import type { Change, ChangeSource } from '../../platform/changes/change-source.js';
import { type ChangeRange, readChanges } from '../../platform/database/changes.js';
import type { Tx } from '../../platform/database/work.js';

/** Reads what the owners of tables have declared to be read by change. */
@Injectable()
export class ExportStore {
  read(tx: Tx, source: ChangeSource, range: ChangeRange): Promise<Change[]> {
    return readChanges(tx, source, range);
  }
}
