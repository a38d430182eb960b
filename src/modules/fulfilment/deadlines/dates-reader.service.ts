import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import { ProductionCalendarsService } from '../../contracts/production-calendars.service.js';
import type { WorkingDays } from '../../contracts/working-days.js';
import { PagesService } from '../../pages/pages.service.js';
import { ClientsService } from '../../tenancy/clients.service.js';
import { ContractLines } from '../contract-lines.service.js';
import { RequirementPeriodStore } from '../requirement-period.store.js';
import { AcceptanceDates } from '../acceptance/acceptance-dates.service.js';
import { contractDeadlines } from './contract-deadlines.js';
import type { PlannedDeadline } from './deadline.js';
import { pageDeadlines } from './page-deadlines.js';
import { requirementDeadlines } from './requirement-deadlines.js';

/** What a source says of dates now. */
export interface SaidDates {
  readonly clientId: string;
  readonly timeZone: string;
  readonly planned: readonly PlannedDeadline[];
}

/** Beside the contract itself, what its dates are made of. */
@Injectable()
export class DateSources {
  constructor(
    readonly acceptance: AcceptanceDates,
    readonly periods: RequirementPeriodStore,
    readonly calendars: ProductionCalendarsService,
    readonly clients: ClientsService,
    readonly pages: PagesService,
  ) {}
}

/** Reads dates from those who own them. */
@Injectable()
export class DatesReader {
  constructor(
    private readonly lines: ContractLines,
    private readonly sources: DateSources,
  ) {}

  /** @throws ContractNotFound */
  async ofContract(tx: Tx, contractorId: string, contractId: string): Promise<SaidDates> {
    const { acceptance, periods } = this.sources;
    const { contract, lines } = await this.lines.read(tx, { contractorId, contractId });
    const handed = lines.some(({ requirement: { kind } }) => kind === 'report' || kind === 'contentPlan');
    const rows = handed ? await periods.list(tx, { contractorId, contractId }) : [];
    const states = new Map(rows.map(({ startsOn, requirement, state }) => [`${startsOn} ${requirement}`, state]));
    const planned = contractDeadlines({
      contract,
      stages: await this.lines.terms.stages(tx, { contractorId, id: contractId }),
      acceptance: await acceptance.datesOf(tx, { contractorId, contractId }),
      workingDays: lines[0]?.workingDays ?? (await this.workingDays(tx, contractorId, contract.clientId)),
    });
    const { clientId, timeZone } = contract;
    return { clientId, timeZone, planned: [...planned, ...requirementDeadlines(contract, lines, states)] };
  }

  /** @throws PageNotFound */
  async ofPage(tx: Tx, contractorId: string, pageId: string): Promise<SaidDates> {
    const { page, credentialsExpireAt } = await this.sources.pages.reportOf(tx, contractorId, pageId);
    const { timeZone } = await this.sources.clients.require(tx, contractorId, page.clientId);
    return { clientId: page.clientId, timeZone, planned: pageDeadlines({ ...page, credentialsExpireAt, timeZone }) };
  }

  private async workingDays(tx: Tx, contractorId: string, clientId: string): Promise<WorkingDays> {
    const { regionCode } = await this.sources.clients.require(tx, contractorId, clientId);
    return this.sources.calendars.workingDays(tx, contractorId, regionCode);
  }

  /** By the database's clock. */
  now(tx: Tx): Promise<Date> {
    return this.lines.terms.now(tx);
  }
}
