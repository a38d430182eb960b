import type { VkCall } from './vk.call.js';
import type { VkPost } from './vk.model.js';
import { notFound, postNotAccessible } from './vk.refusals.js';

export function wallDelete(call: VkCall): 1 {
  const community = call.communityOfOwner();
  call.assertManages(community);
  const post = call.state.findPost(-community.id, call.int('post_id'));
  if (!post) throw notFound();
  post.deleted = true;
  if (community.pinnedPostId === post.id) community.pinnedPostId = null;
  return done(call, post);
}

export function wallRestore(call: VkCall): 1 {
  const community = call.communityOfOwner();
  call.assertManages(community);
  const id = call.int('post_id');
  const wall = call.state.wallOf(-community.id);
  const post = wall.find((candidate) => candidate.id === id);
  // A postponed post that went live is gone under its old id, not deleted.
  if (!post || wall.some((candidate) => candidate.postponedId === id)) throw postNotAccessible();
  call.state.restorePost(post);
  return done(call, post);
}

export function wallPin(call: VkCall): 1 {
  const community = call.communityOfOwner();
  call.assertManages(community);
  const post = call.post(-community.id, call.int('post_id'));
  if (post.kind !== 'post') throw postNotAccessible();
  community.pinnedPostId = post.id;
  return done(call, post);
}

export function wallUnpin(call: VkCall): 1 {
  const community = call.communityOfOwner();
  call.assertManages(community);
  const post = call.post(-community.id, call.int('post_id'));
  if (community.pinnedPostId === post.id) community.pinnedPostId = null;
  return done(call, post);
}

export function openComments(call: VkCall): 0 | 1 {
  return switchComments(call, false);
}

export function closeComments(call: VkCall): 0 | 1 {
  return switchComments(call, true);
}

function switchComments(call: VkCall, closed: boolean): 0 | 1 {
  const community = call.communityOfOwner();
  call.assertManages(community);
  const post = call.post(-community.id, call.int('post_id'));
  if (post.commentsClosed === closed) return 0;
  post.commentsClosed = closed;
  return done(call, post);
}

function done(call: VkCall, post: VkPost): 1 {
  call.markChanged(post.ownerId, post.id);
  return 1;
}
