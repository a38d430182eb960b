import { Injectable } from '@nestjs/common';
import type { Changes } from '../../platform/database/versioned-update.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { VersionStale } from '../../platform/http/http.errors.js';
import { AuditService } from '../audit/audit.service.js';
import type { Contractor, ContractorDetails } from './client.js';
import { ContractorStore } from './contractor.store.js';
import { ContractorNotFound } from './tenancy.errors.js';

/** The agency itself: the tenant. */
@Injectable()
export class ContractorsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly contractors: ContractorStore,
    private readonly audit: AuditService,
  ) {}

  /** Part of a sign-up: the transaction's scope must be the new contractor. */
  async create(tx: Tx, id: string, details: ContractorDetails): Promise<Contractor> {
    await this.contractors.insert(tx, id, details);
    return this.require(tx, id);
  }

  get(who: Principal): Promise<Contractor> {
    return this.work.reading(who.scope, (tx) => this.require(tx, who.contractorId));
  }

  change(who: Principal, changes: Changes<ContractorDetails>, version?: number): Promise<Contractor> {
    const id = who.contractorId;
    return this.work.forTenant(who.scope, async (tx) => {
      if (!(await this.contractors.update(tx, id, changes, version))) throw new VersionStale();
      await this.audit.record(tx, who, { action: 'contractor.changed', objectType: 'contractor', objectId: id });
      return this.require(tx, id);
    });
  }

  async require(tx: Tx, id: string): Promise<Contractor> {
    const contractor = await this.contractors.find(tx, id);
    if (!contractor) throw new ContractorNotFound();
    return contractor;
  }
}
