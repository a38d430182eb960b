import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public, Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { TooManyRequests } from '../../../platform/http/http.errors.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { mapPage, PageQuery } from '../../../platform/http/pagination.js';
import { ObjectNotFound } from '../../../platform/storage/storage.errors.js';
import { CONTENT_TYPES } from '../rendering.js';
import { ReportFileNotReady, ReportLinkNotFound, ReportNotFound, ReportVersionNotFound } from '../reports.errors.js';
import '../reports.permissions.js';
import { MadeReportLinkResponse, ReportLinkPage, ReportLinkRequest, ReportLinkResponse } from './links.dto.js';
import { ReportLinks } from './links.service.js';
import { PageLimits } from './page-limits.service.js';

@Controller('v1')
export class ReportLinksController {
  constructor(
    private readonly links: ReportLinks,
    private readonly limits: PageLimits,
  ) {}

  /** Make a link to the page of a version: whoever has it reads that version, without a log-in, until it ends or is taken back. */
  @Post('reports/:reportId/links')
  @Requires('reports.read')
  @Fails(ReportNotFound, ReportVersionNotFound)
  async make(
    @Who() who: Principal,
    @Id('reportId') reportId: string,
    @Body() body: ReportLinkRequest,
  ): Promise<ReportLinkResponse> {
    return ReportLinkResponse.of(await this.links.make(who, reportId, body));
  }

  /** List the links of a report, newest first, also those that letters carry and those that are over. */
  @Get('reports/:reportId/links')
  @Requires('reports.read')
  @Fails(ReportNotFound)
  async list(@Who() who: Principal, @Id('reportId') reportId: string, @Query() query: PageQuery): Promise<ReportLinkPage> {
    return mapPage(await this.links.list(who, reportId, query), MadeReportLinkResponse.of);
  }

  /** Take a link back before its end: from now on it opens nothing. */
  @Delete('reports/:reportId/links/:reportLinkId')
  @Requires('reports.read')
  @HttpCode(204)
  @Fails(ReportLinkNotFound)
  async revoke(@Who() who: Principal, @Id('reportId') reportId: string, @Id('reportLinkId') id: string): Promise<void> {
    await this.links.revoke(who, reportId, id);
  }

  /** Read the page of a report. The token in the address is all that it takes. */
  @Get('report-pages/:token')
  @Public()
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
  @Header('cache-control', 'private, no-store')
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string', example: '<!doctype html>' } })
  @Fails(ReportLinkNotFound, ReportNotFound, ReportVersionNotFound, ReportFileNotReady, ObjectNotFound, TooManyRequests)
  async page(@Param('token') token: string, @Req() { ip }: FastifyRequest): Promise<StreamableFile> {
    await this.limits.take(ip);
    const { bytes, size } = await this.links.page(token);
    return new StreamableFile(bytes, { type: CONTENT_TYPES.html, disposition: 'inline', length: size });
  }
}
