import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { mapPage, PageQuery } from '../../../platform/http/pagination.js';
import { PageNotFound } from '../../pages/pages.errors.js';
import { PageNotAudited } from '../metrics.errors.js';
import '../metrics.permissions.js';
import { AuditDayQuery, PageAuditResponse, PageCheckPage, PageCheckRequest, PageCheckResponse } from './audits.dto.js';
import { AuditsService } from './audits.service.js';

@Controller('v1/pages/:pageId')
export class AuditsController {
  constructor(private readonly audits: AuditsService) {}

  /** Read a page's audit as it stood on a day: score, what is missing and how to get the points, duties of the law. */
  @Get('audit')
  @Requires('metrics.read')
  @Fails(PageNotFound, PageNotAudited)
  async read(@Who() who: Principal, @Id('pageId') pageId: string, @Query() query: AuditDayQuery): Promise<PageAuditResponse> {
    return PageAuditResponse.of(await this.audits.read(who, pageId, query.day));
  }

  /** Enter what you saw on a page where no network tells, such as widgets; it counts until somebody enters something newer. */
  @Post('checks')
  @Requires('audits.write')
  @Idempotent()
  @Fails(PageNotFound)
  async check(@Who() who: Principal, @Id('pageId') pageId: string, @Body() body: PageCheckRequest): Promise<PageCheckResponse> {
    return PageCheckResponse.of(await this.audits.check(who, pageId, { ...body, note: body.note ?? null }));
  }

  /** List what people saw on a page, newest first. */
  @Get('checks')
  @Requires('metrics.read')
  @Fails(PageNotFound)
  async checks(@Who() who: Principal, @Id('pageId') pageId: string, @Query() query: PageQuery): Promise<PageCheckPage> {
    return mapPage(await this.audits.checks(who, pageId, query), PageCheckResponse.of);
  }
}
