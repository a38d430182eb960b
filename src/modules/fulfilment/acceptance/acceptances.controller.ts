import { Controller, Get } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { Versioned } from '../../../platform/http/versioning.js';
import { ContractNotFound } from '../../contracts/contracts.errors.js';
import { AcceptanceNotFound, AcceptanceRoundNotFound } from './acceptance.errors.js';
import './acceptance.permissions.js';
import { AcceptanceList, AcceptanceResponse, WholeRoundResponse } from './acceptances.dto.js';
import { AcceptancesService } from './acceptances.service.js';

@Controller('v1')
export class AcceptancesController {
  constructor(private readonly acceptances: AcceptancesService) {}

  /** List the acceptances of a contract's stages in order; a stage has one from when its report is ready. */
  @Get('contracts/:contractId/acceptances')
  @Requires('acceptance.read')
  @Fails(ContractNotFound)
  async list(@Who() who: Principal, @Id('contractId') contractId: string): Promise<AcceptanceList> {
    return { data: (await this.acceptances.list(who, contractId)).map(AcceptanceResponse.of) };
  }

  /** Read one acceptance with its rounds, terms and payments. */
  @Get('acceptances/:acceptanceId')
  @Requires('acceptance.read')
  @Versioned()
  @Fails(AcceptanceNotFound)
  async get(@Who() who: Principal, @Id('acceptanceId') acceptanceId: string): Promise<AcceptanceResponse> {
    return AcceptanceResponse.of(await this.acceptances.get(who, acceptanceId));
  }

  /** Read what was submitted in one round: plan and fact with their evidence, frozen as they were known then. */
  @Get('acceptance-rounds/:acceptanceRoundId')
  @Requires('acceptance.read')
  @Fails(AcceptanceRoundNotFound)
  async round(@Who() who: Principal, @Id('acceptanceRoundId') acceptanceRoundId: string): Promise<WholeRoundResponse> {
    return WholeRoundResponse.whole(await this.acceptances.round(who, acceptanceRoundId));
  }
}
