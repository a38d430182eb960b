import { ContractorEntity } from './contractor.entity.js';
import { ClientEntity } from './client.entity.js';
import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { ClientStore } from './client.store.js';
import { ClientsController } from './clients.controller.js';
import { ClientsService } from './clients.service.js';
import { ContractorController } from './contractor.controller.js';
import { ContractorStore } from './contractor.store.js';
import { ContractorsService } from './contractors.service.js';

@Module({
  imports: [AuditModule],
  providers: [ClientsService, ClientStore, ContractorsService, ContractorStore],
  exports: [ClientsService, ContractorsService],
})
export class TenancyModule {
  /** Its tables, for the composition root. */
  static readonly entities = [ContractorEntity, ClientEntity];
}

@Module({ imports: [TenancyModule], controllers: [ClientsController, ContractorController] })
export class TenancyApi {}
