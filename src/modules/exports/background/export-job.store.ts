import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { PageStart } from '../../../platform/http/pagination.js';
import type { ExportFailure, ExportJob, ExportJobKey, ExportOrder } from './export-job.js';

export type NewExportJob = ExportJobKey &
  ExportOrder &
  Pick<ExportJob, 'actorKind' | 'actorId' | 'allClients' | 'clientIds'> & { readonly memberId: string };

/** Who may see a job: whoever may order it himself. */
export interface Onlooker {
  readonly contractorId: string;
  readonly collections: readonly string[];
  readonly clientIds: 'all' | readonly string[];
}

export interface WrittenFile {
  readonly storageKey: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows: number;
  readonly nextCursors: readonly string[];
}

/** A worker that does not say for longer that it is there has died. */
const LEASE = `interval '2 minutes'`;
const KEPT = `interval '7 days'`;

const COLUMNS = `contractor_id as "contractorId", id, actor_kind as "actorKind", actor_id as "actorId", collections, cursors,
  next_cursors as "nextCursors", all_clients as "allClients", client_ids as "clientIds", format, encoding, decimal, state, failure,
  fence, failures, began_xid::text as "beganXid", rows_read as "rowsRead", rows_written as "rowsWritten",
  rows_estimated as "rowsEstimated", storage_key as "storageKey", bytes::float8 as bytes, sha256, created_at as "createdAt",
  started_at as "startedAt", ended_at as "endedAt", expires_at as "expiresAt"`;

const SEEN = `contractor_id = $1 and collections <@ $2::text[]
  and ($3::uuid[] is null or (not all_clients and client_ids <@ $3::uuid[]))`;

/** Only who has it still. */
const OURS = `contractor_id = $1 and id = $2 and state = 'running' and fence = $3`;

@Injectable()
export class ExportJobStore {
  async insert(tx: Tx, job: NewExportJob): Promise<void> {
    await tx.query(
      `insert into export_jobs (contractor_id, id, actor_kind, actor_id, member_id, collections, cursors, all_clients, client_ids,
         format, encoding, decimal, step_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, app_now() + interval '1 minute')`,
      [
        ...[job.contractorId, job.id, job.actorKind, job.actorId, job.memberId, job.collections, job.cursors, job.allClients],
        ...[job.clientIds, job.format, job.encoding, job.decimal],
      ],
    );
  }

  async countOpen(tx: Tx, contractorId: string): Promise<number> {
    const [row] = await tx.query<[{ count: number }]>(
      `select count(*)::integer as count from export_jobs where contractor_id = $1 and state in ('queued', 'running')`,
      [contractorId],
    );
    return row.count;
  }

  async find(tx: Tx, by: Onlooker, id: string): Promise<ExportJob | undefined> {
    const rows = await tx.query<ExportJob[]>(`select ${COLUMNS} from export_jobs where ${SEEN} and id = $4`, [...seenBy(by), id]);
    return rows[0];
  }

  /** Newest first. */
  list(tx: Tx, by: Onlooker, start: PageStart): Promise<ExportJob[]> {
    return tx.query(`select ${COLUMNS} from export_jobs where ${SEEN} and id < $4 order by id desc limit $5`, [
      ...[...seenBy(by), start.beforeId, start.limit + 1],
    ]);
  }

  /** A worker takes it, unless another has it, or another one of the contractor's is being written. */
  async claim(tx: Tx, { contractorId, id }: ExportJobKey): Promise<ExportJob | undefined> {
    // Two that begin at the same time see each other.
    await tx.query(
      `select 1 from export_jobs where contractor_id = $1 and state in ('queued', 'running') order by id for update`,
      [contractorId],
    );
    const [rows] = await tx.query<[ExportJob[], number]>(
      `update export_jobs set state = 'running', fence = fence + 1, held = true,
         step_at = app_now() + ${LEASE}, started_at = coalesce(started_at, app_now()),
         began_xid = coalesce(began_xid, pg_snapshot_xmin(pg_current_snapshot()))
       where contractor_id = $1 and id = $2 and ((state = 'running' and not held)
         or (state = 'queued' and not exists (
           select 1 from export_jobs o where o.contractor_id = $1 and o.state = 'running')))
       returning ${COLUMNS}`,
      [contractorId, id],
    );
    return rows[0];
  }

  async estimated(tx: Tx, { contractorId, id, fence }: ExportJob, rows: number): Promise<void> {
    await tx.query(`update export_jobs set rows_estimated = $4 where ${OURS}`, [contractorId, id, fence, rows]);
  }

  /** A part more was read. @returns false when somebody else has it by now, or nobody wants it any more */
  async read(tx: Tx, { contractorId, id, fence }: ExportJob, rows: number): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update export_jobs set rows_read = rows_read + $4, failures = 0, step_at = app_now() + ${LEASE} where ${OURS}`,
      [contractorId, id, fence, rows],
    );
    return count === 1;
  }

  /** So much of the file is written. @returns as `read` */
  async wrote(tx: Tx, { contractorId, id, fence }: ExportJob, rows: number): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update export_jobs set rows_written = $4, step_at = app_now() + ${LEASE} where ${OURS}`,
      [contractorId, id, fence, rows],
    );
    return count === 1;
  }

  /** The worker's turn is over, and there is more to do. @returns as `read` */
  async release(tx: Tx, { contractorId, id, fence }: ExportJob): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update export_jobs set held = false, step_at = app_now() + interval '1 minute' where ${OURS}`,
      [contractorId, id, fence],
    );
    return count === 1;
  }

  /** A try brought nothing: others of the contractor come first. @param seconds until it is rung for again @returns as `read` */
  async putBack(tx: Tx, { contractorId, id, fence }: ExportJob, seconds: number): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update export_jobs set state = 'queued', held = false, failures = failures + 1, step_at = app_now() + make_interval(secs => $4)
       where ${OURS}`,
      [contractorId, id, fence, seconds],
    );
    return count === 1;
  }

  /** @returns as `read` */
  async ready(tx: Tx, { contractorId, id, fence }: ExportJob, file: WrittenFile): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update export_jobs set state = 'ready', held = false, storage_key = $4, bytes = $5, sha256 = $6, rows_written = $7,
         next_cursors = $8, ended_at = app_now(), expires_at = app_now() + ${KEPT}, step_at = app_now() + ${KEPT}
       where ${OURS}`,
      [contractorId, id, fence, file.storageKey, file.bytes, file.sha256, file.rows, file.nextCursors],
    );
    return count === 1;
  }

  /** @returns as `read` */
  async failed(tx: Tx, { contractorId, id, fence }: ExportJob, failure: ExportFailure): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update export_jobs set state = 'failed', failure = $4, held = false, ended_at = app_now(), step_at = app_now() where ${OURS}`,
      [contractorId, id, fence, failure],
    );
    return count === 1;
  }

  /** @returns false when it has ended before */
  async cancel(tx: Tx, { contractorId, id }: ExportJobKey): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update export_jobs set state = 'cancelled', held = false, ended_at = app_now(), step_at = app_now()
       where contractor_id = $1 and id = $2 and state in ('queued', 'running')`,
      [contractorId, id],
    );
    return count === 1;
  }

  /** The one of a contractor that has waited longest. */
  async nextQueued(tx: Tx, contractorId: string): Promise<string | undefined> {
    const rows = await tx.query<{ id: string }[]>(
      `select id from export_jobs where contractor_id = $1 and state = 'queued' order by failures, id limit 1`,
      [contractorId],
    );
    return rows[0]?.id;
  }

  /** Across tenants: what is to be rung for, taken over, let expire or removed. */
  due(tx: Tx, limit: number): Promise<ExportJobKey[]> {
    return tx.query(
      `select contractor_id as "contractorId", id from export_jobs where step_at <= app_now() order by step_at, id limit $1`,
      [limit],
    );
  }

  /**
   * Comes back if nobody takes it. A worker that had it without a word for too long has died over it, which counts as a failed try.
   * @returns whether there is something to ring for
   */
  async ring(tx: Tx, { contractorId, id }: ExportJobKey): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update export_jobs set state = case when held then 'queued' else state end, failures = failures + held::integer, held = false,
         step_at = app_now() + interval '1 minute'
       where contractor_id = $1 and id = $2 and state in ('queued', 'running') and step_at <= app_now()`,
      [contractorId, id],
    );
    return count === 1;
  }

  async expire(tx: Tx, { contractorId, id }: ExportJobKey): Promise<void> {
    await tx.query(
      `update export_jobs set state = 'expired', storage_key = null
       where contractor_id = $1 and id = $2 and state = 'ready' and expires_at <= app_now()`,
      [contractorId, id],
    );
  }

  /** @returns whether its files are nobody's any more */
  async isOver(tx: Tx, { contractorId, id }: ExportJobKey): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `select 1 from export_jobs where contractor_id = $1 and id = $2 and state in ('failed', 'cancelled', 'expired')`,
      [contractorId, id],
    );
    return rows.length > 0;
  }

  /** Its files are gone. */
  async removed(tx: Tx, { contractorId, id }: ExportJobKey): Promise<void> {
    await tx.query('update export_jobs set step_at = null where contractor_id = $1 and id = $2', [contractorId, id]);
  }
}

function seenBy({ contractorId, collections, clientIds }: Onlooker): unknown[] {
  return [contractorId, collections, clientIds === 'all' ? null : clientIds];
}
