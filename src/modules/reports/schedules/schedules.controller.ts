import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { mapPage } from '../../../platform/http/pagination.js';
import { Editable, IfMatch, Versioned } from '../../../platform/http/versioning.js';
import { ContractNotFound } from '../../contracts/contracts.errors.js';
import { ClientNotFound } from '../../tenancy/tenancy.errors.js';
import { ReportScheduleExists, ReportScheduleNotFound } from '../reports.errors.js';
import '../reports.permissions.js';
import {
  ReportScheduleChange,
  ReportSchedulePage,
  ReportScheduleRequest,
  ReportScheduleResponse,
  ReportSchedulesQuery,
} from './schedules.dto.js';
import { ReportSchedulesService } from './schedules.service.js';

@Controller('v1/report-schedules')
export class ReportSchedulesController {
  constructor(private readonly schedules: ReportSchedulesService) {}

  /** Have reports of a client made by themselves and e-mailed, from the period on that runs now; each period once. */
  @Post()
  @Requires('reports.write')
  @Idempotent()
  @Fails(ClientNotFound, ContractNotFound, ReportScheduleExists)
  async create(@Who() who: Principal, @Body() body: ReportScheduleRequest): Promise<ReportScheduleResponse> {
    return ReportScheduleResponse.of(await this.schedules.create(who, ReportScheduleRequest.draft(body)));
  }

  /** List schedules, newest first: of all clients, or of one. */
  @Get()
  @Requires('reports.read')
  async list(@Who() who: Principal, @Query() query: ReportSchedulesQuery): Promise<ReportSchedulePage> {
    return mapPage(await this.schedules.list(who, query.clientId, query), ReportScheduleResponse.of);
  }

  /** Read one schedule. */
  @Get(':reportScheduleId')
  @Requires('reports.read')
  @Versioned()
  @Fails(ReportScheduleNotFound)
  async get(@Who() who: Principal, @Id('reportScheduleId') id: string): Promise<ReportScheduleResponse> {
    return ReportScheduleResponse.of(await this.schedules.get(who, id));
  }

  /**
   * Change on which working day reports are made, or who gets them, from the next one on. A rhythm or contract is not changed: remove
   * the schedule and make another.
   */
  @Patch(':reportScheduleId')
  @Requires('reports.write')
  @Editable()
  @Fails(ReportScheduleNotFound)
  async change(
    @Who() who: Principal,
    @Id('reportScheduleId') id: string,
    @Body() changes: ReportScheduleChange,
    @IfMatch() version: number | undefined,
  ): Promise<ReportScheduleResponse> {
    return ReportScheduleResponse.of(await this.schedules.change(who, id, changes, version));
  }

  /** Remove a schedule: what was made by it stays. */
  @Delete(':reportScheduleId')
  @Requires('reports.write')
  @HttpCode(204)
  @Fails(ReportScheduleNotFound)
  async remove(@Who() who: Principal, @Id('reportScheduleId') id: string): Promise<void> {
    await this.schedules.remove(who, id);
  }
}
