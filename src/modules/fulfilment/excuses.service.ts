import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid } from '../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { AuditService } from '../audit/audit.service.js';
import { ContractLines } from './contract-lines.service.js';
import type { Excuse } from './excuse.js';
import { ExcuseStore } from './excuse.store.js';
import { excuseChanged } from './fulfilment.events.js';
import { ExcuseNotFound, ExcuseWithdrawn, NothingOwed } from './fulfilment.errors.js';
import type { PlannedLine } from './measuring/lines.js';
import { RequirementPeriodStore } from './requirement-period.store.js';

export type ExcuseDraft = Pick<Excuse, 'requirement' | 'cause' | 'causedBy' | 'reason' | 'startsOn' | 'endsOn' | 'evidence'>;

/** The rows of excuses, and what follows from them. */
@Injectable()
export class ExcuseRows {
  constructor(
    readonly excuses: ExcuseStore,
    readonly periods: RequirementPeriodStore,
    readonly outbox: Outbox,
  ) {}
}

/** Days on which somebody else is to blame, with proof. What is missing because of them is excused, not missed. */
@Injectable()
export class ExcusesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ExcuseRows,
    private readonly lines: ContractLines,
    private readonly audit: AuditService,
    private readonly ids: Ids,
  ) {}

  /** @throws ContractNotFound, RequestInvalid when it ends before it begins, NothingOwed */
  record(who: Principal, contractId: string, draft: ExcuseDraft): Promise<Excuse> {
    const { contractorId } = who;
    const { requirement, startsOn, endsOn, cause } = draft;
    if (startsOn > endsOn) refuse('endsOn', 'endsOn must not be before startsOn');
    return this.work.forTenant(who.scope, async (tx) => {
      const { contract, lines } = await this.lines.read(tx, { contractorId, contractId });
      if (!lines.some((line) => isMeant(line, draft))) throw new NothingOwed({ fields: [whyNot(lines, draft)] });
      const id = this.ids.next();
      await this.rows.excuses.insert(tx, {
        contractorId,
        id,
        clientId: contract.clientId,
        contractId,
        ...draft,
        recordedBy: who.memberId,
      });
      return this.settled(tx, who, id, {
        action: 'excuse.recorded',
        details: { contractId, requirement, cause, startsOn, endsOn },
      });
    });
  }

  /** @throws ContractNotFound */
  list(who: Principal, contractId: string, query: PageQuery): Promise<Page<Excuse>> {
    const start = pageStart(query);
    const key = { contractorId: who.contractorId, contractId };
    return this.work.reading(who.scope, async (tx) => {
      await this.lines.terms.read(tx, { contractorId: key.contractorId, id: contractId });
      return toPage(await this.rows.excuses.list(tx, key, start), start, (row) => row);
    });
  }

  /** @throws ExcuseNotFound */
  get(who: Principal, id: string): Promise<Excuse> {
    return this.work.reading(who.scope, (tx) => this.require(tx, who.contractorId, id));
  }

  /** It does not count any more; it stays readable. @throws ExcuseNotFound, ExcuseWithdrawn */
  withdraw(who: Principal, id: string, why: string): Promise<Excuse> {
    return this.work.forTenant(who.scope, async (tx) => {
      await this.require(tx, who.contractorId, id);
      const key = { contractorId: who.contractorId, id };
      if (!(await this.rows.excuses.withdraw(tx, key, who.memberId, why))) throw new ExcuseWithdrawn();
      return this.settled(tx, who, id, { action: 'excuse.withdrawn', details: {} });
    });
  }

  private async settled(tx: Tx, who: Principal, id: string, what: { action: string; details: object }): Promise<Excuse> {
    const excuse = await this.require(tx, who.contractorId, id);
    const { clientId, contractId, startsOn, endsOn } = excuse;
    const { contractorId } = who;
    await this.rows.periods.daysChanged(tx, { contractorId, contractId }, startsOn, endsOn);
    await this.rows.outbox.publish(tx, excuseChanged, { contractorId, clientId, contractId });
    await this.audit.record(tx, who, {
      ...{ action: what.action, objectType: 'excuse', objectId: id, clientId, details: { ...what.details } },
    });
    return excuse;
  }

  private async require(tx: Tx, contractorId: string, id: string): Promise<Excuse> {
    const excuse = await this.rows.excuses.find(tx, contractorId, id);
    if (!excuse) throw new ExcuseNotFound();
    return excuse;
  }
}

function isMeant({ requirement, period }: PlannedLine, draft: ExcuseDraft): boolean {
  const isNamed = draft.requirement === null || draft.requirement === requirement.code;
  return isNamed && period.startsOn <= draft.endsOn && draft.startsOn <= period.endsOn;
}

function whyNot(lines: readonly PlannedLine[], draft: ExcuseDraft): { field: string; reason: string } {
  const isKnown = draft.requirement === null || lines.some(({ requirement }) => requirement.code === draft.requirement);
  return isKnown
    ? { field: 'startsOn', reason: 'Nothing is owed on these days' }
    : { field: 'requirement', reason: `No version of the contract has a requirement ${draft.requirement}` };
}

function refuse(field: string, reason: string): never {
  throw new RequestInvalid({ fields: [{ field, reason }] });
}
