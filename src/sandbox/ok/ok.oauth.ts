import type { NetworkCall } from '../calls/network-call.js';
import { Refusal } from '../calls/refusal.js';
import { paramsOf, type Inbound, type Params } from '../wire/inbound.js';
import { jsonReply, type Reply } from '../wire/reply.js';
import type { OkApplication, OkToken } from './ok.model.js';
import { renewSession, startSession } from './ok.sessions.js';
import type { OkState } from './ok.state.js';

/** OAuth errors are not numbered; scripts may still refuse with any number. */
const GRANT = 'invalid_grant';

export function readOkOauth(state: OkState, pathPrefix: string, inbound: Inbound): NetworkCall | null {
  if (inbound.path !== `${pathPrefix}/oauth/token.do`) return null;
  const params = paramsOf(inbound);
  return {
    network: 'ok',
    method: 'oauth.token',
    tokenLabel: state.tokens.refreshGrants.get(params.refresh_token ?? '')?.label ?? null,
    params,
    perform: (at) => ({ value: exchange(state, params, at), changed: false, touched: null }),
    encodeSuccess: (value) => jsonReply(value),
    encodeRefusal,
  };
}

function exchange(state: OkState, params: Params, at: Date): unknown {
  const application = authenticateClient(state, params);
  if (params.grant_type === 'authorization_code') return exchangeCode(state, application, params, at);
  if (params.grant_type === 'refresh_token') return refresh(state, application, params, at);
  throw oauthError('unsupported_grant_type', 'grant_type should be authorization_code or refresh_token');
}

function authenticateClient(state: OkState, params: Params): OkApplication {
  const application = state.tokens.application(params.client_id ?? '');
  if (!application || application.secret !== params.client_secret)
    throw oauthError('invalid_client', 'Wrong client id or secret');
  return application;
}

function exchangeCode(state: OkState, application: OkApplication, params: Params, at: Date): unknown {
  const code = state.tokens.codes.get(params.code ?? '');
  // A code is good for one exchange, whether that succeeds or not.
  state.tokens.codes.delete(params.code ?? '');
  if (!code || code.clientId !== application.id || code.expiresAt <= at) throw oauthError(GRANT, 'Expired code');
  if (code.redirectUri !== params.redirect_uri) throw oauthError(GRANT, 'Wrong redirect_uri');
  const { userId, permissions } = code;
  return sessionView(startSession(state, { application, userId, permissions }, at), at, true);
}

function refresh(state: OkState, application: OkApplication, params: Params, at: Date): unknown {
  const grant = state.tokens.refreshGrants.get(params.refresh_token ?? '');
  if (!grant || grant.clientId !== application.id || grant.expiresAt <= at) throw oauthError(GRANT, 'Invalid refresh token');
  return sessionView(renewSession(state, grant, application, at), at, state.settings.refreshNamesToken);
}

function sessionView({ token, refreshToken, expiresAt }: OkToken, at: Date, namesRefreshToken: boolean): unknown {
  const seconds = Math.floor(((expiresAt?.getTime() ?? 0) - at.getTime()) / 1000);
  const renewal = namesRefreshToken && { refresh_token: refreshToken };
  return { access_token: token, ...renewal, token_type: 'session', expires_in: String(seconds) };
}

function oauthError(error: string, description: string): Refusal {
  return new Refusal(400, description, undefined, { error });
}

function encodeRefusal(refusal: Refusal): Reply {
  return jsonReply({ error: 'invalid_request', error_description: refusal.message, ...refusal.fields }, 400);
}
