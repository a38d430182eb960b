import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { Approval } from './post.js';
import { ApprovalEntity } from './post.entity.js';

export type NewApproval = Omit<ApprovalEntity, 'decidedAt' | 'voidedAt' | 'voidReason'>;

@Injectable()
export class ApprovalStore {
  async insert(tx: Tx, approval: NewApproval): Promise<void> {
    await tx.insert(ApprovalEntity, approval);
  }

  async list(tx: Tx, contractorId: string, postId: string): Promise<Approval[]> {
    return tx.find(ApprovalEntity, { where: { contractorId, postId }, order: { id: 'DESC' }, take: 200 });
  }

  async voidStanding(tx: Tx, contractorId: string, postId: string, reason: 'edited' | 'revoked'): Promise<void> {
    await tx.query(
      `update approvals set voided_at = app_now(), void_reason = $3
       where contractor_id = $1 and post_id = $2 and decision = 'approved' and voided_at is null`,
      [contractorId, postId, reason],
    );
  }
}
