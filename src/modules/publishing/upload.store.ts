import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import { UploadEntity } from './publication.entity.js';

export interface Upload {
  readonly position: number;
  readonly mediaSha256: string;
  readonly attachment: string;
}

interface Of {
  readonly contractorId: string;
  readonly clientId: string;
  readonly publicationId: string;
}

/** A preparation of which nothing was heard is rung again after this. */
export const PREPARE_AGAIN = `interval '1 minute'`;

@Injectable()
export class UploadStore {
  list(tx: Tx, of: Pick<Of, 'contractorId' | 'publicationId'>): Promise<UploadEntity[]> {
    const { contractorId, publicationId } = of;
    return tx.find(UploadEntity, { where: { contractorId, publicationId }, order: { position: 'ASC' } });
  }

  async put(tx: Tx, of: Of, upload: Upload): Promise<void> {
    await tx.query(
      `insert into publication_uploads (contractor_id, client_id, publication_id, position, media_sha256, attachment)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (contractor_id, publication_id, position)
       do update set media_sha256 = excluded.media_sha256, attachment = excluded.attachment, uploaded_at = app_now()`,
      [of.contractorId, of.clientId, of.publicationId, upload.position, upload.mediaSha256, upload.attachment],
    );
  }

  /** @param budgetKey the secret that publishing will use, so that the dispatcher knows whose turn that is */
  async markPrepared(tx: Tx, of: Pick<Of, 'contractorId' | 'publicationId'>, budgetKey: string | null): Promise<void> {
    await tx.query(
      `update publications set prepared_at = app_now(), budget_key = $3 where contractor_id = $1 and id = $2 and state = 'scheduled'`,
      [of.contractorId, of.publicationId, budgetKey],
    );
  }

  /** The preparation had no turn at the network: it is rung again after so long, and nobody is told. */
  async waitForTurn(tx: Tx, of: Pick<Of, 'contractorId' | 'publicationId'>, seconds: number): Promise<void> {
    await tx.query(
      `update publications set prepare_rung_at = app_now() - ${PREPARE_AGAIN} + make_interval(secs => $3)
       where contractor_id = $1 and id = $2 and state = 'scheduled' and prepared_at is null`,
      [of.contractorId, of.publicationId, seconds],
    );
  }

  /** Forgets uploads that the network dropped or that are too old to trust. */
  async forget(tx: Tx, of: Pick<Of, 'contractorId' | 'publicationId'>): Promise<void> {
    await tx.delete(UploadEntity, { contractorId: of.contractorId, publicationId: of.publicationId });
  }

  /** A preparation that can't succeed, or not yet, while nothing has been claimed. */
  async postpone(
    tx: Tx,
    of: Of,
    to: { state: 'refused' | 'held' | 'scheduled'; reason: unknown; againInSeconds: number },
  ): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update publications set state = $3, reason = $4, rung_at = null,
         prepare_rung_at = app_now() - ${PREPARE_AGAIN} + make_interval(secs => $5),
         next_try_at = case when $3 = 'scheduled' then least(greatest(next_try_at, app_now() + make_interval(secs => $5)),
           greatest(next_try_at, due_at + max_lateness + interval '1 second')) else next_try_at end,
         version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = 'scheduled'`,
      [of.contractorId, of.publicationId, to.state, JSON.stringify(to.reason), to.againInSeconds],
    );
    return count === 1;
  }
}
