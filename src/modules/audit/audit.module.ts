import { AuditEntryEntity } from './audit.entity.js';
import { Module } from '@nestjs/common';
import { AuditEntriesController } from './audit-entries.controller.js';
import { AuditService } from './audit.service.js';
import { AuditStore } from './audit.store.js';

@Module({ providers: [AuditService, AuditStore], exports: [AuditService] })
export class AuditModule {
  /** Its tables, for the composition root. */
  static readonly entities = [AuditEntryEntity];
}

@Module({ imports: [AuditModule], controllers: [AuditEntriesController] })
export class AuditApi {}
