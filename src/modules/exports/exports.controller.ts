import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { toCsv, toJsonLines } from './export-text.js';
import { ExportName, ExportQuery } from './exports.dto.js';
import './exports.permissions.js';
import { type ExportedPart, ExportsService } from './exports.service.js';

const HEADERS = {
  'X-Next-Cursor': { description: 'Where to go on, now or tomorrow', schema: { type: 'string' as const } },
  'X-Has-More': { description: '`true`: there is more by now', schema: { type: 'string' as const } },
};

@Controller('v1/exports')
export class ExportsController {
  constructor(private readonly exports: ExportsService) {}

  /** Read a list by what changed since a cursor: each row as it is now, and which ones are gone. Nothing is ever missed. */
  @Get(':collection')
  @Requires('exports.read')
  @ApiProduces('text/csv', 'application/x-ndjson')
  @ApiOkResponse({ schema: { type: 'string', example: 'id;deleted;clientId' }, headers: HEADERS })
  async read(
    @Who() who: Principal,
    @Param() { collection }: ExportName,
    @Query() query: ExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const { cursor, limit = 1000 } = query;
    const part = await this.exports.read(who, collection, { cursor, limit });
    return answer(reply.header('x-next-cursor', part.cursor).header('x-has-more', String(part.more)), part, query);
  }
}

function answer(reply: FastifyReply, { changes, fields }: ExportedPart, query: ExportQuery): string | Buffer {
  if (query.format !== 'csv') {
    reply.type('application/x-ndjson; charset=utf-8');
    return toJsonLines(changes, fields);
  }
  const { decimal = 'point', encoding = 'utf-8' } = query;
  reply.type(`text/csv; charset=${encoding}`);
  return toCsv(changes, fields, { decimal, encoding });
}
