import { Controller, Get, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { mapPage } from '../../platform/http/pagination.js';
import { AuditEntryResponse, AuditPage, AuditQuery } from './audit.dto.js';
import './audit.permissions.js';
import { AuditService } from './audit.service.js';

@Controller('v1/audit-entries')
export class AuditEntriesController {
  constructor(private readonly audit: AuditService) {}

  /** List who did what, newest first. */
  @Get()
  @Requires('audit.read')
  async list(@Who() who: Principal, @Query() query: AuditQuery): Promise<AuditPage> {
    return mapPage(await this.audit.list(who, query, query), AuditEntryResponse.of);
  }
}
