import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { ExportJobKey } from './export-job.js';

/** Rows that were read, in the storage until the file is whole. */
export interface ExportPart {
  readonly number: number;
  readonly collection: string;
  readonly rows: number;
  /** Null: nothing was left to be read. */
  readonly storageKey: string | null;
  /** Where reading goes on. */
  readonly lastXid: string;
  readonly lastId: string;
  /** Whether there was no more of the collection then. */
  readonly isLast: boolean;
}

const COLUMNS = `number, collection, rows, storage_key as "storageKey", last_xid::text as "lastXid", last_id as "lastId",
  is_last as "isLast"`;

@Injectable()
export class ExportPartStore {
  async insert(tx: Tx, { contractorId, id }: ExportJobKey, part: ExportPart): Promise<void> {
    await tx.query(
      `insert into export_job_parts (contractor_id, job_id, number, collection, rows, storage_key, last_xid, last_id, is_last)
       values ($1, $2, $3, $4, $5, $6, $7::xid8, $8, $9)`,
      [...[contractorId, id, part.number, part.collection, part.rows, part.storageKey, part.lastXid, part.lastId], part.isLast],
    );
  }

  /** In order. */
  list(tx: Tx, { contractorId, id }: ExportJobKey): Promise<ExportPart[]> {
    return tx.query(`select ${COLUMNS} from export_job_parts where contractor_id = $1 and job_id = $2 order by number`, [
      contractorId,
      id,
    ]);
  }

  async newest(tx: Tx, { contractorId, id }: ExportJobKey): Promise<ExportPart | undefined> {
    const rows = await tx.query<ExportPart[]>(
      `select ${COLUMNS} from export_job_parts where contractor_id = $1 and job_id = $2 order by number desc limit 1`,
      [contractorId, id],
    );
    return rows[0];
  }

  async forget(tx: Tx, { contractorId, id }: ExportJobKey): Promise<void> {
    await tx.query('delete from export_job_parts where contractor_id = $1 and job_id = $2', [contractorId, id]);
  }
}
