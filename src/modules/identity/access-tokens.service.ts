import { createSecretKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Clock } from '../../platform/clock/clock.js';

export const ACCESS_TOKEN_SECONDS = 600;
export const ISSUER = 'vestnik';
export const AUDIENCE = 'vestnik-api';

/** What an access token says, and nothing else. Role and clients are read anew at each request. */
export interface AccessClaims {
  /** The member. */
  readonly sub: string;
  /** The contractor. */
  readonly ctr: string;
  /** The session. */
  readonly sid: string;
  readonly exp: number;
}

/** jsonwebtoken verifies a KeyObject forty times faster than a string. */
export function accessTokenKey(secret: string): KeyObject {
  return createSecretKey(Buffer.from(secret, 'utf8'));
}

export class AccessTokens {
  private readonly key: KeyObject;

  constructor(
    secret: string,
    private readonly clock: Clock,
  ) {
    this.key = accessTokenKey(secret);
  }

  issue(memberId: string, contractorId: string, sessionId: string): string {
    const now = Math.floor(this.clock.now().getTime() / 1_000);
    const claims = { ctr: contractorId, sid: sessionId, iat: now, exp: now + ACCESS_TOKEN_SECONDS };
    return jwt.sign(claims, this.key, { algorithm: 'HS256', subject: memberId, issuer: ISSUER, audience: AUDIENCE });
  }
}
