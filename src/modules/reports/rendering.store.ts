import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Tx } from '../../platform/database/work.js';
import { RENDERING_FORMATS, type Rendering, type RenderingFormat } from './rendering.js';
import { RenderingEntity } from './rendering.entity.js';

export interface RenderingKey {
  readonly contractorId: string;
  readonly reportId: string;
  readonly number: number;
}

/** Work that nobody finished by then is rung for again: the queue may have lost it. */
const RING_AGAIN = `app_now() + interval '15 minutes'`;

@Injectable()
export class RenderingStore {
  /** Every format of a version waits for a worker. */
  async await(tx: Tx, { contractorId, reportId, number }: RenderingKey, clientId: string): Promise<void> {
    await tx.query(
      `insert into report_renderings (contractor_id, report_id, number, client_id, format, step_at)
       select $1, $2, $3, $4, format, ${RING_AGAIN} from unnest($5::text[]) as format`,
      [contractorId, reportId, number, clientId, RENDERING_FORMATS],
    );
  }

  /** Of one version. */
  list(tx: Tx, { contractorId, reportId, number }: RenderingKey): Promise<RenderingEntity[]> {
    return tx.find(RenderingEntity, { where: { contractorId, reportId, number }, order: { format: 'ASC' } });
  }

  /** Of all versions of some reports. */
  listOf(tx: Tx, contractorId: string, reportIds: readonly string[]): Promise<RenderingEntity[]> {
    return tx.find(RenderingEntity, {
      where: { contractorId, reportId: In([...reportIds]) },
      order: { reportId: 'ASC', number: 'DESC', format: 'ASC' },
    });
  }

  async made(
    tx: Tx,
    { contractorId, reportId, number }: RenderingKey,
    file: { readonly [F in 'format' | 'storageKey' | 'bytes' | 'sha256' | 'renderer']: Rendering[F] },
  ): Promise<void> {
    await tx.query(
      `update report_renderings set state = 'ready', storage_key = $5, bytes = $6, sha256 = $7, renderer = $8, step_at = null
       where contractor_id = $1 and report_id = $2 and number = $3 and format = $4 and state <> 'ready'`,
      [contractorId, reportId, number, file.format, file.storageKey, file.bytes, file.sha256, file.renderer],
    );
  }

  async failed(tx: Tx, { contractorId, reportId, number }: RenderingKey, formats: readonly RenderingFormat[]): Promise<void> {
    await tx.query(
      `update report_renderings set state = 'failed', step_at = null
       where contractor_id = $1 and report_id = $2 and number = $3 and format = any($4) and state = 'waiting'`,
      [contractorId, reportId, number, formats],
    );
  }

  /** Across tenants: versions of which a file was not finished in time. */
  pickDue(tx: Tx, limit: number): Promise<RenderingKey[]> {
    return tx.query(
      `select contractor_id as "contractorId", report_id as "reportId", number from report_renderings where step_at <= app_now()
       group by contractor_id, report_id, number order by min(step_at), report_id, number limit $1`,
      [limit],
    );
  }

  /** @returns false when it was finished meanwhile */
  async putOff(tx: Tx, { contractorId, reportId, number }: RenderingKey): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update report_renderings set step_at = ${RING_AGAIN}
       where contractor_id = $1 and report_id = $2 and number = $3 and step_at <= app_now()`,
      [contractorId, reportId, number],
    );
    return count > 0;
  }
}
