import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { Ids } from '../../platform/ids/ids.js';
import { AuditService } from '../audit/audit.service.js';
import { ACCESS_TOKEN_SECONDS, AccessTokens } from './access-tokens.service.js';
import { ContractorAmbiguous, RefreshTokenInvalid, WrongCredentials } from './identity.errors.js';
import { type LoginCandidate, MemberStore } from './member.store.js';
import { composeToken, parseToken, sha256, successorOf } from './opaque-tokens.js';
import { Passwords } from './passwords.service.js';
import { SessionStore } from './session.store.js';
import { IdentitySettings } from './identity.settings.js';

/** A pair of tokens: the short one opens the API, the long one gets the next pair, once. */
export interface TokenPair {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
  readonly contractorId: string;
  readonly memberId: string;
}

/** Stops somebody from making a victim's log-in slow by registering the e-mail many times. */
const MOST_CANDIDATES = 20;

/** What opening and refreshing a session touches. */
@Injectable()
export class SessionParts {
  constructor(
    readonly members: MemberStore,
    readonly sessions: SessionStore,
    readonly audit: AuditService,
    readonly passwords: Passwords,
  ) {}
}

@Injectable()
export class SessionsService {
  private readonly accessTokens: AccessTokens;

  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: SessionParts,
    private readonly ids: Ids,
    private readonly settings: IdentitySettings,
    accessTokens: AccessTokens,
  ) {
    this.accessTokens = accessTokens;
  }

  /** @throws WrongCredentials, ContractorAmbiguous when the password opens logins of several contractors. */
  async logIn(email: string, password: string, contractorId: string | undefined): Promise<TokenPair> {
    const { members, audit } = this.parts;
    const candidates = await this.work.acrossTenants('log in by e-mail', (tx) =>
      members.findLogins(tx, email.toLowerCase(), contractorId, MOST_CANDIDATES),
    );
    const opened = await this.withPassword(candidates, password);
    const [login] = opened;
    if (!login) throw new WrongCredentials();
    if (opened.length > 1) {
      const reason = `one of ${opened.map((candidate) => candidate.contractorId).join(', ')}`;
      throw new ContractorAmbiguous({ fields: [{ field: 'contractorId', reason }] });
    }
    return this.work.forTenant(wholeContractor(login.contractorId), async (tx) => {
      const pair = await this.open(tx, login.contractorId, login.id);
      const actor = { kind: 'member', id: login.id, contractorId: login.contractorId } as const;
      await audit.record(tx, actor, { action: 'member.loggedIn', objectType: 'member', objectId: login.id });
      return pair;
    });
  }

  /** @throws RefreshTokenInvalid; a token that is used a second time ends the whole session. */
  async refresh(refreshToken: string): Promise<TokenPair> {
    const { sessions, audit } = this.parts;
    const parsed = parseToken(refreshToken);
    if (!parsed) throw new RefreshTokenInvalid();
    const { contractorId } = parsed;
    const successor = successorOf(refreshToken, contractorId, this.settings.accessTokenSecret);
    const taken = await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const found = await sessions.take(tx, contractorId, parsed.hash, sha256(successor));
      if (found?.state === 'fresh') await sessions.addToken(tx, contractorId, found.sessionId, sha256(successor));
      if (found?.state === 'spent') {
        await sessions.end(tx, contractorId, found.sessionId, 'tokenReused');
        const actor = { kind: 'member', id: found.memberId, contractorId } as const;
        await audit.record(tx, actor, { action: 'session.tokenReused', objectType: 'session', objectId: found.sessionId });
      }
      return found;
    });
    if (!taken || taken.state === 'spent' || taken.state === 'dead') throw new RefreshTokenInvalid();
    return this.pair(contractorId, taken.memberId, taken.sessionId, successor);
  }

  async logOut(who: Principal): Promise<void> {
    const { sessionId } = who;
    if (!sessionId) return;
    await this.work.forTenant(who.scope, (tx) => this.parts.sessions.end(tx, who.contractorId, sessionId, 'loggedOut'));
  }

  private async withPassword(candidates: readonly LoginCandidate[], password: string): Promise<LoginCandidate[]> {
    const { passwords } = this.parts;
    if (candidates.length === 0) await passwords.match(undefined, password);
    const opened: LoginCandidate[] = [];
    for (const candidate of candidates) if (await passwords.match(candidate.passwordHash, password)) opened.push(candidate);
    return opened;
  }

  private async open(tx: Tx, contractorId: string, memberId: string): Promise<TokenPair> {
    const sessionId = this.ids.next();
    const refreshToken = composeToken(contractorId, this.ids.secret(32));
    await this.parts.sessions.open(tx, { contractorId, id: sessionId, memberId });
    await this.parts.sessions.addToken(tx, contractorId, sessionId, sha256(refreshToken));
    return this.pair(contractorId, memberId, sessionId, refreshToken);
  }

  private pair(contractorId: string, memberId: string, sessionId: string, refreshToken: string): TokenPair {
    const accessToken = this.accessTokens.issue(memberId, contractorId, sessionId);
    return { accessToken, expiresInSeconds: ACCESS_TOKEN_SECONDS, refreshToken, contractorId, memberId };
  }
}
