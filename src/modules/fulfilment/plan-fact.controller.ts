import { Controller, Get, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { ContractNotFound } from '../contracts/contracts.errors.js';
import { RequirementPeriodNotFound } from './fulfilment.errors.js';
import './fulfilment.permissions.js';
import {
  ExplainedPeriodResponse,
  PlanFactResponse,
  RequirementPeriodList,
  RequirementPeriodResponse,
  RequirementPeriodsQuery,
} from './plan-fact.dto.js';
import { PlanFactService } from './plan-fact.service.js';

@Controller('v1')
export class PlanFactController {
  constructor(private readonly planFact: PlanFactService) {}

  /** Read what a contract owes and what came of it: in all, by requirement, and by stage. */
  @Get('contracts/:contractId/plan-fact')
  @Requires('fulfilment.read')
  @Fails(ContractNotFound)
  async read(@Who() who: Principal, @Id('contractId') contractId: string): Promise<PlanFactResponse> {
    return PlanFactResponse.of(await this.planFact.read(who, contractId));
  }

  /** List periods of requirements in order of time: of one requirement, of one day, or of today. */
  @Get('contracts/:contractId/requirement-periods')
  @Requires('fulfilment.read')
  @Fails(ContractNotFound)
  async list(
    @Who() who: Principal,
    @Id('contractId') contractId: string,
    @Query() query: RequirementPeriodsQuery,
  ): Promise<RequirementPeriodList> {
    return { data: (await this.planFact.list(who, contractId, query)).map(RequirementPeriodResponse.of) };
  }

  /** Read one period of a requirement with its evidence: what counts, and what does not and why. */
  @Get('requirement-periods/:requirementPeriodId')
  @Requires('fulfilment.read')
  @Fails(RequirementPeriodNotFound)
  async explain(@Who() who: Principal, @Id('requirementPeriodId') requirementPeriodId: string): Promise<ExplainedPeriodResponse> {
    return ExplainedPeriodResponse.explained(await this.planFact.explain(who, requirementPeriodId));
  }
}
