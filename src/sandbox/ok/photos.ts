import type { OkCall } from './ok.call.js';
import { badParam } from './ok.refusals.js';

export type UploadUrl = (key: string) => string;

const MOST_PHOTOS_AT_ONCE = 20;

export function getUploadUrl(call: OkCall, uploadUrl: UploadUrl): unknown {
  call.assertGranted('VALUABLE_ACCESS', 'PHOTO_CONTENT');
  const group = call.group();
  call.assertRuns(group);
  const count = call.count('count', 1, Number.MAX_SAFE_INTEGER);
  if (count < 1 || count > MOST_PHOTOS_AT_ONCE) throw badParam(`count should be from 1 to ${MOST_PHOTOS_AT_ONCE}`);
  const lifeMs = call.state.settings.uploadLifeMs;
  const slot = {
    key: call.state.opaque('upload').replace(/\W/g, ''),
    groupId: group.id,
    photoIds: Array.from({ length: count }, () => call.state.opaque('photo')),
    expiresAt: new Date(call.at.getTime() + lifeMs),
  };
  call.state.slots.set(slot.key, slot);
  // The live network loses some milliseconds on the way, too.
  return { upload_url: uploadUrl(slot.key), photo_ids: slot.photoIds, expires_ms: slot.expiresAt.getTime(), ttl_ms: lifeMs - 12 };
}
