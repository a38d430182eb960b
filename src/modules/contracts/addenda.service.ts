import { Injectable } from '@nestjs/common';
import { wallTimeOf } from '../../platform/clock/zones.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import type { Contract, ContractTerms } from './contract.js';
import { ContractRecords } from './contract-records.service.js';
import { BINDING, transitionsFrom } from './contract-status.js';
import { type ContractVersion, coverage, versionAt } from './contract-version.js';
import { ContractVersionStore } from './contract-version.store.js';
import { type ClauseProblem, clauseProblems, missingForSignature } from './clauses.js';
import { AddendumRefused, ContractNotBinding, ContractVersionNotFound } from './contracts.errors.js';
import { Parties } from './signing.service.js';
import { type PlannedStage, planProblems, planStages } from './stage-plan.js';
import { StagePlanning } from './stage-planning.service.js';
import { unknownPages } from './unknown-pages.js';

/** What may change after the signature; what is absent stays. */
export type AmendedTerms = Pick<ContractTerms, 'subject' | 'priceKopecks' | 'startsOn' | 'endsOn' | 'pageIds' | 'clauses'>;

export interface Addendum {
  /** As it stands on the paper. */
  readonly number: string;
  readonly agreedOn: string;
  /** From which day on it holds; it may reach back, what was published stays published. */
  readonly effectiveOn: string;
  readonly reason: string;
  /** Makes the new terms of those that held. */
  readonly amend: (terms: AmendedTerms) => AmendedTerms;
}

export interface AsOf {
  readonly day: string | undefined;
  readonly knownAt: Date | undefined;
}

/** Price, days, pages, stages and clauses of a signed contract change by addendum alone: a new version; the old ones stay readable. */
@Injectable()
export class AddendaService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly records: ContractRecords,
    private readonly parties: Parties,
    private readonly versions: ContractVersionStore,
    private readonly planning: StagePlanning,
  ) {}

  /** @throws ContractNotFound, ContractNotBinding, AddendumRefused naming what can't be, ContractPagesUnknown */
  add(who: Principal, contractId: string, addendum: Addendum): Promise<ContractVersion> {
    const { contractorId } = who;
    return this.work
      .forTenant(who.scope, async (tx) => {
        const before = await this.records.lock(tx, { contractorId, id: contractId });
        if (!BINDING.includes(before.status))
          throw new ContractNotBinding({ allowedTransitions: transitionsFrom(before.status) });
        const terms = addendum.amend(before);
        const stages = await this.check(tx, contractorId, before, terms);
        await this.write(tx, who, { before, addendum, terms, stages });
        const details = { addendum: addendum.number, effectiveOn: addendum.effectiveOn };
        await this.records.amended(tx, who, contractId, { action: 'contract.amended', details });
        return (await this.versions.list(tx, contractorId, contractId)).at(-1)!;
      })
      .catch(unknownPages);
  }

  /** Oldest first. @throws ContractNotFound */
  list(who: Principal, contractId: string): Promise<ContractVersion[]> {
    return this.work.reading(who.scope, async (tx) => {
      await this.records.require(tx, { contractorId: who.contractorId, id: contractId });
      return this.versions.list(tx, who.contractorId, contractId);
    });
  }

  /** What holds on a day (today in the contract's zone), as it was known at an instant (now). @throws ContractVersionNotFound */
  asOf(who: Principal, contractId: string, { day, knownAt }: AsOf): Promise<ContractVersion> {
    return this.work.reading(who.scope, async (tx) => {
      const { timeZone } = await this.records.require(tx, { contractorId: who.contractorId, id: contractId });
      const now = await this.records.contracts.now(tx);
      const versions = await this.versions.list(tx, who.contractorId, contractId);
      const version = versionAt(versions, day ?? wallTimeOf(now, timeZone).slice(0, 10), knownAt ?? now);
      if (!version) throw new ContractVersionNotFound();
      return version;
    });
  }

  private async check(tx: Tx, contractorId: string, before: Contract, terms: AmendedTerms): Promise<PlannedStage[]> {
    const kept = await this.planning.keep(tx, contractorId, before.id);
    const fields: ClauseProblem[] = [];
    if (terms.startsOn > terms.endsOn) fields.push({ field: 'endsOn', reason: 'The services must not end before they begin' });
    if (before.status !== 'signed' && terms.startsOn !== before.startsOn)
      fields.push({ field: 'startsOn', reason: 'The services have begun' });
    if (terms.pageIds.length === 0) fields.push({ field: 'pageIds', reason: 'A contract covers at least one page' });
    const client = await this.parties.client(tx, contractorId, before.clientId);
    const stages = fields.length > 0 ? [] : planStages(terms, terms.clauses.stagePlan, kept);
    fields.push(
      ...clauseProblems(before.kind, terms.clauses, client),
      ...missingForSignature(before.kind, terms.clauses, stages),
    );
    if (fields.length === 0) fields.push(...planProblems(terms, stages, kept));
    if (fields.length > 0) throw new AddendumRefused({ fields });
    return stages;
  }

  private async write(
    tx: Tx,
    who: Principal,
    { before, addendum, terms, stages }: { before: Contract; addendum: Addendum; terms: AmendedTerms; stages: PlannedStage[] },
  ): Promise<void> {
    const { contractorId } = who;
    const { id, clientId, timeZone } = before;
    const number = before.versions + 1;
    const { number: addendumNumber, agreedOn, effectiveOn, reason } = addendum;
    const requisites = await this.parties.requisites(tx, contractorId, clientId);
    const agreed = { addendumNumber, agreedOn, effectiveOn, reason, requisites, recordedBy: who.memberId };
    await this.versions.insert(tx, { contractorId, contractId: id, clientId, number, ...agreed, ...terms, stages });
    const intervals = coverage(await this.versions.list(tx, contractorId, id), timeZone);
    const startsAt = new Date(Math.min(...intervals.map(({ from }) => from.getTime())));
    const endsAt = new Date(Math.max(...intervals.map(({ until }) => until.getTime())));
    const changes = { ...terms, pageIds: [...terms.pageIds], startsAt, endsAt, versions: number };
    await this.records.contracts.update(tx, { contractorId, id }, { from: BINDING, changes });
    await this.records.contracts.setCoverage(tx, { contractorId, id, clientId }, intervals);
    await this.planning.plan(tx, contractorId, before, stages);
  }
}
