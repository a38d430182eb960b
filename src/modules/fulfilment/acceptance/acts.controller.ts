import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { AcceptanceNotFound, ActNotFound } from './acceptance.errors.js';
import './acceptance.permissions.js';
import { ActCorrectionRequest, ActQuery, ActResponse } from './acts.dto.js';
import { ActsService } from './acts.service.js';

@Controller('v1/acceptances/:acceptanceId')
export class ActsController {
  constructor(private readonly acts: ActsService) {}

  /** Read the act of what was accepted: the newest version, or an earlier one. */
  @Get('act')
  @Requires('acceptance.read')
  @Fails(AcceptanceNotFound, ActNotFound)
  async get(@Who() who: Principal, @Id('acceptanceId') acceptanceId: string, @Query() query: ActQuery): Promise<ActResponse> {
    return ActResponse.of(await this.acts.get(who, acceptanceId, query.version));
  }

  /** Correct an act: another version under the same number, from what is agreed now. The one before stays readable. */
  @Post('act-versions')
  @Requires('acceptance.write')
  @Idempotent()
  @Fails(AcceptanceNotFound, ActNotFound)
  async correct(
    @Who() who: Principal,
    @Id('acceptanceId') acceptanceId: string,
    @Body() body: ActCorrectionRequest,
  ): Promise<ActResponse> {
    return ActResponse.of(await this.acts.correct(who, acceptanceId, body.reason));
  }
}
