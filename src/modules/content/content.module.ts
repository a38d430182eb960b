import { ApprovalEntity, PostEntity, PostMediaEntity, PostVariantEntity, PostVersionEntity } from './post.entity.js';
import { MediaEntity } from './media.entity.js';
import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { ApprovalStore } from './approval.store.js';
import { ApprovalsController } from './approvals.controller.js';
import { ApprovalParts, ApprovalsService } from './approvals.service.js';
import { MediaController } from './media.controller.js';
import { MediaService } from './media.service.js';
import { MediaStore } from './media.store.js';
import { PostFormats } from './post-formats.service.js';
import { PostStore } from './post.store.js';
import { PostsController } from './posts.controller.js';
import { PostParts, PostsService } from './posts.service.js';

@Module({
  imports: [AuditModule, TenancyModule, ContractsModule],
  providers: [
    PostsService,
    PostParts,
    PostFormats,
    ApprovalsService,
    ApprovalParts,
    MediaService,
    PostStore,
    ApprovalStore,
    MediaStore,
  ],
  exports: [PostsService, PostFormats, ApprovalsService, MediaService],
})
export class ContentModule {
  /** Its tables, for the composition root. */
  static readonly entities = [MediaEntity, PostEntity, PostVersionEntity, PostVariantEntity, PostMediaEntity, ApprovalEntity];
}

@Module({ imports: [ContentModule], controllers: [PostsController, ApprovalsController, MediaController] })
export class ContentApi {}
