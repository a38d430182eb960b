import { Body, Controller, Get, Patch } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Editable, IfMatch, Versioned } from '../../platform/http/versioning.js';
import { ContractorsService } from './contractors.service.js';
import { ChangeContractorRequest, ContractorResponse } from './tenancy.dto.js';
import './tenancy.permissions.js';

@Controller('v1/contractor')
export class ContractorController {
  constructor(private readonly contractors: ContractorsService) {}

  /** Read the contractor of the caller. */
  @Get()
  @Requires('contractor.read')
  @Versioned()
  async get(@Who() who: Principal): Promise<ContractorResponse> {
    return ContractorResponse.of(await this.contractors.get(who));
  }

  /** Change the contractor's name, requisites or zone. */
  @Patch()
  @Requires('contractor.write')
  @Editable()
  async change(
    @Who() who: Principal,
    @Body() body: ChangeContractorRequest,
    @IfMatch() version: number | undefined,
  ): Promise<ContractorResponse> {
    return ContractorResponse.of(await this.contractors.change(who, body, version));
  }
}
