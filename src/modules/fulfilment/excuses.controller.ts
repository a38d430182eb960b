import { Body, Controller, Get, Post, Put, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage, PageQuery } from '../../platform/http/pagination.js';
import { ContractNotFound } from '../contracts/contracts.errors.js';
import { ExcusePage, ExcuseRequest, ExcuseResponse, ExcuseWithdrawalRequest } from './excuses.dto.js';
import { ExcusesService } from './excuses.service.js';
import { ExcuseNotFound, ExcuseWithdrawn, NothingOwed } from './fulfilment.errors.js';
import './fulfilment.permissions.js';

@Controller('v1')
export class ExcusesController {
  constructor(private readonly excuses: ExcusesService) {}

  /** Record that somebody else is to blame for days, with proof: what is missing because of them is excused, not missed. */
  @Post('contracts/:contractId/excuses')
  @Requires('excuses.write')
  @Idempotent()
  @Fails(ContractNotFound, NothingOwed)
  async record(
    @Who() who: Principal,
    @Id('contractId') contractId: string,
    @Body() body: ExcuseRequest,
  ): Promise<ExcuseResponse> {
    return ExcuseResponse.of(await this.excuses.record(who, contractId, ExcuseRequest.draft(body)));
  }

  /** List a contract's excuses, newest first; withdrawn ones too. */
  @Get('contracts/:contractId/excuses')
  @Requires('fulfilment.read')
  @Fails(ContractNotFound)
  async list(@Who() who: Principal, @Id('contractId') contractId: string, @Query() query: PageQuery): Promise<ExcusePage> {
    return mapPage(await this.excuses.list(who, contractId, query), ExcuseResponse.of);
  }

  /** Read one excuse. */
  @Get('excuses/:excuseId')
  @Requires('fulfilment.read')
  @Fails(ExcuseNotFound)
  async get(@Who() who: Principal, @Id('excuseId') excuseId: string): Promise<ExcuseResponse> {
    return ExcuseResponse.of(await this.excuses.get(who, excuseId));
  }

  /** Withdraw an excuse: it does not count any more, and stays readable. */
  @Put('excuses/:excuseId/withdrawal')
  @Requires('excuses.write')
  @Fails(ExcuseNotFound, ExcuseWithdrawn)
  async withdraw(
    @Who() who: Principal,
    @Id('excuseId') excuseId: string,
    @Body() body: ExcuseWithdrawalRequest,
  ): Promise<ExcuseResponse> {
    return ExcuseResponse.of(await this.excuses.withdraw(who, excuseId, body.reason));
  }
}
