import type { NetworkCall } from '../calls/network-call.js';
import { inspectImage, type ImageFacts } from '../wire/image.js';
import type { Inbound } from '../wire/inbound.js';
import { jsonReply } from '../wire/reply.js';
import { imageCorrupted, imageFormat, imageTooBig, imageTooSmall, noImage, notFound, uploadSizeLimit } from './ok.refusals.js';
import type { OkState, OkUploadSlot } from './ok.state.js';

export function readOkUpload(state: OkState, inbound: Inbound): NetworkCall | null {
  const key = /^\/ok\/upload\/(\w+)$/.exec(inbound.path)?.[1];
  if (!key) return null;
  return {
    network: 'ok',
    method: 'upload.photo',
    tokenLabel: null,
    params: Object.fromEntries(inbound.files.map((file) => [file.field, `${file.name}:${file.content.length}`])),
    perform: (at) => ({ value: receive(state, state.slots.get(key), inbound, at), changed: false, touched: null }),
    encodeSuccess: (value) => jsonReply(value),
    encodeRefusal: (refusal) =>
      jsonReply({ error_code: refusal.code, error_msg: refusal.message, error_data: null, ...refusal.fields }),
  };
}

/** Files meet the ids that were given out in the order of their fields' names, whatever these are: pic1, pic2, file1. */
function receive(state: OkState, slot: OkUploadSlot | undefined, inbound: Inbound, at: Date): unknown {
  if (!slot || slot.expiresAt <= at) throw notFound('upload address');
  if (inbound.files.length === 0) throw noImage();
  if (inbound.files.length > slot.photoIds.length) throw uploadSizeLimit();
  const files = [...inbound.files].sort((left, right) => left.field.localeCompare(right.field, 'en', { numeric: true }));
  const accepted = files.map((file) => ({ content: file.content, facts: acceptable(state, file.content) }));
  const photos: Record<string, { token: string }> = {};
  accepted.forEach(({ content, facts }, position) => {
    const id = slot.photoIds[position] ?? '';
    const token = state.opaque('photo-token');
    const photo = { id, token, groupId: slot.groupId, expiresAt: slot.expiresAt, facts, content };
    state.photosByToken.set(token, photo);
    state.photosById.set(id, photo);
    // The live server URL-encodes the ids here and not in getUploadUrl.
    photos[encodeURIComponent(id)] = { token };
  });
  return { photos };
}

function acceptable(state: OkState, content: Buffer): ImageFacts {
  const { largestPhotoBytes, smallestPhotoSide } = state.settings;
  if (content.length === 0) throw noImage();
  if (content.length > largestPhotoBytes) throw imageTooBig();
  const facts = inspectImage(content);
  if (facts === 'not an image') throw imageFormat();
  if (facts === 'corrupted') throw imageCorrupted();
  if (Math.min(facts.width, facts.height) < smallestPhotoSide) throw imageTooSmall();
  return facts;
}
