import { Controller, Get } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { ContractNotFound } from './contracts.errors.js';
import './contracts.permissions.js';
import { StageList, StageResponse } from './stages.dto.js';
import { StagesService } from './stages.service.js';

@Controller('v1/contracts/:contractId/stages')
export class StagesController {
  constructor(private readonly stages: StagesService) {}

  /** List a contract's stages in order; of a draft, as its plan would make them. */
  @Get()
  @Requires('contracts.read')
  @Fails(ContractNotFound)
  async list(@Who() who: Principal, @Id('contractId') contractId: string): Promise<StageList> {
    return { data: (await this.stages.list(who, contractId)).map(StageResponse.of) };
  }
}
