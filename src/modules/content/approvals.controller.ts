import { Body, Controller, Delete, Get, Put } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { Versioned } from '../../platform/http/versioning.js';
import { ApprovalsService } from './approvals.service.js';
import { ApprovalList, ApprovalResponse, DecisionRequest, PostResponse } from './content.dto.js';
import {
  ContentChanged,
  OtherSidesTurn,
  OwnPost,
  PersonNeeded,
  PostLocked,
  PostNotFound,
  PostTransitionRefused,
} from './content.errors.js';
import './content.permissions.js';

@Controller('v1/posts/:postId')
export class ApprovalsController {
  constructor(private readonly approvals: ApprovalsService) {}

  /** Submit a post for approval: first the agency, then the client. */
  @Put('submission')
  @Requires('posts.write')
  @Versioned()
  @Fails(PostNotFound, PostTransitionRefused, PostLocked, ContentChanged)
  async submit(@Who() who: Principal, @Id('postId') postId: string): Promise<PostResponse> {
    return PostResponse.of(await this.approvals.submit(who, postId));
  }

  /** Approve a post, or return it with a comment. The caller decides for his own side, the agency or the client. */
  @Put('approval')
  @Requires('posts.approve')
  @Versioned()
  @Fails(PostNotFound, PostTransitionRefused, OtherSidesTurn, OwnPost, ContentChanged, PersonNeeded, PostLocked)
  async decide(@Who() who: Principal, @Id('postId') postId: string, @Body() body: DecisionRequest): Promise<PostResponse> {
    return PostResponse.of(await this.approvals.decide(who, postId, { ...body, comment: body.comment ?? null }));
  }

  /** Revoke the approval of a post that is not being sent yet; what is scheduled is held. */
  @Delete('approval')
  @Requires('posts.approve')
  @Versioned()
  @Fails(PostNotFound, PostTransitionRefused, PostLocked, ContentChanged, PersonNeeded)
  async revoke(@Who() who: Principal, @Id('postId') postId: string): Promise<PostResponse> {
    return PostResponse.of(await this.approvals.revoke(who, postId));
  }

  /** List every decision about a post, newest first. */
  @Get('approvals')
  @Requires('posts.read')
  @Fails(PostNotFound)
  async list(@Who() who: Principal, @Id('postId') postId: string): Promise<ApprovalList> {
    return { data: (await this.approvals.list(who, postId)).map(ApprovalResponse.of) };
  }
}
