import { Module } from '@nestjs/common';
import { ContractsModule } from '../../contracts/contracts.module.js';
import { TenancyModule } from '../../tenancy/tenancy.module.js';
import { AcceptanceModule } from '../acceptance/acceptance.module.js';
import { DeadlinesModule } from '../deadlines/deadlines.module.js';
import { FulfilmentModule } from '../fulfilment.module.js';
import { PortfolioController } from './portfolio.controller.js';
import { PortfolioService, PortfolioSources } from './portfolio.service.js';

@Module({
  imports: [FulfilmentModule, ContractsModule, TenancyModule, AcceptanceModule, DeadlinesModule],
  controllers: [PortfolioController],
  providers: [PortfolioService, PortfolioSources],
})
export class PortfolioApi {}
