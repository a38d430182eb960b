import { Body, Controller, Get, Header, Ip, Param, Post, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public, Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { TooManyRequests } from '../../../platform/http/http.errors.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { ObjectNotFound } from '../../../platform/storage/storage.errors.js';
import '../exports.permissions.js';
import { type ExportFile, ExportFiles } from './export-files.service.js';
import { XLSX_TYPE } from './export-job.js';
import { ExportLinkRequest, ExportLinkResponse } from './export-jobs.dto.js';
import { ExportFileNotReady, ExportJobNotFound, ExportLinkNotFound } from './export-jobs.errors.js';

const TYPES = [XLSX_TYPE, 'text/csv', 'application/x-ndjson'];
const FILE = { description: 'The file; its SHA-256 is the `ETag`', schema: { type: 'string', format: 'binary' } };

@Controller('v1')
export class ExportFilesController {
  constructor(private readonly files: ExportFiles) {}

  /** Fetch a written file. */
  @Get('export-jobs/:exportJobId/file')
  @Requires('exports.read')
  @Header('cache-control', 'private, no-store')
  @ApiProduces(...TYPES)
  @ApiOkResponse(FILE)
  @Fails(ExportJobNotFound, ExportFileNotReady, ObjectNotFound)
  async file(
    @Who() who: Principal,
    @Id('exportJobId') exportJobId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return answer(reply, await this.files.file(who, exportJobId));
  }

  /** Make a link to a written file: whoever has it fetches the file without a log-in, until it ends and as long as you may. */
  @Post('export-jobs/:exportJobId/links')
  @Requires('exports.read')
  @Fails(ExportJobNotFound, ExportFileNotReady)
  async link(
    @Who() who: Principal,
    @Id('exportJobId') exportJobId: string,
    @Body() { hours }: ExportLinkRequest,
  ): Promise<ExportLinkResponse> {
    return ExportLinkResponse.of(await this.files.link(who, exportJobId, hours));
  }

  /** Fetch a written file by a link. The token in the address is all that it takes. */
  @Get('export-files/:token')
  @Public()
  @Header('cache-control', 'private, no-store')
  @ApiProduces(...TYPES)
  @ApiOkResponse(FILE)
  @Fails(ExportLinkNotFound, ObjectNotFound, TooManyRequests)
  async linked(
    @Param('token') token: string,
    @Ip() ip: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return answer(reply, await this.files.linked(token, ip));
  }
}

function answer(reply: FastifyReply, { bytes, size, fileName, contentType, sha256 }: ExportFile): StreamableFile {
  reply.header('etag', `"${sha256}"`);
  return new StreamableFile(bytes, { type: contentType, disposition: `attachment; filename="${fileName}"`, length: size });
}
