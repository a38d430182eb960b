import { createHash } from 'node:crypto';
import type { OkApplication, OkPermission, OkToken } from './ok.model.js';
import { limitReached } from './ok.refusals.js';

export interface NewOkToken {
  userId: string;
  applicationKey: string;
  permissions: readonly OkPermission[];
  expiresAt?: Date | null;
  isLong?: boolean;
  refreshToken?: string | null;
  label?: string;
  token?: string;
}

export interface AuthorizationCode {
  clientId: string;
  userId: string;
  redirectUri: string;
  permissions: readonly OkPermission[];
  expiresAt: Date;
}

export interface RefreshGrant {
  refreshToken: string;
  clientId: string;
  userId: string;
  permissions: readonly OkPermission[];
  expiresAt: Date;
  /** Of every access token that comes of it. */
  label: string;
}

/** Applications, sessions and what they were granted. */
export class OkTokens {
  readonly applications = new Map<string, OkApplication>();
  readonly codes = new Map<string, AuthorizationCode>();
  readonly refreshGrants = new Map<string, RefreshGrant>();
  private readonly byToken = new Map<string, OkToken>();
  private readonly callsLeft = new Map<string, number>();
  private issued = 0;

  constructor(private readonly seed: string) {}

  issue(wanted: NewOkToken): OkToken {
    const label = wanted.label ?? this.nextLabel(wanted.userId);
    const token: OkToken = {
      token: wanted.token ?? this.secretFor(label),
      refreshToken: wanted.refreshToken ?? null,
      label,
      userId: wanted.userId,
      applicationKey: wanted.applicationKey,
      permissions: new Set(wanted.permissions),
      expiresAt: wanted.expiresAt ?? null,
      isLong: wanted.isLong ?? false,
      revoked: false,
    };
    this.issued += 1;
    this.byToken.set(token.token, token);
    return token;
  }

  secretFor(purpose: string): string {
    this.issued += 1;
    return createHash('sha256').update(`${this.seed}:${purpose}:${this.issued}`).digest('base64url');
  }

  nextLabel(userId: string): string {
    return `ok-user-${userId}-${this.issued + 1}`;
  }

  /** A session keeps its label when it is renewed; the label then means its latest token. */
  find(tokenOrLabel: string): OkToken | null {
    return this.byToken.get(tokenOrLabel) ?? this.all().findLast(({ label }) => label === tokenOrLabel) ?? null;
  }

  all(): OkToken[] {
    return [...this.byToken.values()];
  }

  application(id: string): OkApplication | null {
    return [...this.applications.values()].find((application) => application.id === id) ?? null;
  }

  setCallsLeft(token: OkToken, method: string, calls: number | null): void {
    const key = `${token.label} ${method}`;
    if (calls === null) this.callsLeft.delete(key);
    else this.callsLeft.set(key, calls);
  }

  callsLeftOf(token: OkToken, method: string): number | null {
    return this.callsLeft.get(`${token.label} ${method}`) ?? null;
  }

  spend(token: OkToken, method: string): void {
    const left = this.callsLeftOf(token, method);
    if (left === null) return;
    if (left <= 0) throw limitReached();
    this.setCallsLeft(token, method, left - 1);
  }
}
