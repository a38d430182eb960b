import { IsUUID } from 'class-validator';
import { defineEvent } from '../../platform/queue/job.js';

/** A post that was approved is not any more: it was edited, or an approval was revoked. */
export class PostApprovalVoided {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() postId: string;
}

export const postApprovalVoided = defineEvent({ name: 'post.approvalVoided', payload: PostApprovalVoided });
