import { ContractEntity, ContractPageEntity } from './contract.entity.js';
import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { ContractStore } from './contract.store.js';
import { ContractsController } from './contracts.controller.js';
import { ContractsService } from './contracts.service.js';

@Module({ imports: [AuditModule, TenancyModule], providers: [ContractsService, ContractStore], exports: [ContractsService] })
export class ContractsModule {
  /** Its tables, for the composition root. */
  static readonly entities = [ContractEntity, ContractPageEntity];
}

@Module({ imports: [ContractsModule], controllers: [ContractsController] })
export class ContractsApi {}
