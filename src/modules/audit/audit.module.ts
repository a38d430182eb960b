import { Module } from '@nestjs/common';
import { AuditEntriesController } from './audit-entries.controller.js';
import { AuditService } from './audit.service.js';
import { AuditStore } from './audit.store.js';

@Module({ providers: [AuditService, AuditStore], exports: [AuditService] })
export class AuditModule {}

@Module({ imports: [AuditModule], controllers: [AuditEntriesController] })
export class AuditApi {}
