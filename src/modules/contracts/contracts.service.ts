import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid, VersionStale } from '../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import { AuditService } from '../audit/audit.service.js';
import { ClientsService } from '../tenancy/clients.service.js';
import { type Contract, type ContractTerms, period, transitionsFrom } from './contract.js';
import { ContractStore } from './contract.store.js';
import {
  ContractCoversNothing,
  ContractFixed,
  ContractNotFound,
  ContractPagesUnknown,
  ContractTransitionRefused,
} from './contracts.errors.js';

export interface ContractDraft extends ContractTerms {
  readonly pageIds: readonly string[];
}

const FOREIGN_KEY_VIOLATION = '23503';

/** Contracts with clients. A contract in force that covers a page is the right to publish on it. */
@Injectable()
export class ContractsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly contracts: ContractStore,
    private readonly clients: ClientsService,
    private readonly audit: AuditService,
    private readonly ids: Ids,
  ) {}

  /** Records a draft. @throws ClientNotFound, ContractPagesUnknown */
  create(who: Principal, clientId: string, { pageIds, ...terms }: ContractDraft): Promise<Contract> {
    checkDays(terms);
    return this.work
      .forTenant(who.scope, async (tx) => {
        const { timeZone } = await this.clients.require(tx, who.contractorId, clientId);
        const id = this.ids.next();
        const row = { contractorId: who.contractorId, id, clientId, ...terms, timeZone, ...period(terms, timeZone) };
        await this.contracts.insert(tx, row, pageIds);
        await this.record(tx, who, 'contract.created', { id, clientId, number: terms.number });
        return this.require(tx, who.contractorId, id);
      })
      .catch(unknownPages);
  }

  list(who: Principal, clientId: string | undefined, query: PageQuery): Promise<Page<Contract>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) =>
      toPage(await this.contracts.list(tx, who.contractorId, clientId, start), start, (row) => row),
    );
  }

  get(who: Principal, id: string): Promise<Contract> {
    return this.work.reading(who.scope, (tx) => this.require(tx, who.contractorId, id));
  }

  /** Replaces the terms and pages of a draft. @throws ContractFixed once it is signed, VersionStale, ContractPagesUnknown */
  change(who: Principal, id: string, { pageIds, ...terms }: ContractDraft, version?: number): Promise<Contract> {
    checkDays(terms);
    return this.work
      .forTenant(who.scope, async (tx) => {
        const before = await this.require(tx, who.contractorId, id);
        const key = { contractorId: who.contractorId, id, status: 'draft' as const };
        const changed = await this.contracts.update(tx, key, { ...terms, ...period(terms, before.timeZone) }, version);
        if (!changed) throw before.status === 'draft' ? new VersionStale() : new ContractFixed();
        await this.contracts.setPages(tx, { contractorId: who.contractorId, id, clientId: before.clientId }, pageIds);
        await this.record(tx, who, 'contract.changed', { ...before, number: terms.number });
        return this.require(tx, who.contractorId, id);
      })
      .catch(unknownPages);
  }

  /** @param signedOn the day of the last signature, `YYYY-MM-DD`. @throws ContractCoversNothing, ContractTransitionRefused */
  sign(who: Principal, id: string, signedOn: string): Promise<Contract> {
    return this.move(who, { id, action: 'contract.signed' }, async (tx, before) => {
      if (before.status === 'draft' && before.pageIds.length === 0) throw new ContractCoversNothing();
      return this.contracts.update(tx, { contractorId: who.contractorId, id, status: 'draft' }, { status: 'signed', signedOn });
    });
  }

  /** From now on it lets publications out, within its days. @throws ContractTransitionRefused */
  activate(who: Principal, id: string): Promise<Contract> {
    return this.move(who, { id, action: 'contract.activated' }, (tx) =>
      this.contracts.update(tx, { contractorId: who.contractorId, id, status: 'signed' }, { status: 'active' }),
    );
  }

  /** From this instant on nothing goes out under it. @throws ContractTransitionRefused */
  terminate(who: Principal, id: string, reason: string): Promise<Contract> {
    return this.move(who, { id, action: 'contract.terminated' }, (tx) =>
      this.contracts.terminate(tx, who.contractorId, id, reason),
    );
  }

  /** For publishing: whether an active contract covers the page at that instant. The claim asks again when it is due. */
  coversAt(tx: Tx, contractorId: string, pageId: string, at: Date): Promise<boolean> {
    return this.contracts.coversAt(tx, contractorId, pageId, at);
  }

  private move(
    who: Principal,
    { id, action }: { id: string; action: string },
    change: (tx: Tx, before: Contract) => Promise<boolean>,
  ): Promise<Contract> {
    return this.work.forTenant(who.scope, async (tx) => {
      const before = await this.require(tx, who.contractorId, id);
      if (!(await change(tx, before)))
        throw new ContractTransitionRefused({ allowedTransitions: transitionsFrom(before.status) });
      await this.record(tx, who, action, before);
      return this.require(tx, who.contractorId, id);
    });
  }

  private async require(tx: Tx, contractorId: string, id: string): Promise<Contract> {
    const contract = await this.contracts.find(tx, contractorId, id);
    if (!contract) throw new ContractNotFound();
    return contract;
  }

  private record(
    tx: Tx,
    who: Principal,
    action: string,
    contract: { id: string; clientId: string; number: string },
  ): Promise<void> {
    const { id: objectId, clientId, number } = contract;
    return this.audit.record(tx, who, { action, objectType: 'contract', objectId, clientId, details: { number } });
  }
}

function checkDays({ startsOn, endsOn }: ContractTerms): void {
  if (startsOn > endsOn)
    throw new RequestInvalid({ fields: [{ field: 'endsOn', reason: 'endsOn must not be before startsOn' }] });
}

/** The composite foreign key refuses pages of other clients and of nobody alike. */
function unknownPages(error: unknown): never {
  if ((error as { code?: string }).code !== FOREIGN_KEY_VIOLATION) throw error;
  const reason = 'One of the pages does not exist or belongs to another client';
  throw new ContractPagesUnknown({ fields: [{ field: 'pageIds', reason }] });
}
