import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { mapPage, PageQuery } from '../../../platform/http/pagination.js';
import { Editable, IfMatch, Versioned } from '../../../platform/http/versioning.js';
import { ContractNotFound } from '../../contracts/contracts.errors.js';
import {
  PenaltyNotReckoned,
  PenaltyPersonNeeded,
  PenaltyProposalNotFound,
  PenaltyTransitionRefused,
} from './penalties.errors.js';
import './penalties.permissions.js';
import { PenaltyDecisionRequest, PenaltyProposalPage, PenaltyProposalResponse } from './penalty-proposals.dto.js';
import { PenaltyProposalsService } from './penalty-proposals.service.js';

@Controller('v1')
export class PenaltyProposalsController {
  constructor(private readonly proposals: PenaltyProposalsService) {}

  /** List a contract's proposals of penalties, newest first: against the contractor and against the client. */
  @Get('contracts/:contractId/penalty-proposals')
  @Requires('penalties.read')
  @Fails(ContractNotFound)
  async list(
    @Who() who: Principal,
    @Id('contractId') contractId: string,
    @Query() query: PageQuery,
  ): Promise<PenaltyProposalPage> {
    return mapPage(await this.proposals.list(who, contractId, query), PenaltyProposalResponse.of);
  }

  /** Compute a contract's proposals from what is known now; a worker does so every day. */
  @Put('contracts/:contractId/penalty-review')
  @Requires('penalties.decide')
  @Fails(ContractNotFound)
  async review(@Who() who: Principal, @Id('contractId') contractId: string): Promise<PenaltyProposalPage> {
    return mapPage(await this.proposals.review(who, contractId), PenaltyProposalResponse.of);
  }

  /** Read one proposal with its formula, inputs and doubts. */
  @Get('penalty-proposals/:penaltyProposalId')
  @Requires('penalties.read')
  @Versioned()
  @Fails(PenaltyProposalNotFound)
  async get(@Who() who: Principal, @Id('penaltyProposalId') penaltyProposalId: string): Promise<PenaltyProposalResponse> {
    return PenaltyProposalResponse.of(await this.proposals.get(who, penaltyProposalId));
  }

  /** Charge, waive or contest a proposal; it stays as it was reckoned. */
  @Put('penalty-proposals/:penaltyProposalId/decision')
  @Requires('penalties.decide')
  @Editable()
  @Fails(PenaltyProposalNotFound, PenaltyTransitionRefused, PenaltyNotReckoned, PenaltyPersonNeeded)
  async decide(
    @Who() who: Principal,
    @Id('penaltyProposalId') penaltyProposalId: string,
    @Body() body: PenaltyDecisionRequest,
    @IfMatch() version: number | undefined,
  ): Promise<PenaltyProposalResponse> {
    return PenaltyProposalResponse.of(await this.proposals.decide(who, penaltyProposalId, body, version));
  }
}
