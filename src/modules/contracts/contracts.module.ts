import { ContractEntity, ContractPageEntity } from './contract.entity.js';
import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { CalendarStore } from './calendar.store.js';
import { ContractStore } from './contract.store.js';
import { ContractsController } from './contracts.controller.js';
import { ContractsService } from './contracts.service.js';
import { ProductionCalendarsController } from './production-calendars.controller.js';
import { ProductionCalendarsService } from './production-calendars.service.js';

@Module({
  imports: [AuditModule, TenancyModule],
  providers: [ContractsService, ContractStore, ProductionCalendarsService, CalendarStore],
  exports: [ContractsService, ProductionCalendarsService],
})
export class ContractsModule {
  /** Its tables, for the composition root. */
  static readonly entities = [ContractEntity, ContractPageEntity];
}

@Module({ imports: [ContractsModule], controllers: [ContractsController, ProductionCalendarsController] })
export class ContractsApi {}
