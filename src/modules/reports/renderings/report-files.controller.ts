import { Controller, Get, Header, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { ObjectNotFound } from '../../../platform/storage/storage.errors.js';
import { CONTENT_TYPES } from '../rendering.js';
import { ReportFileNotReady, ReportNotFound, ReportVersionNotFound } from '../reports.errors.js';
import '../reports.permissions.js';
import { ReportFileQuery } from './report-files.dto.js';
import { ReportFiles } from './report-files.service.js';

@Controller('v1')
export class ReportFilesController {
  constructor(private readonly files: ReportFiles) {}

  /** Download a version as PDF, XLSX, CSV or HTML, made from its frozen document alone. */
  @Get('reports/:reportId/file')
  @Requires('reports.read')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
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
}
