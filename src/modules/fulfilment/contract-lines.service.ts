import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import { type Agreement, AgreedTerms } from '../contracts/agreed-terms.service.js';
import type { Contract } from '../contracts/contract.js';
import type { ContractVersion } from '../contracts/contract-version.js';
import type { Requirement } from '../contracts/requirement.js';
import { ProductionCalendarsService } from '../contracts/production-calendars.service.js';
import { PagesService } from '../pages/pages.service.js';
import { ClientsService } from '../tenancy/clients.service.js';
import { ExcuseStore } from './excuse.store.js';
import { dayOf } from '../../platform/clock/days.js';
import { linesOf, type PlannedLine } from './measuring/lines.js';
import type { ContractId } from './requirement-period.store.js';

export interface ContractWithLines {
  readonly contract: Contract;
  /** Of a draft none. */
  readonly lines: readonly PlannedLine[];
  /** In the order of the newest version, as it says them; those that an addendum took away come last. */
  readonly requirements: readonly Requirement[];
}

/** The lines of a contract in all of their periods, as its versions and excuses have them. */
@Injectable()
export class ContractLines {
  constructor(
    readonly terms: AgreedTerms,
    private readonly clients: ClientsService,
    private readonly calendars: ProductionCalendarsService,
    private readonly pages: PagesService,
    private readonly excuses: ExcuseStore,
  ) {}

  /** @throws ContractNotFound */
  async read(tx: Tx, { contractorId, contractId: id }: ContractId): Promise<ContractWithLines> {
    return this.lines(tx, contractorId, await this.terms.read(tx, { contractorId, id }));
  }

  /** As `read`; nobody amends or moves the contract until this transaction is over. @throws ContractNotFound */
  async lock(tx: Tx, { contractorId, contractId: id }: ContractId): Promise<ContractWithLines> {
    return this.lines(tx, contractorId, await this.terms.lock(tx, { contractorId, id }));
  }

  private async lines(tx: Tx, contractorId: string, { contract, versions }: Agreement): Promise<ContractWithLines> {
    if (!versions.some(({ clauses }) => clauses.requirements.length > 0)) return { contract, lines: [], requirements: [] };
    const { regionCode } = await this.clients.require(tx, contractorId, contract.clientId);
    const pageIds = [...new Set(versions.flatMap((version) => version.pageIds))];
    const lines = linesOf({
      ...{ versions, lastDay: lastDayOf(contract), timeZone: contract.timeZone },
      workingDays: await this.calendars.workingDays(tx, contractorId, regionCode),
      networks: await this.pages.networksOf(tx, contractorId, pageIds),
      excuses: await this.excuses.standing(tx, contractorId, contract.id),
    });
    return { contract, lines, requirements: newestOf(versions) };
  }
}

function newestOf(versions: readonly ContractVersion[]): Requirement[] {
  const said = new Map<string, Requirement>();
  for (const requirement of versions.toReversed().flatMap(({ clauses }) => clauses.requirements))
    if (!said.has(requirement.code)) said.set(requirement.code, requirement);
  return [...said.values()];
}

/** Of a contract that is, or will be, terminated. */
function lastDayOf({ terminatedAt, terminatesAt, timeZone }: Contract): string | null {
  const end = terminatedAt ?? terminatesAt;
  return end && dayOf(new Date(end.getTime() - 1), timeZone);
}
