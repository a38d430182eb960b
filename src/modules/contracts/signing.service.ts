import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import type { ContractorDetails, ClientDetails } from '../tenancy/client.js';
import { ClientsService } from '../tenancy/clients.service.js';
import { ContractorsService } from '../tenancy/contractors.service.js';
import { clauseProblems, missingForSignature } from './clauses.js';
import type { Contract } from './contract.js';
import { ContractRecords } from './contract-records.service.js';
import { statusesBefore, transitionsFrom } from './contract-status.js';
import type { ContractVersion, PartyRequisites } from './contract-version.js';
import { ContractVersionStore } from './contract-version.store.js';
import { ContractCoversNothing, ContractNotReady, ContractTransitionRefused } from './contracts.errors.js';
import { type PlannedStage, planProblems, planStages } from './stage-plan.js';
import { StagePlanning } from './stage-planning.service.js';

/** The parties, as tenancy knows them. */
@Injectable()
export class Parties {
  constructor(
    private readonly clients: ClientsService,
    private readonly contractors: ContractorsService,
  ) {}

  client(tx: Tx, contractorId: string, clientId: string): Promise<ClientDetails> {
    return this.clients.require(tx, contractorId, clientId);
  }

  /** As they are called and registered now: a version keeps it. */
  async requisites(tx: Tx, contractorId: string, clientId: string): Promise<ContractVersion['requisites']> {
    const [client, contractor] = [
      await this.client(tx, contractorId, clientId),
      await this.contractors.require(tx, contractorId),
    ];
    return { customer: requisitesOf(client), contractor: requisitesOf(contractor) };
  }
}

/** The signature makes a draft binding: what it says becomes version 1, and its stages are planned. */
@Injectable()
export class SigningService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly records: ContractRecords,
    private readonly parties: Parties,
    private readonly versions: ContractVersionStore,
    private readonly planning: StagePlanning,
  ) {}

  /**
   * @param signedOn the day of the last signature, `YYYY-MM-DD`
   * @throws ContractTransitionRefused, ContractCoversNothing, ContractNotReady naming what is missing
   */
  sign(who: Principal, id: string, signedOn: string): Promise<Contract> {
    const { contractorId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      const draft = await this.records.lock(tx, { contractorId, id });
      const from = statusesBefore('signed');
      if (!from.includes(draft.status))
        throw new ContractTransitionRefused({ allowedTransitions: transitionsFrom(draft.status) });
      const stages = await this.check(tx, contractorId, draft);
      await this.versions.insert(tx, {
        ...{ contractorId, contractId: id, clientId: draft.clientId, number: 1, effectiveOn: draft.startsOn, agreedOn: signedOn },
        ...{ addendumNumber: null, reason: null, subject: draft.subject, priceKopecks: draft.priceKopecks },
        ...{ startsOn: draft.startsOn, endsOn: draft.endsOn, pageIds: draft.pageIds, clauses: draft.clauses, stages },
        requisites: await this.parties.requisites(tx, contractorId, draft.clientId),
        recordedBy: who.memberId,
      });
      await this.planning.plan(tx, contractorId, draft, stages);
      await this.records.contracts.update(
        tx,
        { contractorId, id },
        { from, changes: { status: 'signed', signedOn, versions: 1 } },
      );
      return this.records.moved(tx, who, id, { action: 'contract.signed' });
    });
  }

  private async check(tx: Tx, contractorId: string, draft: Contract): Promise<PlannedStage[]> {
    const { kind, clauses } = draft;
    if (draft.pageIds.length === 0) throw new ContractCoversNothing();
    const stages = planStages(draft, clauses.stagePlan);
    const plan = planProblems(draft, stages).map(({ field, reason }) => ({ field: asClause(field), reason }));
    // Its requisites may have changed since the draft was written.
    const client = await this.parties.client(tx, contractorId, draft.clientId);
    const fields = [...clauseProblems(kind, clauses, client), ...missingForSignature(kind, clauses, stages), ...plan];
    if (fields.length > 0) throw new ContractNotReady({ fields });
    return stages;
  }
}

function asClause(field: string): string {
  return field === 'stagePlan' ? 'clauses.stagePlan' : field;
}

function requisitesOf(party: ClientDetails | ContractorDetails): PartyRequisites {
  const { name, inn, kpp, ogrn } = party;
  return { name, inn, kpp, ogrn, address: 'address' in party ? party.address : null };
}
