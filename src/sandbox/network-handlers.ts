import type { Clock } from '../platform/clock/clock.js';
import type { CallRunner } from './calls/call-runner.js';
import type { NetworkCall } from './calls/network-call.js';
import { readOkAuthorize } from './ok/ok.authorize-page.js';
import { readOkOauth } from './ok/ok.oauth.js';
import { readOkCall } from './ok/ok.server.js';
import type { OkState } from './ok/ok.state.js';
import { readOkUpload } from './ok/ok.upload-server.js';
import { readOkVideoUpload } from './ok/ok.video-upload.js';
import { readVkId } from './vk/vk.id-server.js';
import { readVkCall } from './vk/vk.server.js';
import type { VkState } from './vk/vk.state.js';
import { readVkUpload } from './vk/vk.upload-server.js';
import type { Inbound } from './wire/inbound.js';
import type { Handler } from './wire/listener.js';
import { send, textReply, type Reply } from './wire/reply.js';

/** Understands a request as a call, or as a page that needs no call, or not at all. */
type Reader = (inbound: Inbound) => NetworkCall | Reply | null;

export interface Runners {
  vk: CallRunner;
  ok: CallRunner;
}

export function networkHandler(readers: readonly Reader[], runners: Runners): Handler {
  return async (inbound, response) => {
    for (const read of readers) {
      const understood = read(inbound);
      if (understood === null) continue;
      return 'perform' in understood ? runners[understood.network].run(understood, response) : send(response, understood);
    }
    send(response, textReply('Not found', 'text/plain; charset=utf-8', 404));
  };
}

export function vkReaders(state: VkState, pathPrefix: string, uploadUrl: (key: string) => string): Reader[] {
  return [(inbound) => readVkCall(state, pathPrefix, inbound, uploadUrl), (inbound) => readVkId(state, pathPrefix, inbound)];
}

export function okReaders(state: OkState, pathPrefix: string, uploadUrl: (key: string) => string, clock: Clock): Reader[] {
  return [
    (inbound) => readOkCall(state, pathPrefix, inbound, uploadUrl),
    (inbound) => readOkOauth(state, pathPrefix, inbound),
    (inbound) => readOkAuthorize(state, pathPrefix, inbound, clock.now()),
  ];
}

export function uploadReaders(vk: VkState, ok: OkState): Reader[] {
  return [
    (inbound) => readVkUpload(vk, inbound),
    (inbound) => readOkVideoUpload(ok, inbound),
    (inbound) => readOkUpload(ok, inbound),
  ];
}
