import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import { InvitationEntity } from './invitation.entity.js';

const VALID = '14 days';

export type NewInvitation = Pick<
  InvitationEntity,
  'contractorId' | 'id' | 'email' | 'role' | 'allClients' | 'clientIds' | 'tokenHash' | 'invitedBy'
>;

@Injectable()
export class InvitationStore {
  async insert(tx: Tx, invitation: NewInvitation): Promise<void> {
    await tx.insert(InvitationEntity, { ...invitation, expiresAt: () => `app_now() + interval '${VALID}'` });
  }

  find(tx: Tx, contractorId: string, id: string): Promise<InvitationEntity | null> {
    return tx.findOneBy(InvitationEntity, { contractorId, id });
  }

  list(tx: Tx, contractorId: string, start: PageStart): Promise<InvitationEntity[]> {
    return tx.find(InvitationEntity, {
      where: { contractorId, id: LessThan(start.beforeId) },
      order: { id: 'DESC' },
      take: start.limit + 1,
    });
  }

  /** Accepts an open invitation, once. */
  async accept(tx: Tx, contractorId: string, tokenHash: string): Promise<InvitationEntity | null> {
    const taken = await tx.query<[{ id: string }[], number]>(
      `update invitations set accepted_at = app_now()
       where contractor_id = $1 and token_hash = $2 and accepted_at is null and revoked_at is null and expires_at > app_now()
       returning id`,
      [contractorId, tokenHash],
    );
    const id = taken[0][0]?.id;
    return id ? this.find(tx, contractorId, id) : null;
  }

  async revoke(tx: Tx, contractorId: string, id: string): Promise<void> {
    await tx.query(
      `update invitations set revoked_at = app_now() where contractor_id = $1 and id = $2 and accepted_at is null and revoked_at is null`,
      [contractorId, id],
    );
  }
}
