import type { NetworkCall, Performed } from '../calls/network-call.js';
import type { Refusal } from '../calls/refusal.js';
import { paramsOf, type Inbound, type Params } from '../wire/inbound.js';
import { jsonReply, type Reply } from '../wire/reply.js';
import type { UploadUrl } from './photos.js';
import { assertMayCall } from './vk.access.js';
import { VkCall } from './vk.call.js';
import { VK_METHODS } from './vk.methods.js';
import { invalidRequest, unknownMethod } from './vk.refusals.js';
import type { VkState } from './vk.state.js';

const LONGEST_GET_BYTES = 2048;

/** Turns a request under `/method/` into a call; null when the path is something else. */
export function readVkCall(state: VkState, pathPrefix: string, inbound: Inbound, uploadUrl: UploadUrl): NetworkCall | null {
  const base = `${pathPrefix}/method/`;
  if (!inbound.path.startsWith(base)) return null;
  const method = inbound.path.slice(base.length);
  const params = paramsOf(inbound);
  const presented = presentedToken(inbound, params);
  return {
    network: 'vk',
    method,
    tokenLabel: presented === null ? null : (state.tokens.find(presented)?.label ?? 'unknown'),
    params,
    perform: (at, again) => {
      if (inbound.verb === 'GET' && inbound.rawQueryBytes > LONGEST_GET_BYTES)
        throw invalidRequest('the request is too long, use POST');
      return performVk(state, { method, params: again ? { ...params, guid: '' } : params, presented, at, uploadUrl });
    },
    encodeSuccess: (value) => jsonReply({ response: value }),
    encodeRefusal: (refusal) => encodeRefusal(refusal, method, params),
  };
}

interface Asked {
  method: string;
  params: Params;
  presented: string | null;
  at: Date;
  uploadUrl: UploadUrl;
}

function performVk(state: VkState, asked: Asked): Performed {
  state.publishDue(asked.at);
  const version = Number(asked.params.v);
  if (!asked.params.v || !Number.isFinite(version)) throw invalidRequest('v (version) is required');
  const run = VK_METHODS.get(asked.method);
  if (!run) throw unknownMethod();
  const token = state.tokens.authenticate(asked.presented, asked.at);
  state.tokens.spend(token, asked.at);
  assertMayCall(token, asked.method, state.settings.alsoForCommunities);
  const call = new VkCall(state, token, asked.params, asked.at, version);
  const value = run(call, asked.uploadUrl);
  return { value, changed: call.changed, touched: call.touched };
}

function presentedToken(inbound: Inbound, params: Params): string | null {
  const bearer = /^Bearer\s+(\S+)$/i.exec(inbound.headers.authorization ?? '')?.[1];
  return params.access_token ?? bearer ?? null;
}

function encodeRefusal(refusal: Refusal, method: string, params: Params): Reply {
  const echoed = Object.entries({ method, oauth: '1', ...params }).filter(([key]) => key !== 'access_token');
  return jsonReply({
    error: {
      error_code: refusal.code,
      ...(refusal.subcode !== undefined && { error_subcode: refusal.subcode }),
      error_msg: refusal.message,
      ...refusal.fields,
      request_params: echoed.map(([key, value]) => ({ key, value })),
    },
  });
}
