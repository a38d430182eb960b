import { Controller, Get, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { mapPage } from '../../../platform/http/pagination.js';
import '../metrics.permissions.js';
import { AuditedPageResponse, AuditedPageList, AuditsQuery } from './audit-list.dto.js';
import { AuditListService } from './audit-list.service.js';

@Controller('v1/audits')
export class AuditListController {
  constructor(private readonly audits: AuditListService) {}

  /** List the audits of all pages: which of them lose points, how many and for what; now, or as it stood on a day. */
  @Get()
  @Requires('metrics.read')
  async list(@Who() who: Principal, @Query() query: AuditsQuery): Promise<AuditedPageList> {
    return mapPage(await this.audits.list(who, AuditsQuery.wanted(query), query), AuditedPageResponse.of);
  }
}
