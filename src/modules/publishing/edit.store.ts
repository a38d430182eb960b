import { Injectable } from '@nestjs/common';
import type { Reason } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';
import type { Edit, EditAttempt, EditSettlement } from './edit.js';
import type { EditHoldCode } from './edit-reasons.js';
import type { Upload } from './upload.store.js';

/** An edit with what only its execution needs. */
export interface EditRow extends Omit<Edit, 'attempts'> {
  readonly contractorId: string;
  readonly clientId: string;
  readonly tries: number;
  readonly fence: number;
}

export type NewEdit = Pick<EditRow, 'contractorId' | 'id' | 'clientId' | 'publicationId' | 'postVersion' | 'contentHash'> &
  Pick<EditRow, 'versionBefore' | 'requestedBy'>;

type Key = Pick<EditRow, 'contractorId' | 'id'>;

/** A worker's right to make one edit; whoever has a lower fence has lost it. */
export interface EditClaim extends Key {
  readonly attemptId: string;
  readonly fence: number;
  readonly tries: number;
}

const COLUMNS = `contractor_id as "contractorId", id, client_id as "clientId", publication_id as "publicationId", state,
  post_version as "postVersion", content_hash as "contentHash", version_before as "versionBefore", next_try_at as "nextTryAt",
  tries, fence, verified, reason, requested_by as "requestedBy", requested_at as "requestedAt", ended_at as "endedAt"`;

/** An edit is made anew when nothing was heard of it for so long: it may be repeated. */
const LEASE = `interval '1 minute'`;
/** A job that was lost with its queue is rung again after this. */
const RING_AGAIN = `interval '30 seconds'`;
const OPEN = `('waiting', 'sending', 'unclear')`;
const DUE = `((e.state in ('waiting', 'unclear') and e.next_try_at <= app_now()) or (e.state = 'sending' and e.lease_until < app_now()))`;

/** The first gate that is shut at this instant, as a code of edit-reasons.ts; null when all are open. */
const SHUT_GATE = `case
  when p.state <> 'published' or p.withdraw_requested_at is not null then 'not-published'
  when not contractor_is_active(p.contractor_id) then 'contractor-suspended'
  when not post_is_approved(p.contractor_id, p.post_id, e.content_hash) then 'not-approved'
  when not contract_in_force(p.contractor_id, p.page_id, app_now()) then 'no-contract'
  when in_quiet_period(p.contractor_id, p.client_id, app_now()) then 'quiet-period'
  when not page_is_connected(p.contractor_id, p.page_id) then 'page-not-connected' end`;

@Injectable()
export class EditStore {
  async insert(tx: Tx, edit: NewEdit): Promise<void> {
    await tx.query(
      `insert into publication_edits (contractor_id, id, client_id, publication_id, post_version, content_hash, version_before, requested_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[edit.contractorId, edit.id, edit.clientId, edit.publicationId],
        ...[edit.postVersion, edit.contentHash, edit.versionBefore, edit.requestedBy],
      ],
    );
  }

  async find(tx: Tx, { contractorId, id }: Key): Promise<EditRow | undefined> {
    const rows = await tx.query<EditRow[]>(`select ${COLUMNS} from publication_edits where contractor_id = $1 and id = $2`, [
      contractorId,
      id,
    ]);
    return rows[0];
  }

  /** The newest 200 with all their attempts. */
  async list(tx: Tx, contractorId: string, publicationId: string): Promise<Edit[]> {
    const edits = await tx.query<EditRow[]>(
      `select ${COLUMNS} from publication_edits where contractor_id = $1 and publication_id = $2 order by id desc limit 200`,
      [contractorId, publicationId],
    );
    const attempts = await tx.query<(EditAttempt & { editId: string })[]>(
      `select edit_id as "editId", number, sent_at as "sentAt", ended_at as "endedAt", outcome, reason
       from publication_edit_attempts where contractor_id = $1 and edit_id = any($2) order by number`,
      [contractorId, edits.map(({ id }) => id)],
    );
    return edits.map((edit) => ({ ...edit, attempts: attempts.filter(({ editId }) => editId === edit.id) }));
  }

  /** Whether an edit of a post is at the network, or nobody knows what became of it. */
  async isOnItsWay(tx: Tx, contractorId: string, postId: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `select 1 from publication_edits e join publications p on p.contractor_id = e.contractor_id and p.id = e.publication_id
       where p.contractor_id = $1 and p.post_id = $2 and e.state in ('sending', 'unclear') limit 1`,
      [contractorId, postId],
    );
    return rows.length > 0;
  }

  /** Across tenants: those whose turn it is, and those of which nothing was heard. */
  async pickDue(tx: Tx, most: number): Promise<{ contractorId: string; editId: string; ring: string }[]> {
    const [rows] = await tx.query<[{ contractorId: string; editId: string; ring: string }[], number]>(
      `with due as (
         select contractor_id, id from publication_edits e where state in ${OPEN} and ${DUE}
           and (rung_at is null or rung_at < app_now() - ${RING_AGAIN})
         order by next_try_at limit $1 for update skip locked)
       update publication_edits e set rung_at = app_now() from due
       where e.contractor_id = due.contractor_id and e.id = due.id
       returning e.contractor_id as "contractorId", e.id as "editId", extract(epoch from e.rung_at)::text as ring`,
      [most],
    );
    return rows;
  }

  /** `→ sending`, with its attempt, if it is due and every gate is open now. One whose worker was lost is taken over. */
  async claim(tx: Tx, key: Key, attempt: { id: string; requestSha256: string }): Promise<EditClaim | undefined> {
    const rows = await tx.query<{ fence: number; tries: number }[]>(
      `with claimed as (
         update publication_edits e set state = 'sending', fence = e.fence + 1, tries = e.tries + 1, lease_until = app_now() + ${LEASE}
         from publications p
         where e.contractor_id = $1 and e.id = $2 and p.contractor_id = e.contractor_id and p.id = e.publication_id
           and ${DUE} and ${SHUT_GATE} is null
         returning e.*),
       attempt as (
         insert into publication_edit_attempts (contractor_id, id, client_id, edit_id, number, fence, request_sha256)
         select c.contractor_id, $3, c.client_id, c.id,
           1 + (select count(*) from publication_edit_attempts a where a.contractor_id = c.contractor_id and a.edit_id = c.id),
           c.fence, $4 from claimed c)
       select fence, tries from claimed`,
      [key.contractorId, key.id, attempt.id, attempt.requestSha256],
    );
    return rows[0] && { contractorId: key.contractorId, id: key.id, attemptId: attempt.id, ...rows[0] };
  }

  /** The gate that keeps a due edit from being made, if one does. Nobody makes it until this transaction ends. */
  async shutGate(tx: Tx, key: Key): Promise<EditHoldCode | undefined> {
    const rows = await tx.query<{ code: EditHoldCode | null }[]>(
      `select ${SHUT_GATE} as code from publication_edits e
       join publications p on p.contractor_id = e.contractor_id and p.id = e.publication_id
       where e.contractor_id = $1 and e.id = $2 and ${DUE} for update of e`,
      [key.contractorId, key.id],
    );
    return rows[0]?.code ?? undefined;
  }

  /** @returns false when another worker has taken it over meanwhile, or it has ended. */
  async settle(tx: Tx, key: Omit<EditClaim, 'attemptId'>, settlement: EditSettlement): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update publication_edits set state = $4, lease_until = null, rung_at = null, verified = $5, reason = $6, tries = $8,
         next_try_at = case when $7::integer is null then next_try_at else app_now() + make_interval(secs => $7) end,
         ended_at = case when $4 in ('applied', 'refused', 'held') then app_now() end
       where contractor_id = $1 and id = $2 and fence = $3 and state in ${OPEN}`,
      [
        ...[key.contractorId, key.id, key.fence, settlement.state],
        settlement.state === 'applied' ? settlement.verified : null,
        'reason' in settlement ? JSON.stringify(settlement.reason) : null,
        'againInSeconds' in settlement ? settlement.againInSeconds : null,
        key.tries,
      ],
    );
    return count === 1;
  }

  /** Ends attempts: this one, or all that an earlier worker left behind. */
  async endAttempts(
    tx: Tx,
    of: Key & { belowFence: number },
    end: { outcome: NonNullable<EditAttempt['outcome']>; reason?: Reason },
  ): Promise<void> {
    await tx.query(
      `update publication_edit_attempts set ended_at = app_now(), outcome = $4, reason = $5
       where contractor_id = $1 and edit_id = $2 and fence < $3 and ended_at is null`,
      [of.contractorId, of.id, of.belowFence, end.outcome, end.reason ? JSON.stringify(end.reason) : null],
    );
  }

  /** The page says it now: from here on this is what the checks compare with. They look soon. */
  async apply(tx: Tx, { contractorId, publicationId, postVersion, contentHash }: EditRow): Promise<void> {
    await tx.query(
      `update publications set post_version = $3, content_hash = $4, drift = null, next_check_at = app_now() + interval '1 minute',
         version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = 'published'`,
      [contractorId, publicationId, postVersion, contentHash],
    );
  }

  /** What this edit has uploaded, and what the publication and its earlier edits have. */
  async uploads(tx: Tx, { contractorId, id, publicationId }: EditRow): Promise<{ own: Upload[]; earlier: Upload[] }> {
    const own = await tx.query<Upload[]>(
      `select position, media_sha256 as "mediaSha256", attachment from publication_edit_uploads where contractor_id = $1 and edit_id = $2`,
      [contractorId, id],
    );
    const earlier = await tx.query<Upload[]>(
      `select position, media_sha256 as "mediaSha256", attachment from publication_uploads where contractor_id = $1 and publication_id = $2
       union all
       select u.position, u.media_sha256, u.attachment from publication_edit_uploads u
       join publication_edits e on e.contractor_id = u.contractor_id and e.id = u.edit_id
       where e.contractor_id = $1 and e.publication_id = $2 and e.id <> $3`,
      [contractorId, publicationId, id],
    );
    return { own, earlier };
  }

  async putUpload(tx: Tx, { contractorId, clientId, id }: EditRow, upload: Upload): Promise<void> {
    await tx.query(
      `insert into publication_edit_uploads (contractor_id, client_id, edit_id, position, media_sha256, attachment)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (contractor_id, edit_id, position)
       do update set media_sha256 = excluded.media_sha256, attachment = excluded.attachment, uploaded_at = app_now()`,
      [contractorId, clientId, id, upload.position, upload.mediaSha256, upload.attachment],
    );
  }
}
