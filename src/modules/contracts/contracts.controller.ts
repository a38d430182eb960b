import { Body, Controller, Get, Post, Put, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage } from '../../platform/http/pagination.js';
import { Editable, IfMatch, Versioned } from '../../platform/http/versioning.js';
import { ClientNotFound } from '../tenancy/tenancy.errors.js';
import { ChangeContractRequest, ContractPage, ContractRequest, ContractResponse, ContractsQuery } from './contracts.dto.js';
import { ContractFixed, ContractNotFound, ContractPagesUnknown } from './contracts.errors.js';
import './contracts.permissions.js';
import { ContractsService } from './contracts.service.js';

@Controller('v1/contracts')
export class ContractsController {
  constructor(private readonly contracts: ContractsService) {}

  /** List contracts, newest first. */
  @Get()
  @Requires('contracts.read')
  async list(@Who() who: Principal, @Query() query: ContractsQuery): Promise<ContractPage> {
    return mapPage(await this.contracts.list(who, query.clientId, query), ContractResponse.of);
  }

  /** Record a contract with a client, as a draft. */
  @Post()
  @Requires('contracts.write')
  @Idempotent()
  @Versioned()
  @Fails(ClientNotFound, ContractPagesUnknown)
  async create(@Who() who: Principal, @Body() body: ContractRequest): Promise<ContractResponse> {
    return ContractResponse.of(await this.contracts.create(who, body.clientId, ContractRequest.draft(body)));
  }

  /** Read one contract. */
  @Get(':contractId')
  @Requires('contracts.read')
  @Versioned()
  @Fails(ContractNotFound)
  async get(@Who() who: Principal, @Id('contractId') contractId: string): Promise<ContractResponse> {
    return ContractResponse.of(await this.contracts.get(who, contractId));
  }

  /** Replace the terms of a draft. */
  @Put(':contractId')
  @Requires('contracts.write')
  @Editable()
  @Fails(ContractNotFound, ContractFixed, ContractPagesUnknown)
  async change(
    @Who() who: Principal,
    @Id('contractId') contractId: string,
    @Body() body: ChangeContractRequest,
    @IfMatch() version: number | undefined,
  ): Promise<ContractResponse> {
    return ContractResponse.of(await this.contracts.change(who, contractId, ContractRequest.draft(body), version));
  }
}
