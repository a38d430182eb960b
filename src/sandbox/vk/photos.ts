import type { VkCall } from './vk.call.js';
import type { VkPhoto } from './vk.model.js';
import { badParam, invalidHash, invalidPhoto, invalidServer } from './vk.refusals.js';
import { objectKey } from './vk.state.js';
import type { Uploaded, UploadPurpose } from './vk.uploads.js';
import { photoView } from './wall.views.js';

export type UploadUrl = (key: string) => string;

const LONGEST_CAPTION = 2048;

export function getWallUploadServer(call: VkCall, uploadUrl: UploadUrl): unknown {
  return openSlot(call, 'wallPhoto', uploadUrl);
}

export function getMessagesUploadServer(call: VkCall, uploadUrl: UploadUrl): unknown {
  return openSlot(call, 'messagesPhoto', uploadUrl);
}

export function saveWallPhoto(call: VkCall): unknown {
  if (call.text('caption').length > LONGEST_CAPTION) throw badParam('caption is too long');
  return save(call, 'wallPhoto', 'wall');
}

export function saveMessagesPhoto(call: VkCall): unknown {
  return save(call, 'messagesPhoto', 'messages');
}

function openSlot(call: VkCall, purpose: UploadPurpose, uploadUrl: UploadUrl): unknown {
  const community = call.communityOfGroup();
  call.assertManages(community);
  const slot = call.openUpload(purpose, community);
  return { upload_url: uploadUrl(slot.key), album_id: purpose === 'wallPhoto' ? -14 : -3, user_id: slot.userId ?? 0 };
}

function save(call: VkCall, purpose: UploadPurpose, album: VkPhoto['album']): unknown {
  const uploaded = findUploaded(call, purpose);
  if (!uploaded.facts) throw invalidPhoto();
  const photo: VkPhoto = {
    ownerId: -uploaded.slot.groupId,
    id: call.state.nextId(),
    accessKey: uploaded.hash.slice(0, 18),
    album,
    groupId: uploaded.slot.groupId,
    caption: call.text('caption'),
    date: call.at,
    facts: uploaded.facts,
    content: uploaded.content,
  };
  uploaded.saved = true;
  call.state.photos.set(objectKey('photo', photo.ownerId, photo.id), photo);
  call.markChanged(photo.ownerId);
  return [photoView(call.state, photo)];
}

function findUploaded(call: VkCall, purpose: UploadPurpose): Uploaded {
  const receipt = call.text('photo');
  if (receipt === '' || receipt === '[]') throw badParam('photo is undefined');
  const uploaded = call.state.uploads.findUploaded(receipt);
  if (!uploaded || uploaded.saved || uploaded.slot.purpose !== purpose) throw invalidPhoto();
  if (call.int('server') !== uploaded.server) throw invalidServer();
  if (call.text('hash') !== uploaded.hash) throw invalidHash();
  if (purpose === 'wallPhoto' && call.int('group_id') !== uploaded.slot.groupId) throw invalidHash();
  call.assertManages(call.communityOfGroup());
  return uploaded;
}
