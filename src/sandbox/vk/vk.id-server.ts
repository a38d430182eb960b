import type { NetworkCall, Performed } from '../calls/network-call.js';
import { Refusal } from '../calls/refusal.js';
import type { Inbound, Params } from '../wire/inbound.js';
import { jsonReply } from '../wire/reply.js';
import type { VkIdTokens } from './vk.sessions.js';
import type { VkState } from './vk.state.js';
import { USER_BITS } from './vk.permissions.js';

/** Errors of OAuth have names and no numbers; scripts may still refuse with any number. */
const NO_NUMBER = 0;

/** VK ID: `POST /oauth2/auth` renews a session. Only a form is read: a token in an address would end up in logs. */
export function readVkId(state: VkState, pathPrefix: string, inbound: Inbound): NetworkCall | null {
  if (inbound.path !== `${pathPrefix}/oauth2/auth`) return null;
  const params: Params = Object.fromEntries(inbound.form);
  return {
    network: 'vk',
    method: 'oauth2.auth',
    tokenLabel: state.sessions.find(params.refresh_token ?? '')?.session.label ?? null,
    params,
    perform: (at) => performRefresh(state, inbound.verb, params, at),
    encodeSuccess: (value) => jsonReply(value),
    encodeRefusal: (refusal) => {
      const named = { error: 'invalid_request', error_description: refusal.message, ...refusal.fields };
      return jsonReply({ ...named, state: params.state }, state.settings.vkIdRefusalStatus);
    },
  };
}

function performRefresh(state: VkState, verb: string, params: Params, at: Date): Performed {
  if (verb !== 'POST') throw oauthError('invalid_request', 'POST is expected');
  const required = ['grant_type', 'refresh_token', 'client_id', 'device_id', 'state'];
  const missing = required.find((name) => !params[name]);
  if (missing !== undefined) throw oauthError('invalid_request', `${missing} is missing or invalid`);
  if (params.grant_type !== 'refresh_token') throw oauthError('unsupported_grant_type', 'only refresh_token is spoken here');
  const spent = state.sessions.find(params.refresh_token ?? '');
  if (!spent || spent.refreshUntil <= at) throw oauthError('invalid_grant', 'refresh_token is missing or invalid');
  if (spent.session.clientId !== params.client_id) throw oauthError('invalid_client', 'client_id is not of this session');
  if (spent.session.deviceId !== params.device_id) throw oauthError('invalid_grant', 'device_id is not of this session');
  const renewed = state.sessions.rotate(spent, at);
  return { value: sessionView(renewed, params, at), changed: true, touched: null };
}

function sessionView({ session, access, refreshToken }: VkIdTokens, params: Params, at: Date): unknown {
  const scope = Object.entries(USER_BITS).flatMap(([name, bit]) => (session.mask & bit ? [name] : []));
  return {
    access_token: access.token,
    refresh_token: refreshToken,
    token_type: 'Bearer',
    expires_in: Math.floor(((access.expiresAt?.getTime() ?? 0) - at.getTime()) / 1000),
    user_id: session.userId,
    state: params.state,
    scope: scope.join(' '),
  };
}

function oauthError(error: string, description: string): Refusal {
  return new Refusal(NO_NUMBER, description, undefined, { error });
}
