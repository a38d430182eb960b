import { Controller, Get, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { mapPage } from '../../../platform/http/pagination.js';
import { DeadlinePage, DeadlineResponse, DeadlinesQuery } from './deadlines.dto.js';
import { DeadlineNotFound } from './deadlines.errors.js';
import './deadlines.permissions.js';
import { DeadlinesService } from './deadlines.service.js';

@Controller('v1/deadlines')
export class DeadlinesController {
  constructor(private readonly deadlines: DeadlinesService) {}

  /** List everything that has a date, soonest first: stages, reports, acceptance, payment, securities, ends, secrets of pages. */
  @Get()
  @Requires('deadlines.read')
  async list(@Who() who: Principal, @Query() query: DeadlinesQuery): Promise<DeadlinePage> {
    return mapPage(await this.deadlines.list(who, DeadlinesQuery.filter(query), query), DeadlineResponse.of);
  }

  /** Read one deadline. How it came to its date is in the audit log. */
  @Get(':deadlineId')
  @Requires('deadlines.read')
  @Fails(DeadlineNotFound)
  async get(@Who() who: Principal, @Id('deadlineId') deadlineId: string): Promise<DeadlineResponse> {
    return DeadlineResponse.of(await this.deadlines.get(who, deadlineId));
  }
}
