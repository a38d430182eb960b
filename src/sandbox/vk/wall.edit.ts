import type { VkCall } from './vk.call.js';
import type { VkCommunity, VkPost } from './vk.model.js';
import { accessDenied, badParam, cannotAddPost } from './vk.refusals.js';
import { readAttachments } from './wall.attachments.js';
import { assertSlotIsFree, readPublishDate } from './wall.postponed.js';

/** Text and attachments that are not sent again are lost, which is what a careless client would find on the live wall. */
export function wallEdit(call: VkCall): { post_id: number } {
  const community = call.communityOfOwner();
  call.assertManages(community);
  const post = call.post(-community.id, call.int('post_id'));
  assertMayEdit(call, community, post);
  const text = call.text('message');
  const attachments = readAttachments(call, community.id);
  if (text.trim() === '' && attachments.length === 0) throw badParam('message or attachments are undefined');
  if (text.length > call.state.settings.longestText) throw badParam('message is too long');
  const publishAt = readPublishDate(call);
  if (publishAt !== null && post.kind !== 'postpone') throw cannotAddPost('cannot postpone post');
  if (publishAt !== null) assertSlotIsFree(call, community, publishAt, post);
  Object.assign(post, { text, attachments, editedAt: call.at, date: publishAt ?? post.date });
  call.markChanged(post.ownerId, post.id);
  return { post_id: post.id };
}

function assertMayEdit(call: VkCall, community: VkCommunity, post: VkPost): void {
  const isOurs = post.fromId === -community.id || post.fromId === call.token.userId;
  if (!isOurs && post.kind !== 'suggest') throw accessDenied("you can't edit this post");
  const { editWindowMs } = call.state.settings;
  const isOver = editWindowMs !== null && post.date.getTime() + editWindowMs <= call.at.getTime();
  if (isOver && post.kind === 'post') throw accessDenied('edit time expired');
}
