import { IsInt, IsUUID } from 'class-validator';
import { defineEvent } from '../../platform/queue/job.js';

/** A post that was approved is not any more: it was edited, or an approval was revoked. */
export class PostApprovalVoided {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() postId: string;
}

export const postApprovalVoided = defineEvent({ name: 'post.approvalVoided', payload: PostApprovalVoided });

/** Both sides approved what a post says: it may go out. */
export class PostApproved {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() postId: string;
  /** The version of the post that was approved. */
  @IsInt() postVersion: number;
}

export const postApproved = defineEvent({ name: 'post.approved', payload: PostApproved });
