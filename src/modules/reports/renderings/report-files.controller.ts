import { Body, Controller, Get, Header, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public, Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { TooManyRequests } from '../../../platform/http/http.errors.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { ObjectNotFound } from '../../../platform/storage/storage.errors.js';
import { CONTENT_TYPES } from '../rendering.js';
import { ReportFileNotReady, ReportLinkNotFound, ReportNotFound, ReportVersionNotFound } from '../reports.errors.js';
import '../reports.permissions.js';
import { PageLimits } from './page-limits.service.js';
import { ReportFileQuery, ReportLinkRequest, ReportLinkResponse } from './report-files.dto.js';
import { ReportFiles } from './report-files.service.js';

@Controller('v1')
export class ReportFilesController {
  constructor(
    private readonly files: ReportFiles,
    private readonly limits: PageLimits,
  ) {}

  /** Download a version as PDF, XLSX, CSV or HTML, made from its frozen document alone. */
  @Get('reports/:reportId/file')
  @Requires('reports.read')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  @ApiProduces(...Object.values(CONTENT_TYPES))
  @ApiOkResponse({ description: 'The file', schema: { type: 'string', format: 'binary' } })
  @Fails(ReportNotFound, ReportVersionNotFound, ReportFileNotReady, ObjectNotFound)
  async file(
    @Who() who: Principal,
    @Id('reportId') reportId: string,
    @Query() { format = 'pdf', version }: ReportFileQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { bytes, size, fileName, sha256 } = await this.files.file(who, reportId, { format, version });
    reply.header('etag', `"${sha256}"`);
    const disposition = `attachment; filename="${fileName}"`;
    return new StreamableFile(bytes, { type: CONTENT_TYPES[format], disposition, length: size });
  }

  /** Make a link to the page of a version: whoever has it reads that version, without a log-in, until it ends. */
  @Post('reports/:reportId/links')
  @Requires('reports.read')
  @Fails(ReportNotFound, ReportVersionNotFound)
  async link(
    @Who() who: Principal,
    @Id('reportId') reportId: string,
    @Body() body: ReportLinkRequest,
  ): Promise<ReportLinkResponse> {
    return ReportLinkResponse.of(await this.files.link(who, reportId, body));
  }

  /** Read the page of a report. The token in the address is all that it takes. */
  @Get('report-pages/:token')
  @Public()
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  @Header('cache-control', 'private, no-store')
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string', example: '<!doctype html>' } })
  @Fails(ReportLinkNotFound, ReportNotFound, ReportVersionNotFound, ReportFileNotReady, ObjectNotFound, TooManyRequests)
  async page(@Param('token') token: string, @Req() { ip }: FastifyRequest): Promise<StreamableFile> {
    await this.limits.take(ip);
    const { bytes, size } = await this.files.page(token);
    return new StreamableFile(bytes, { type: CONTENT_TYPES.html, disposition: 'inline', length: size });
  }
}
