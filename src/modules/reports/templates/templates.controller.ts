import { Body, Controller, Get, Header, HttpCode, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { Editable, IfMatch, Versioned } from '../../../platform/http/versioning.js';
import { ObjectNotFound } from '../../../platform/storage/storage.errors.js';
import { MediaNotFound } from '../../content/content.errors.js';
import { ClientNotFound } from '../../tenancy/tenancy.errors.js';
import { ReportVersionNotFound } from '../reports.errors.js';
import '../reports.permissions.js';
import { ReportTemplateRequest, ReportTemplateResponse } from './templates.dto.js';
import { ReportTemplatesService } from './templates.service.js';

@Controller('v1')
export class ReportTemplatesController {
  constructor(private readonly templates: ReportTemplatesService) {}

  /** Read how a client's reports look. */
  @Get('clients/:clientId/report-template')
  @Requires('reports.read')
  @Versioned()
  @Fails(ClientNotFound)
  async get(@Who() who: Principal, @Id('clientId') clientId: string): Promise<ReportTemplateResponse> {
    return ReportTemplateResponse.of(await this.templates.get(who, clientId));
  }

  /** Change how a client's reports look from now on. Versions of reports that are frozen keep their look. */
  @Put('clients/:clientId/report-template')
  @Requires('reports.write')
  @Editable()
  @Fails(ClientNotFound, MediaNotFound, ObjectNotFound)
  async change(
    @Who() who: Principal,
    @Id('clientId') clientId: string,
    @Body() body: ReportTemplateRequest,
    @IfMatch() version: number | undefined,
  ): Promise<ReportTemplateResponse> {
    return ReportTemplateResponse.of(await this.templates.change(who, clientId, ReportTemplateRequest.draft(body), version));
  }

  /** See the page of a report as it would be with another look; nothing is kept. */
  @Post('reports/:reportId/previews')
  @Requires('reports.read')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string', example: '<!doctype html>' } })
  @Fails(ReportVersionNotFound, MediaNotFound, ObjectNotFound)
  preview(@Who() who: Principal, @Id('reportId') reportId: string, @Body() body: ReportTemplateRequest): Promise<string> {
    return this.templates.preview(who, reportId, ReportTemplateRequest.draft(body));
  }
}
