import { Controller, Get, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { mapPage } from '../../../platform/http/pagination.js';
import { ClientNotFound } from '../../tenancy/tenancy.errors.js';
import {
  PortfolioContractPage,
  PortfolioContractResponse,
  PortfolioContractsQuery,
  PortfolioQuery,
  PortfolioResponse,
} from './portfolio.dto.js';
import './portfolio.permissions.js';
import { PortfolioService } from './portfolio.service.js';

@Controller('v1/portfolio')
export class PortfolioController {
  constructor(private readonly portfolio: PortfolioService) {}

  /** Read where the money of all contracts is, what of it is at risk, and who is late. */
  @Get()
  @Requires('portfolio.read')
  @Fails(ClientNotFound)
  async totals(@Who() who: Principal, @Query() { clientId }: PortfolioQuery): Promise<PortfolioResponse> {
    return PortfolioResponse.of(await this.portfolio.totals(who, clientId));
  }

  /** The same for each contract, newest first. */
  @Get('contracts')
  @Requires('portfolio.read')
  async list(@Who() who: Principal, @Query() query: PortfolioContractsQuery): Promise<PortfolioContractPage> {
    return mapPage(await this.portfolio.list(who, query.clientId, query), PortfolioContractResponse.of);
  }
}
