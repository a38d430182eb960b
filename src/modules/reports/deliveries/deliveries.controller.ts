import { Body, Controller, Get, Post } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { ReportNotFound, ReportVersionNotFound } from '../reports.errors.js';
import '../reports.permissions.js';
import { ReportDeliveryList, ReportDeliveryRequest, ReportDeliveryResponse } from './deliveries.dto.js';
import { DeliveriesService } from './deliveries.service.js';

@Controller('v1/reports/:reportId/deliveries')
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  /** E-mail a version to people, with its PDF and a link to its page. The answer comes at once; `state` tells what became of each letter. */
  @Post()
  @Requires('reports.write')
  @Idempotent()
  @Fails(ReportNotFound, ReportVersionNotFound)
  async send(
    @Who() who: Principal,
    @Id('reportId') reportId: string,
    @Body() { recipients, version }: ReportDeliveryRequest,
  ): Promise<ReportDeliveryList> {
    return { data: (await this.deliveries.send(who, reportId, recipients, version)).map(ReportDeliveryResponse.of) };
  }

  /** List the letters of a report, of all its versions. */
  @Get()
  @Requires('reports.read')
  @Fails(ReportNotFound)
  async list(@Who() who: Principal, @Id('reportId') reportId: string): Promise<ReportDeliveryList> {
    return { data: (await this.deliveries.list(who, reportId)).map(ReportDeliveryResponse.of) };
  }
}
