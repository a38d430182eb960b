import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { AddendaController } from './addenda.controller.js';
import { AddendaService } from './addenda.service.js';
import { AgreedTerms } from './agreed-terms.service.js';
import { ArchiveConditions } from './archive-conditions.service.js';
import { CalendarStore } from './calendar.store.js';
import { ContractEntity, ContractPageEntity, ContractVersionEntity, StageEntity } from './contract.entity.js';
import { ContractMovesController } from './contract-moves.controller.js';
import { ContractMovesService } from './contract-moves.service.js';
import { ContractRecords } from './contract-records.service.js';
import { ContractStepsTimer } from './contract-steps.timer.js';
import { ContractVersionStore } from './contract-version.store.js';
import { ContractStore } from './contract.store.js';
import { ContractsController } from './contracts.controller.js';
import { CONTRACTS_EVENTS } from './contracts.events.js';
import { CONTRACTS_DEFINITIONS } from './contracts.jobs.js';
import { ContractsService } from './contracts.service.js';
import { OpenClients } from './open-clients.service.js';
import { ProductionCalendarsController } from './production-calendars.controller.js';
import { ProductionCalendarsService } from './production-calendars.service.js';
import { Parties, SigningService } from './signing.service.js';
import { StagePlanning } from './stage-planning.service.js';
import { StageParts, StageStepsTimer } from './stage-steps.timer.js';
import { StageStore } from './stage.store.js';
import { StagesController } from './stages.controller.js';
import { StagesService } from './stages.service.js';
import { TerminationsService } from './terminations.service.js';

@Module({
  imports: [AuditModule, TenancyModule],
  providers: [
    ...[
      ContractsService,
      ContractRecords,
      ContractStore,
      ContractMovesService,
      TerminationsService,
      ArchiveConditions,
      OpenClients,
    ],
    ...[SigningService, Parties, AddendaService, AgreedTerms, ContractVersionStore],
    ...[StagesService, StagePlanning, StageParts, StageStore],
    ...[ProductionCalendarsService, CalendarStore],
  ],
  exports: [
    ...[ContractsService, ContractRecords, ContractMovesService, TerminationsService, SigningService, AddendaService],
    ...[StagesService, StageParts, ProductionCalendarsService, AgreedTerms, ArchiveConditions, OpenClients],
  ],
})
export class ContractsModule {
  /** Its tables, for the composition root. */
  static readonly entities = [ContractEntity, ContractPageEntity, ContractVersionEntity, StageEntity];
}

@Module({
  imports: [ContractsModule],
  controllers: [ContractsController, ContractMovesController, AddendaController, StagesController, ProductionCalendarsController],
})
export class ContractsApi {}

@Module({ imports: [ContractsModule, AuditModule], providers: [ContractStepsTimer, StageStepsTimer] })
export class ContractsWorker {
  /** What this module's workers handle, for the queue's boot check. */
  static readonly definitions = [...CONTRACTS_DEFINITIONS, ...CONTRACTS_EVENTS];
}
