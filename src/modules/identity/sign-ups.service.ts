import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { Ids } from '../../platform/ids/ids.js';
import { AuditService } from '../audit/audit.service.js';
import type { ContractorDetails } from '../tenancy/client.js';
import { ContractorsService } from '../tenancy/contractors.service.js';
import { SignUpRepeated } from './identity.errors.js';
import type { Member } from './member.js';
import { MemberStore } from './member.store.js';
import { Passwords } from './passwords.service.js';

export interface SignUp {
  readonly contractor: Omit<ContractorDetails, 'shortName' | 'kpp'> & { readonly kpp?: string | null };
  readonly owner: { readonly name: string; readonly email: string; readonly password: string };
}

export interface SignedUp {
  readonly contractorId: string;
  /** The first owner. */
  readonly member: Member;
}

const UNIQUE_VIOLATION = '23505';

/** What signing up touches. */
@Injectable()
export class SignUpParts {
  constructor(
    readonly contractors: ContractorsService,
    readonly members: MemberStore,
    readonly audit: AuditService,
    readonly passwords: Passwords,
  ) {}
}

/** A new contractor with its first owner. */
@Injectable()
export class SignUpsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: SignUpParts,
    private readonly ids: Ids,
  ) {}

  /**
   * Creates both in one transaction. Nothing tells whether the e-mail or the ИНН is known already.
   * @param key an Idempotency-Key; a repeat with the same password gets the first contractor again.
   * @throws SignUpRepeated when the key came with another sign-up.
   */
  async signUp(request: SignUp, key: string | undefined): Promise<SignedUp> {
    const email = request.owner.email.toLowerCase();
    const contractorId = key === undefined ? this.ids.next() : idFromKey(key, email);
    try {
      const passwordHash = await this.parts.passwords.hash(request.owner.password);
      return await this.create(contractorId, request, email, passwordHash);
    } catch (error) {
      if (key === undefined || (error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
      return this.repeat(contractorId, request, email);
    }
  }

  private create(contractorId: string, request: SignUp, email: string, passwordHash: string): Promise<SignedUp> {
    return this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      await this.parts.contractors.create(tx, contractorId, {
        ...request.contractor,
        kpp: request.contractor.kpp ?? null,
        shortName: null,
      });
      const ownerId = this.ids.next();
      const { name } = request.owner;
      await this.parts.members.insert(tx, contractorId, ownerId, {
        email,
        name,
        passwordHash,
        role: 'owner',
        allClients: true,
        clientIds: [],
      });
      const actor = { kind: 'member', id: ownerId, contractorId } as const;
      await this.parts.audit.record(tx, actor, {
        action: 'contractor.signedUp',
        objectType: 'contractor',
        objectId: contractorId,
      });
      return { contractorId, member: (await this.parts.members.find(tx, contractorId, ownerId))! };
    });
  }

  private repeat(contractorId: string, request: SignUp, email: string): Promise<SignedUp> {
    return this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const login = await this.parts.members.findByEmail(tx, contractorId, email);
      const contractor = await this.parts.contractors.require(tx, contractorId);
      const same = contractor.inn === request.contractor.inn && contractor.name === request.contractor.name;
      if (!login || !same || !(await this.parts.passwords.match(login.passwordHash, request.owner.password)))
        throw new SignUpRepeated();
      return { contractorId, member: (await this.parts.members.find(tx, contractorId, login.id))! };
    });
  }
}

/** The same key and e-mail name the same contractor, so a repeated sign-up meets its first one. A UUID of version 8. */
function idFromKey(key: string, email: string): string {
  const hex = createHash('sha256')
    .update(JSON.stringify(['sign-up', key, email]))
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
