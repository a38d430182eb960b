import type { OkApplication, OkPermission, OkToken } from './ok.model.js';
import type { OkState } from './ok.state.js';
import type { RefreshGrant } from './ok.tokens.js';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface Consent {
  application: OkApplication;
  userId: string;
  permissions: readonly OkPermission[];
  label?: string;
}

/** An access token with a refresh token: what a person's consent leads to. */
export function startSession(state: OkState, consent: Consent, at: Date): OkToken {
  const { application, userId, permissions } = consent;
  const grant: RefreshGrant = {
    refreshToken: state.tokens.secretFor('refresh'),
    clientId: application.id,
    userId,
    permissions,
    expiresAt: new Date(at.getTime() + state.settings.refreshTokenLifeMs),
    label: consent.label ?? state.tokens.nextLabel(userId),
  };
  state.tokens.refreshGrants.set(grant.refreshToken, grant);
  return renewSession(state, grant, application, at);
}

/** The refresh token stays good; the access token before this one does, too. */
export function renewSession(state: OkState, grant: RefreshGrant, application: OkApplication, at: Date): OkToken {
  const { label, userId, permissions, refreshToken } = grant;
  const isLong = permissions.includes('LONG_ACCESS_TOKEN');
  const lifeMs = isLong ? state.settings.longAccessTokenLifeMs : state.settings.accessTokenLifeMs;
  const expiresAt = new Date(at.getTime() + lifeMs);
  return state.tokens.issue({ label, userId, permissions, refreshToken, applicationKey: application.key, expiresAt, isLong });
}

/** The life of a long token starts anew with a call, but not with every one: once a day is often enough. */
export function prolong(state: OkState, token: OkToken, at: Date): void {
  if (!token.isLong || token.expiresAt === null) return;
  const renewed = new Date(at.getTime() + state.settings.longAccessTokenLifeMs);
  if (renewed.getTime() - token.expiresAt.getTime() >= DAY_MS) token.expiresAt = renewed;
}
