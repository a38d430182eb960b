import type { VkCall } from './vk.call.js';
import type { VkAttached, VkAttachment } from './vk.model.js';
import { badParam } from './vk.refusals.js';
import { objectKey, type VkState } from './vk.state.js';

const REFERENCE = /^(photo|video|audio|doc|page|note|poll|album|market|market_album|audio_playlist)(-?\d+)_(\d+)(?:_(\w+))?$/;

/** Reads `attachments`; what VK does not know it leaves out without a word, as the live network does. */
export function readAttachments(call: VkCall, groupId: number): VkAttached[] {
  const named = call
    .text('attachments')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const links = named.filter(isLink);
  if (links.length > 1) throw badParam('attachments: only one link can be attached');
  if (named.length > call.state.settings.mostAttachments) throw badParam('attachments: too many attachments');
  const read = named.map((part): VkAttached => (isLink(part) ? { kind: 'link', url: part } : readReference(part)));
  if (read.filter(({ kind }) => kind === 'poll').length > 1) throw badParam('attachments: only one poll can be attached');
  return read.filter((attached) => attached.kind === 'link' || survives(call.state, attached as VkAttachment, groupId));
}

function isLink(part: string): boolean {
  return /^https?:\/\//i.test(part);
}

function readReference(part: string): VkAttachment {
  const [, kind, ownerId, id, accessKey] = REFERENCE.exec(part) ?? [];
  if (!kind) throw badParam(`attachments: ${part.slice(0, 40)} is not an attachment`);
  return { kind, ownerId: Number(ownerId), id: Number(id), accessKey: accessKey ?? null };
}

function survives(state: VkState, attached: VkAttachment, groupId: number): boolean {
  const key = objectKey(attached.kind, attached.ownerId, attached.id);
  if (attached.kind === 'photo') {
    const photo = state.photos.get(key);
    // A photo from the messages upload is accepted by the call and missing from the post.
    return photo !== undefined && photo.album === 'wall' && photo.groupId === groupId;
  }
  const object = state.objects.get(key);
  return object !== undefined && object.arrivedAt !== null && object.ownerId === -groupId;
}
