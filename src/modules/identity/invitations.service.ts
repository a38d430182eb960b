import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid } from '../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import { AuditService } from '../audit/audit.service.js';
import type { Role } from '../tenancy/roles.js';
import { InvitationInvalid, InvitationNotFound, MemberExists } from './identity.errors.js';
import type { InvitationEntity } from './invitation.entity.js';
import { InvitationStore } from './invitation.store.js';
import { KnownClients } from './known-clients.service.js';
import { type ClientReach, type Member, reachProblem } from './member.js';
import { MemberStore } from './member.store.js';
import { composeToken, parseToken, sha256 } from './opaque-tokens.js';
import { Passwords } from './passwords.service.js';

export interface Invitation extends ClientReach {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly createdAt: Date;
}

export interface InvitationRequest extends ClientReach {
  readonly email: string;
  readonly role: Role;
}

/** What the invitation's transactions touch. */
@Injectable()
export class InvitationParts {
  constructor(
    readonly invitations: InvitationStore,
    readonly members: MemberStore,
    readonly clients: KnownClients,
    readonly audit: AuditService,
    readonly passwords: Passwords,
  ) {}
}

/** The only way into a contractor: a member invites, the invited one sets the password himself. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: InvitationParts,
    private readonly ids: Ids,
  ) {}

  /** @returns the invitation and its token, which is shown this once. @throws MemberExists, ClientsUnknown */
  async invite(who: Principal, request: InvitationRequest): Promise<{ invitation: Invitation; token: string }> {
    const problem = reachProblem(request.role, request);
    if (problem) throw new RequestInvalid({ fields: [problem] });
    const { invitations, members, audit } = this.parts;
    const email = request.email.toLowerCase();
    const token = composeToken(who.contractorId, this.ids.secret(32));
    const id = this.ids.next();
    return this.work.forTenant(who.scope, async (tx) => {
      if (await members.findByEmail(tx, who.contractorId, email)) {
        throw new MemberExists({ fields: [{ field: 'email', reason: 'A member with this e-mail is already there' }] });
      }
      await this.parts.clients.require(tx, who.contractorId, request.clientIds);
      const { role, allClients, clientIds } = request;
      const row = { contractorId: who.contractorId, id, email, role, allClients, clientIds: [...clientIds] };
      await invitations.insert(tx, { ...row, tokenHash: sha256(token), invitedBy: who.memberId });
      await audit.record(tx, who, {
        action: 'member.invited',
        objectType: 'invitation',
        objectId: id,
        details: { role, allClients, clientIds },
      });
      return { invitation: view(await this.require(tx, who.contractorId, id)), token };
    });
  }

  list(who: Principal, query: PageQuery): Promise<Page<Invitation>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) =>
      toPage(await this.parts.invitations.list(tx, who.contractorId, start), start, view),
    );
  }

  /** @throws InvitationNotFound; revoking an accepted or revoked one changes nothing. */
  revoke(who: Principal, id: string): Promise<void> {
    return this.work.forTenant(who.scope, async (tx) => {
      await this.require(tx, who.contractorId, id);
      await this.parts.invitations.revoke(tx, who.contractorId, id);
      await this.parts.audit.record(tx, who, { action: 'invitation.revoked', objectType: 'invitation', objectId: id });
    });
  }

  /** @throws InvitationInvalid for a token that is unknown, used, revoked or expired. */
  async accept(token: string, name: string, password: string): Promise<{ contractorId: string; member: Member }> {
    const parsed = parseToken(token);
    if (!parsed) throw new InvitationInvalid();
    const passwordHash = await this.parts.passwords.hash(password);
    const { contractorId } = parsed;
    const { invitations, members, audit } = this.parts;
    return this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const invitation = await invitations.accept(tx, contractorId, parsed.hash);
      if (!invitation) throw new InvitationInvalid();
      const { email, role, allClients, clientIds } = invitation;
      if (await members.findByEmail(tx, contractorId, email)) throw new InvitationInvalid();
      const id = this.ids.next();
      await members.insert(tx, contractorId, id, { email, name, passwordHash, role, allClients, clientIds });
      const actor = { kind: 'member', id, contractorId } as const;
      await audit.record(tx, actor, { action: 'member.joined', objectType: 'member', objectId: id, details: { role } });
      return { contractorId, member: (await members.find(tx, contractorId, id))! };
    });
  }

  private async require(tx: Tx, contractorId: string, id: string): Promise<InvitationEntity> {
    const invitation = await this.parts.invitations.find(tx, contractorId, id);
    if (!invitation) throw new InvitationNotFound();
    return invitation;
  }
}

function view(row: InvitationEntity): Invitation {
  const { id, email, role, allClients, clientIds, expiresAt, acceptedAt, revokedAt, createdAt } = row;
  return { id, email, role, allClients, clientIds, expiresAt, acceptedAt, revokedAt, createdAt };
}
