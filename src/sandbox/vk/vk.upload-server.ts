import type { NetworkCall, Performed } from '../calls/network-call.js';
import type { UploadedFile } from '../wire/multipart.js';
import { inspectImage, type ImageFacts } from '../wire/image.js';
import type { Inbound } from '../wire/inbound.js';
import { jsonReply } from '../wire/reply.js';
import { whyNotADocument } from './documents.js';
import { uploadFailed } from './vk.refusals.js';
import { objectKey, type VkState } from './vk.state.js';
import { UPLOAD_SERVER, type UploadPurpose, type UploadSlot } from './vk.uploads.js';

const MOST_PIXELS_OF_SIDES = 14_000;
const MOST_ASPECT = 20;

/** Under this name scripts and ledger know the upload of each purpose. */
const SCRIPT_NAME: Record<UploadPurpose, string> = {
  wallPhoto: 'upload.photo',
  messagesPhoto: 'upload.photo',
  doc: 'upload.doc',
  video: 'upload.video',
};

export function readVkUpload(state: VkState, inbound: Inbound): NetworkCall | null {
  const key = /^\/vk\/upload\/(\w+)$/.exec(inbound.path)?.[1];
  if (!key) return null;
  const slot = state.uploads.findSlot(key);
  return {
    network: 'vk',
    method: slot ? SCRIPT_NAME[slot.purpose] : 'upload.unknown',
    tokenLabel: null,
    params: Object.fromEntries(inbound.files.map((file) => [file.field, `${file.name}:${file.content.length}`])),
    perform: (at) => ({ value: receive(state, slot, inbound, at), changed: false, touched: null }) satisfies Performed,
    encodeSuccess: (value) => jsonReply(value),
    encodeRefusal: (refusal) => jsonReply({ error: refusal.message, error_code: refusal.code, ...refusal.fields }),
  };
}

function receive(state: VkState, slot: UploadSlot | null, inbound: Inbound, at: Date): unknown {
  if (!slot) throw uploadFailed('ERR_UPLOAD_BAD_IMAGE_SIZE: upload address expired or unknown');
  if (inbound.verb !== 'POST') throw uploadFailed('ERR_UPLOAD_FILE_NOT_UPLOADED: POST multipart/form-data expected');
  switch (slot.purpose) {
    case 'wallPhoto':
    case 'messagesPhoto':
      return receivePhoto(state, slot, inbound);
    case 'doc':
      return receiveDocument(state, slot, fileIn(inbound, 'file'));
    case 'video':
      return receiveVideo(state, slot, fileIn(inbound, 'video_file'), at);
  }
}

/** A refused photo is a 200 whose `photo` holds nothing. */
function receivePhoto(state: VkState, slot: UploadSlot, inbound: Inbound): unknown {
  const file = inbound.files.find(({ field }) => field === 'photo');
  if (!file) return { server: UPLOAD_SERVER, photo: '', hash: '' };
  const facts = acceptablePhoto(state, file.content);
  if (!facts) return { server: UPLOAD_SERVER, photo: '[]', hash: '' };
  const uploaded = state.uploads.receive(slot, { name: file.name, content: file.content, facts });
  return { server: uploaded.server, photo: uploaded.receipt, hash: uploaded.hash };
}

function acceptablePhoto(state: VkState, content: Buffer): ImageFacts | null {
  const facts = inspectImage(content);
  if (typeof facts === 'string' || content.length > state.settings.largestPhotoBytes) return null;
  const { width, height } = facts;
  const tooLong = Math.max(width, height) > MOST_ASPECT * Math.min(width, height);
  return tooLong || width + height > MOST_PIXELS_OF_SIDES ? null : facts;
}

function receiveDocument(state: VkState, slot: UploadSlot, file: UploadedFile): unknown {
  if (file.content.length > state.settings.largestDocumentBytes) throw uploadFailed('ERR_UPLOAD_FILE_IS_TOO_BIG');
  const imagesAllowed = slot.userId !== null || state.settings.imagesAsCommunityDocuments;
  const refused = whyNotADocument(file, imagesAllowed);
  if (refused !== null) throw uploadFailed(refused);
  return { file: state.uploads.receive(slot, { name: file.name, content: file.content, facts: null }).receipt };
}

function receiveVideo(state: VkState, slot: UploadSlot, file: UploadedFile, at: Date): unknown {
  if (file.content.length === 0) throw uploadFailed('ERR_UPLOAD_FILE_NOT_UPLOADED: the file is empty');
  const video = state.objects.get(objectKey('video', -slot.groupId, slot.objectId ?? 0));
  if (!video) throw uploadFailed('ERR_UPLOAD_VIDEO_NOT_FOUND');
  video.arrivedAt = at;
  return { size: file.content.length, owner_id: video.ownerId, video_id: video.id };
}

function fileIn(inbound: Inbound, field: string): UploadedFile {
  const file = inbound.files.find((candidate) => candidate.field === field);
  if (!file) throw uploadFailed(`ERR_UPLOAD_FILE_NOT_UPLOADED: no file in field ${field}`);
  return file;
}
