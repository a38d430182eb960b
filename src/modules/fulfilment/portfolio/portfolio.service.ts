import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../../platform/http/pagination.js';
import { AgreedTerms } from '../../contracts/agreed-terms.service.js';
import type { Contract } from '../../contracts/contract.js';
import { ClientsService } from '../../tenancy/clients.service.js';
import { AcceptanceMoney } from '../acceptance/acceptance-money.service.js';
import { DeadlineStore } from '../deadlines/deadline.store.js';
import { totalsOf } from '../measuring/totals.js';
import { RequirementPeriodStore } from '../requirement-period.store.js';
import { moneyOf, type PortfolioLine, type PortfolioTotals, totalsOfLines } from './portfolio.js';

/** Whose numbers a portfolio is made of. */
@Injectable()
export class PortfolioSources {
  constructor(
    readonly terms: AgreedTerms,
    readonly periods: RequirementPeriodStore,
    readonly money: AcceptanceMoney,
    readonly deadlines: DeadlineStore,
    readonly clients: ClientsService,
  ) {}
}

/** The director's view: all contracts that were signed and are not put away. Each source is asked once, however many there are. */
@Injectable()
export class PortfolioService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sources: PortfolioSources,
  ) {}

  /** @throws ClientNotFound */
  totals(who: Principal, clientId: string | undefined): Promise<PortfolioTotals> {
    return this.work.reading(who.scope, async (tx) => {
      if (clientId !== undefined) await this.sources.clients.require(tx, who.contractorId, clientId);
      const contracts = await this.sources.terms.signed(tx, who.contractorId, { clientId });
      return totalsOfLines(await this.lines(tx, who.contractorId, contracts));
    });
  }

  /** Newest first. */
  list(who: Principal, clientId: string | undefined, query: PageQuery): Promise<Page<PortfolioLine>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) => {
      const contracts = toPage(
        await this.sources.terms.signed(tx, who.contractorId, { clientId, start }),
        start,
        (contract) => contract,
      );
      return { ...contracts, data: await this.lines(tx, who.contractorId, contracts.data) };
    });
  }

  private async lines(tx: Tx, contractorId: string, contracts: readonly Contract[]): Promise<PortfolioLine[]> {
    const ids = contracts.map(({ id }) => id);
    const { terms, periods, money, deadlines } = this.sources;
    const stages = grouped(await terms.stagesOf(tx, contractorId, ids));
    const owed = new Map(
      (await periods.totalsOf(tx, contractorId, ids)).map(({ contractId, ...totals }) => [contractId, totals]),
    );
    const troubles = grouped(await periods.troublesOf(tx, contractorId, ids));
    const late = grouped(await deadlines.lateOf(tx, contractorId, ids));
    const moved = await money.ofContracts(tx, contractorId, ids);
    const accepted = await money.acceptedStages(tx, contractorId, ids);
    return contracts.map((contract) => {
      const { id: contractId, clientId, number, status, startsOn, endsOn, priceKopecks } = contract;
      const worth = (stages.get(contractId) ?? []).map((stage) => ({ ...stage, isAccepted: accepted.has(stage.id) }));
      return {
        ...{
          contractId,
          clientId,
          number,
          status,
          startsOn,
          endsOn,
          priceKopecks,
          deliverables: owed.get(contractId) ?? totalsOf([]),
        },
        money: moneyOf(worth, moved.get(contractId)!, troubles.get(contractId) ?? []),
        late: (late.get(contractId) ?? []).map(({ waitingFor, count, since }) => ({ waitingFor, count, since })),
      };
    });
  }
}

function grouped<T extends { readonly contractId: string }>(rows: readonly T[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.contractId);
    if (group) group.push(row);
    else groups.set(row.contractId, [row]);
  }
  return groups;
}
