import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Forbidden } from '../../../platform/http/http.errors.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { mapPage, PageQuery } from '../../../platform/http/pagination.js';
import '../exports.permissions.js';
import { ExportJobPage, ExportJobRequest, ExportJobResponse } from './export-jobs.dto.js';
import { ExportJobEnded, ExportJobNotFound, TooManyExportJobs } from './export-jobs.errors.js';
import { ExportOrders } from './export-orders.service.js';

@Controller('v1/export-jobs')
export class ExportJobsController {
  constructor(private readonly orders: ExportOrders) {}

  /** Order a file of whole lists. The answer comes at once; a worker writes it, and `state` says when it is ready. */
  @Post()
  @HttpCode(202)
  @Requires('exports.read')
  @Idempotent()
  @Fails(Forbidden, TooManyExportJobs)
  async order(@Who() who: Principal, @Body() body: ExportJobRequest): Promise<ExportJobResponse> {
    return ExportJobResponse.of(await this.orders.order(who, ExportJobRequest.order(body)));
  }

  /** List ordered files, newest first: yours, and those of others that you might order yourself. */
  @Get()
  @Requires('exports.read')
  async list(@Who() who: Principal, @Query() query: PageQuery): Promise<ExportJobPage> {
    return mapPage(await this.orders.list(who, query), ExportJobResponse.of);
  }

  /** Read how far a file is. */
  @Get(':exportJobId')
  @Requires('exports.read')
  @Fails(ExportJobNotFound)
  async get(@Who() who: Principal, @Id('exportJobId') exportJobId: string): Promise<ExportJobResponse> {
    return ExportJobResponse.of(await this.orders.get(who, exportJobId));
  }

  /** Cancel a file that is not written yet; what was read for it is removed. */
  @Put(':exportJobId/cancellation')
  @Requires('exports.read')
  @Fails(ExportJobNotFound, ExportJobEnded)
  async cancel(@Who() who: Principal, @Id('exportJobId') exportJobId: string): Promise<ExportJobResponse> {
    return ExportJobResponse.of(await this.orders.cancel(who, exportJobId));
  }
}
