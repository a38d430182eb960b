import { Body, Controller, Get, Header, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage } from '../../platform/http/pagination.js';
import { ContractNotFound } from '../contracts/contracts.errors.js';
import {
  ReportCorrectionRequest,
  ReportPageResponse,
  ReportRequest,
  ReportResponse,
  ReportsQuery,
  ReportVersionList,
  ReportVersionQuery,
  ReportVersionResponse,
} from './reports.dto.js';
import { ReportBeingMade, ReportExists, ReportNotFound, ReportRefused, ReportVersionNotFound } from './reports.errors.js';
import './reports.permissions.js';
import { ReportsService } from './reports.service.js';

@Controller('v1/reports')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  /** Have a report of a contract's period made. The answer comes at once; the report is ready when its `state` says so. */
  @Post()
  @Requires('reports.write')
  @Idempotent()
  @Fails(ContractNotFound, ReportRefused, ReportExists)
  async create(@Who() who: Principal, @Body() { contractId, startsOn, endsOn }: ReportRequest): Promise<ReportResponse> {
    return ReportResponse.of(await this.reports.create(who, contractId, { startsOn, endsOn }));
  }

  /**
   * List reports, newest first: of all clients, of one, or of one contract; of all periods, or those that reach into some days. On the first
   * working day of a month this list tells of every client how far its report is, and what became of its letters.
   */
  @Get()
  @Requires('reports.read')
  async list(@Who() who: Principal, @Query() query: ReportsQuery): Promise<ReportPageResponse> {
    return mapPage(await this.reports.list(who, query, query), ReportResponse.of);
  }

  /** Read how far a report is. */
  @Get(':reportId')
  @Requires('reports.read')
  @Fails(ReportNotFound)
  async get(@Who() who: Principal, @Id('reportId') reportId: string): Promise<ReportResponse> {
    return ReportResponse.of(await this.reports.get(who, reportId));
  }

  /** List the frozen versions of a report. */
  @Get(':reportId/versions')
  @Requires('reports.read')
  @Fails(ReportNotFound)
  async versions(@Who() who: Principal, @Id('reportId') reportId: string): Promise<ReportVersionList> {
    return { data: (await this.reports.versions(who, reportId)).map(ReportVersionResponse.of) };
  }

  /** Have another version made, from what is known now. Those before stay readable and never change. */
  @Post(':reportId/versions')
  @Requires('reports.write')
  @Idempotent()
  @Fails(ReportNotFound, ReportBeingMade)
  async correct(
    @Who() who: Principal,
    @Id('reportId') reportId: string,
    @Body() body: ReportCorrectionRequest,
  ): Promise<ReportResponse> {
    return ReportResponse.of(await this.reports.correct(who, reportId, body.reason));
  }

  /** Read the document of a version to the letter: its SHA-256 is the `ETag`, and the one in the list of versions. */
  @Get(':reportId/document')
  @Requires('reports.read')
  @ApiOkResponse({ description: 'The document', schema: { type: 'object', additionalProperties: true } })
  @Header('content-type', 'application/json; charset=utf-8')
  @Fails(ReportNotFound, ReportVersionNotFound)
  async document(
    @Who() who: Principal,
    @Id('reportId') reportId: string,
    @Query() { version }: ReportVersionQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const whole = await this.reports.document(who, reportId, version);
    reply.header('etag', `"${whole.version.sha256}"`);
    return whole.text;
  }
}
