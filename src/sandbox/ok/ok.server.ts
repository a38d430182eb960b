import type { NetworkCall, Performed } from '../calls/network-call.js';
import type { Refusal } from '../calls/refusal.js';
import { paramsOf, type Inbound, type Params } from '../wire/inbound.js';
import { jsonReply, type Reply } from '../wire/reply.js';
import { OkCall } from './ok.call.js';
import { NEEDS_NO_SESSION, OK_METHODS } from './ok.methods.js';
import type { OkApplication, OkToken } from './ok.model.js';
import {
  badApiKey,
  badRequest,
  badSession,
  badSignature,
  sessionExpired,
  sessionRequired,
  unknownMethod,
} from './ok.refusals.js';
import { prolong } from './ok.sessions.js';
import { sessionSecret, signature } from './ok.signature.js';
import type { OkState } from './ok.state.js';
import type { UploadUrl } from './photos.js';

/** Turns a request to `/fb.do` or `/api/<group>/<name>` into a call; null when the path is something else. */
export function readOkCall(state: OkState, pathPrefix: string, inbound: Inbound, uploadUrl: UploadUrl): NetworkCall | null {
  const params = paramsOf(inbound);
  const method = methodOf(pathPrefix, inbound.path, params);
  if (method === null) return null;
  const presented = presentedToken(params);
  return {
    network: 'ok',
    method,
    tokenLabel: presented === null ? null : (state.tokens.find(presented)?.label ?? 'unknown'),
    params,
    perform: (at) => performOk(state, { method, params, presented, at, uploadUrl }),
    // A success may be a bare scalar: "157…", true, null.
    encodeSuccess: (value) => jsonReply(value ?? null),
    encodeRefusal,
  };
}

interface Asked {
  method: string;
  params: Params;
  presented: string | null;
  at: Date;
  uploadUrl: UploadUrl;
}

function performOk(state: OkState, asked: Asked): Performed {
  state.publishDue(asked.at);
  if ((asked.params.format ?? 'json').toLowerCase() !== 'json') throw badRequest('only format=json is spoken here');
  const application = state.tokens.applications.get(asked.params.application_key ?? '');
  if (!application) throw badApiKey();
  const token = sessionOf(state, application, asked);
  assertSigned(application, asked);
  const run = OK_METHODS.get(asked.method);
  if (!run) throw unknownMethod(asked.method);
  if (!token && !NEEDS_NO_SESSION.has(asked.method)) throw sessionRequired();
  if (token) state.tokens.spend(token, asked.method);
  const call = new OkCall(state, token, asked.params, asked.at);
  const value = run(call, asked.uploadUrl);
  return { value, changed: call.changed, touched: call.touched };
}

function sessionOf(state: OkState, application: OkApplication, asked: Asked): OkToken | null {
  if (asked.presented === null) return null;
  const token = state.tokens.find(asked.presented);
  if (!token || token.token !== asked.presented || token.revoked || token.applicationKey !== application.key) throw badSession();
  if (token.expiresAt !== null && token.expiresAt <= asked.at) throw sessionExpired();
  prolong(state, token, asked.at);
  return token;
}

function assertSigned(application: OkApplication, asked: Asked): void {
  const expected = signature(asked.params, sessionSecret(asked.presented, application.secret));
  const presented = asked.params.sig ?? '';
  if (presented !== expected) throw badSignature(presented);
}

function presentedToken(params: Params): string | null {
  return params.access_token ?? params.session_key ?? null;
}

function methodOf(pathPrefix: string, path: string, params: Params): string | null {
  if (path === `${pathPrefix}/fb.do`) return params.method ?? '';
  const base = `${pathPrefix}/api/`;
  const [group, name, ...rest] = path.startsWith(base) ? path.slice(base.length).split('/') : [];
  return group && name && rest.length === 0 ? `${group}.${name}` : null;
}

function encodeRefusal(refusal: Refusal): Reply {
  return jsonReply({ error_code: refusal.code, error_msg: refusal.message, error_data: null, ...refusal.fields });
}
