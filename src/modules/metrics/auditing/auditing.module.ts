import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { PagesModule } from '../../pages/pages.module.js';
import { PublishingModule } from '../../publishing/publishing.module.js';
import { TenancyModule } from '../../tenancy/tenancy.module.js';
import { AuditListController } from './audit-list.controller.js';
import { AuditListService } from './audit-list.service.js';
import { AuditListStore } from './audit-list.store.js';
import { AuditStore } from './audit.store.js';
import { AuditsController } from './audits.controller.js';
import { AuditSources, AuditsService } from './audits.service.js';
import { PageAuditing } from './page-auditing.service.js';
import { ScoringModelStore } from './scoring-model.store.js';
import { ScoringModelsController } from './scoring-models.controller.js';
import { ScoringModelsService } from './scoring-models.service.js';

@Module({
  imports: [PublishingModule],
  providers: [PageAuditing, AuditStore, ScoringModelStore],
  exports: [PageAuditing, AuditStore, ScoringModelStore],
})
export class AuditingModule {}

@Module({
  imports: [AuditingModule, AuditModule, TenancyModule, PagesModule],
  controllers: [AuditsController, AuditListController, ScoringModelsController],
  providers: [AuditsService, AuditSources, AuditListService, AuditListStore, ScoringModelsService],
})
export class AuditingApi {}
