import { IsIn, IsInt, IsOptional, IsUUID } from 'class-validator';
import { defineEvent } from '../../platform/queue/job.js';
import { REGION_CODES, type RegionCode } from '../tenancy/regions.js';
import { CONTRACT_STATUSES, type ContractStatus } from './contract-status.js';
import { STAGE_STATES, type StageState } from './stage.js';

/** A contract came into a status: by a person, or because its time had come. */
export class ContractMoved {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() contractId: string;
  @IsIn(CONTRACT_STATUSES) status: ContractStatus;
}

/** Price, days, pages or clauses of a signed contract are others from now on. */
export class ContractAmended {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() contractId: string;
}

/** A stage opened, closed, or is frozen. */
export class StageMoved {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() contractId: string;
  @IsUUID() stageId: string;
  @IsIn(STAGE_STATES) state: StageState;
}

/** A year counts differently from now on, in the country or in a region: terms in working days are to be computed anew. */
export class ProductionCalendarLoaded {
  @IsUUID() contractorId: string;
  @IsUUID() calendarId: string;
  @IsInt() year: number;
  /** Null: the whole country. */
  @IsOptional() @IsIn(REGION_CODES) regionCode: RegionCode | null;
}

export const contractMoved = defineEvent({ name: 'contract.moved', payload: ContractMoved });
export const contractAmended = defineEvent({ name: 'contract.amended', payload: ContractAmended });
export const stageMoved = defineEvent({ name: 'contract.stageMoved', payload: StageMoved });
export const productionCalendarLoaded = defineEvent({ name: 'productionCalendar.loaded', payload: ProductionCalendarLoaded });

/** What this module tells the modules above. */
export const CONTRACTS_EVENTS = [contractMoved, contractAmended, stageMoved, productionCalendarLoaded];
