import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid, VersionStale } from '../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { AuditService } from '../audit/audit.service.js';
import type { Role } from '../tenancy/roles.js';
import { ClientsUnknown, LastOwner, MemberNotFound, WrongCredentials } from './identity.errors.js';
import { type Member, reachProblem } from './member.js';
import { MemberStore } from './member.store.js';
import { Passwords } from './passwords.service.js';
import { SessionStore } from './session.store.js';

export interface MemberChanges {
  readonly name?: string;
  readonly role?: Role;
  readonly allClients?: boolean;
  readonly clientIds?: readonly string[];
  readonly status?: 'active' | 'disabled';
  readonly timeZone?: string | null;
}

const FOREIGN_KEY_VIOLATION = '23503';

/** The people who work in a contractor or at its clients. */
@Injectable()
export class MembersService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly members: MemberStore,
    private readonly sessions: SessionStore,
    private readonly audit: AuditService,
    private readonly passwords: Passwords,
  ) {}

  list(who: Principal, query: PageQuery): Promise<Page<Member>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) =>
      toPage(await this.members.list(tx, who.contractorId, start), start, (row) => row),
    );
  }

  get(who: Principal, id: string): Promise<Member> {
    return this.work.reading(who.scope, (tx) => this.require(tx, who.contractorId, id));
  }

  /** The caller. */
  me(who: Principal): Promise<Member> {
    return this.get(who, who.memberId);
  }

  /**
   * Changes role, clients, name or status; takes effect at the member's next request. Disabling ends his sessions.
   * @throws LastOwner, MemberNotFound, VersionStale, ClientsUnknown
   */
  change(who: Principal, id: string, changes: MemberChanges, version?: number): Promise<Member> {
    return this.work
      .forTenant(who.scope, async (tx) => {
        const before = await this.require(tx, who.contractorId, id);
        const after = { ...before, ...withoutUndefined(changes) };
        const problem = reachProblem(after.role, after);
        if (problem) throw new RequestInvalid({ fields: [problem] });
        await this.keepAnOwner(tx, who.contractorId, before, after);
        const { name, role, allClients, status, timeZone } = changes;
        const key = { contractorId: who.contractorId, id };
        if (!(await this.members.update(tx, key, { name, role, allClients, status, timeZone }, version)))
          throw new VersionStale();
        await this.members.setClients(tx, who.contractorId, id, after.clientIds);
        if (after.status === 'disabled')
          await this.sessions.endAll(tx, { contractorId: who.contractorId, memberId: id }, 'memberDisabled');
        const details = { role: after.role, allClients: after.allClients, clientIds: after.clientIds, status: after.status };
        await this.audit.record(tx, who, { action: 'member.changed', objectType: 'member', objectId: id, details });
        return this.require(tx, who.contractorId, id);
      })
      .catch(unknownClients);
  }

  /** @param timeZone IANA zone in which the caller wants to be told of things; null: that of his contractor or client */
  changeTimeZone(who: Principal, timeZone: string | null): Promise<Member> {
    return this.work.forTenant(who.scope, async (tx) => {
      await this.members.update(tx, { contractorId: who.contractorId, id: who.memberId }, { timeZone });
      const fact = { action: 'member.timeZoneChanged', objectType: 'member', objectId: who.memberId, details: { timeZone } };
      await this.audit.record(tx, who, fact);
      return this.require(tx, who.contractorId, who.memberId);
    });
  }

  /** Ends the caller's other sessions. @throws WrongCredentials when the current password is wrong. */
  async changePassword(who: Principal, current: string, next: string): Promise<void> {
    const stored = await this.work.forTenant(who.scope, (tx) => this.members.passwordHash(tx, who.contractorId, who.memberId));
    if (!(await this.passwords.match(stored, current))) throw new WrongCredentials({ message: 'The current password is wrong' });
    const passwordHash = await this.passwords.hash(next);
    await this.work.forTenant(who.scope, async (tx) => {
      await this.members.update(tx, { contractorId: who.contractorId, id: who.memberId }, { passwordHash });
      await this.sessions.endAll(tx, who, 'passwordChanged', who.sessionId);
      await this.audit.record(tx, who, { action: 'member.passwordChanged', objectType: 'member', objectId: who.memberId });
    });
  }

  private async keepAnOwner(tx: Tx, contractorId: string, before: Member, after: Member): Promise<void> {
    const leaves = before.role === 'owner' && before.status === 'active' && (after.role !== 'owner' || after.status !== 'active');
    if (!leaves) return;
    const owners = await this.members.lockOwners(tx, contractorId);
    if (!owners.some((id) => id !== before.id)) throw new LastOwner();
  }

  private async require(tx: Tx, contractorId: string, id: string): Promise<Member> {
    const member = await this.members.find(tx, contractorId, id);
    if (!member) throw new MemberNotFound();
    return member;
  }
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Partial<T>;
}

/** The composite foreign key finds a client that is not the contractor's own. */
export function unknownClients(error: unknown): never {
  if ((error as { code?: string }).code !== FOREIGN_KEY_VIOLATION) throw error;
  throw new ClientsUnknown({ fields: [{ field: 'clientIds', reason: 'One of the clients does not exist' }] });
}
