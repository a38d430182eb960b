import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { ScopeTooNarrow } from '../../platform/http/http.errors.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage, PageQuery } from '../../platform/http/pagination.js';
import { Editable, IfMatch, Versioned } from '../../platform/http/versioning.js';
import { ClientNotFound } from '../tenancy/tenancy.errors.js';
import { QuietPeriodNotFound } from './publishing.errors.js';
import './publishing.permissions.js';
import { ChangeQuietPeriodRequest, QuietPeriodPage, QuietPeriodRequest, QuietPeriodResponse } from './quiet-periods.dto.js';
import { QuietPeriodsService } from './quiet-periods.service.js';

@Controller('v1/quiet-periods')
export class QuietPeriodsController {
  constructor(private readonly periods: QuietPeriodsService) {}

  /** Begin a quiet period: mourning, emergency, election silence. Everything that is due while it lasts is held at once. */
  @Post()
  @Requires('quiet-periods.write')
  @Idempotent()
  @Versioned()
  @Fails(ClientNotFound, ScopeTooNarrow)
  async create(@Who() who: Principal, @Body() body: QuietPeriodRequest): Promise<QuietPeriodResponse> {
    return QuietPeriodResponse.of(await this.periods.create(who, QuietPeriodRequest.request(body)));
  }

  /** List quiet periods, newest first. */
  @Get()
  @Requires('quiet-periods.read')
  async list(@Who() who: Principal, @Query() query: PageQuery): Promise<QuietPeriodPage> {
    return mapPage(await this.periods.list(who, query), QuietPeriodResponse.of);
  }

  /** Read one quiet period. */
  @Get(':quietPeriodId')
  @Requires('quiet-periods.read')
  @Versioned()
  @Fails(QuietPeriodNotFound)
  async get(@Who() who: Principal, @Id('quietPeriodId') quietPeriodId: string): Promise<QuietPeriodResponse> {
    return QuietPeriodResponse.of(await this.periods.get(who, quietPeriodId));
  }

  /** Change when a quiet period ends. What it held stays held until somebody releases it. */
  @Patch(':quietPeriodId')
  @Requires('quiet-periods.write')
  @Editable()
  @Fails(QuietPeriodNotFound, ScopeTooNarrow)
  async change(
    @Who() who: Principal,
    @Id('quietPeriodId') quietPeriodId: string,
    @Body() body: ChangeQuietPeriodRequest,
    @IfMatch() version: number | undefined,
  ): Promise<QuietPeriodResponse> {
    return QuietPeriodResponse.of(await this.periods.change(who, quietPeriodId, ChangeQuietPeriodRequest.changes(body), version));
  }
}
