import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid, VersionStale } from '../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import { ClientsService } from '../tenancy/clients.service.js';
import { clauseProblems } from './clauses.js';
import { type Contract, type ContractTerms, period } from './contract.js';
import { ContractRecords } from './contract-records.service.js';
import type { ContractStatus } from './contract-status.js';
import { ContractFixed } from './contracts.errors.js';
import { unknownPages } from './unknown-pages.js';

/** What is being reviewed is not edited under the reviewer's eyes: it is returned first. */
const EDITABLE: readonly ContractStatus[] = ['draft'];

/** Contracts with clients. A contract in force that covers a page is the right to publish on it. */
@Injectable()
export class ContractsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly records: ContractRecords,
    private readonly clients: ClientsService,
    private readonly ids: Ids,
  ) {}

  /** Records a draft. @throws RequestInvalid naming what contradicts itself, ClientNotFound, ContractPagesUnknown */
  create(who: Principal, clientId: string, terms: ContractTerms): Promise<Contract> {
    const { contractorId } = who;
    checkDays(terms);
    return this.work
      .forTenant(who.scope, async (tx) => {
        const client = await this.clients.require(tx, contractorId, clientId);
        checkClauses(terms, client);
        const key = { contractorId, id: this.ids.next(), clientId };
        await this.records.contracts.insert(tx, {
          ...key,
          ...terms,
          timeZone: client.timeZone,
          ...period(terms, client.timeZone),
        });
        await this.coverDraft(tx, key, terms, client.timeZone);
        return this.records.drafted(tx, who, key.id, 'contract.created');
      })
      .catch(unknownPages);
  }

  list(who: Principal, clientId: string | undefined, query: PageQuery): Promise<Page<Contract>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) =>
      toPage(await this.records.contracts.list(tx, who.contractorId, clientId, start), start, (row) => row),
    );
  }

  get(who: Principal, id: string): Promise<Contract> {
    return this.work.reading(who.scope, (tx) => this.records.require(tx, { contractorId: who.contractorId, id }));
  }

  /** Replaces the terms of a draft. @throws ContractFixed once it is reviewed or signed, VersionStale, ContractPagesUnknown */
  change(who: Principal, id: string, terms: ContractTerms, version?: number): Promise<Contract> {
    const { contractorId } = who;
    checkDays(terms);
    return this.work
      .forTenant(who.scope, async (tx) => {
        const before = await this.records.require(tx, { contractorId, id });
        checkClauses(terms, await this.clients.require(tx, contractorId, before.clientId));
        const changes = { ...terms, pageIds: [...terms.pageIds], ...period(terms, before.timeZone) };
        const changed = await this.records.contracts.update(tx, { contractorId, id }, { from: EDITABLE, changes }, version);
        if (!changed) throw before.status === 'draft' ? new VersionStale() : new ContractFixed();
        await this.coverDraft(tx, { contractorId, id, clientId: before.clientId }, terms, before.timeZone);
        return this.records.drafted(tx, who, id, 'contract.changed');
      })
      .catch(unknownPages);
  }

  /** For publishing: whether an active contract covers the page at that instant. The claim asks again when it is due. */
  coversAt(tx: Tx, contractorId: string, pageId: string, at: Date): Promise<boolean> {
    return this.records.contracts.coversAt(tx, contractorId, pageId, at);
  }

  /** A draft covers nothing yet; its rows keep other clients' pages out of it. */
  private coverDraft(
    tx: Tx,
    key: { contractorId: string; id: string; clientId: string },
    terms: ContractTerms,
    timeZone: string,
  ): Promise<void> {
    const { startsAt: from, endsAt: until } = period(terms, timeZone);
    return this.records.contracts.setCoverage(
      tx,
      key,
      terms.pageIds.map((pageId) => ({ pageId, from, until })),
    );
  }
}

function checkDays({ startsOn, endsOn }: ContractTerms): void {
  if (startsOn > endsOn)
    throw new RequestInvalid({ fields: [{ field: 'endsOn', reason: 'endsOn must not be before startsOn' }] });
}

function checkClauses({ kind, clauses }: ContractTerms, client: { inn: string; kpp: string }): void {
  const problems = clauseProblems(kind, clauses, client);
  if (problems.length > 0) throw new RequestInvalid({ fields: problems });
}
