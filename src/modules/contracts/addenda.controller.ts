import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { AddendumRequest, ContractVersionList, ContractVersionResponse, TermsQuery } from './addenda.dto.js';
import { AddendaService } from './addenda.service.js';
import {
  AddendumRefused,
  ContractNotBinding,
  ContractNotFound,
  ContractPagesUnknown,
  ContractVersionNotFound,
} from './contracts.errors.js';
import './contracts.permissions.js';

@Controller('v1/contracts/:contractId')
export class AddendaController {
  constructor(private readonly addenda: AddendaService) {}

  /** Record an addendum: the contract's next version. What is over stays as it was, what is ahead follows it. */
  @Post('addenda')
  @Requires('contracts.write')
  @Idempotent()
  @Fails(ContractNotFound, ContractNotBinding, AddendumRefused, ContractPagesUnknown)
  async add(
    @Who() who: Principal,
    @Id('contractId') contractId: string,
    @Body() body: AddendumRequest,
  ): Promise<ContractVersionResponse> {
    return ContractVersionResponse.of(await this.addenda.add(who, contractId, AddendumRequest.addendum(body)));
  }

  /** List the versions of a contract, oldest first; a draft has none. */
  @Get('versions')
  @Requires('contracts.read')
  @Fails(ContractNotFound)
  async list(@Who() who: Principal, @Id('contractId') contractId: string): Promise<ContractVersionList> {
    return { data: (await this.addenda.list(who, contractId)).map(ContractVersionResponse.of) };
  }

  /** Read what holds on a day, as it was known at an instant: the same question has the same answer for ever. */
  @Get('terms')
  @Requires('contracts.read')
  @Fails(ContractNotFound, ContractVersionNotFound)
  async terms(
    @Who() who: Principal,
    @Id('contractId') contractId: string,
    @Query() query: TermsQuery,
  ): Promise<ContractVersionResponse> {
    return ContractVersionResponse.of(await this.addenda.asOf(who, contractId, TermsQuery.asOf(query)));
  }
}
