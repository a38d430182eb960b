import type { VkCall } from './vk.call.js';
import type { VkCommunity, VkPost } from './vk.model.js';
import { badParam, cannotAddPost, tooManyAds } from './vk.refusals.js';
import { Refusal } from '../calls/refusal.js';
import { readAttachments } from './wall.attachments.js';
import { assertDayHasRoom, assertSlotIsFree, readPublishDate } from './wall.postponed.js';

const DAY_MS = 24 * 60 * 60 * 1000;

export function wallPost(call: VkCall): { post_id: number } {
  const community = call.communityOfOwner();
  const repeated = findRepeat(call);
  if (repeated !== null) {
    call.touched = { owner: String(-community.id), postId: String(repeated) };
    return { post_id: repeated };
  }
  const existingId = call.optionalInt('post_id');
  const post = existingId === null ? createPost(call, community) : publishExisting(call, community, existingId);
  rememberGuid(call, post.id);
  call.markChanged(post.ownerId, post.id);
  return { post_id: post.id };
}

function createPost(call: VkCall, community: VkCommunity): VkPost {
  const asCommunity = assertMayPost(call, community);
  const text = call.text('message');
  const attachments = readAttachments(call, community.id);
  if (text.trim() === '' && attachments.length === 0) throw badParam('message or attachments are undefined');
  if (text.length > call.state.settings.longestText) throw badParam('message is too long');
  const publishAt = readPublishDate(call);
  const markedAsAds = call.flag('mark_as_ads');
  if (publishAt === null) assertPostsLeft(call, community);
  else {
    assertSlotIsFree(call, community, publishAt);
    assertDayHasRoom(call, community, publishAt);
  }
  if (markedAsAds) assertAdsLeft(call, community);
  return call.state.addPost({
    ownerId: -community.id,
    id: call.state.nextId(),
    fromId: asCommunity ? -community.id : (call.token.userId ?? -community.id),
    createdBy: call.token.userId ?? -community.id,
    date: publishAt ?? call.at,
    text,
    attachments,
    kind: publishAt === null ? 'post' : 'postpone',
    postponedId: null,
    signerId: call.flag('signed') ? call.token.userId : null,
    markedAsAds,
    commentsClosed: call.flag('close_comments'),
    copyright: call.text('copyright') || null,
    editedAt: null,
    deleted: false,
    comments: [],
  });
}

/** `post_id` publishes a postponed or suggested post now; once published, a repeat finds nothing. */
function publishExisting(call: VkCall, community: VkCommunity, id: number): VkPost {
  call.assertManages(community);
  const waiting = call.post(-community.id, id);
  if (waiting.kind === 'post') throw cannotAddPost('the post is already published');
  assertPostsLeft(call, community);
  if (waiting.kind === 'suggest') waiting.fromId = -community.id;
  return call.state.publishPostponed(waiting, call.at);
}

/** Says whether the post will stand in the community's name. */
function assertMayPost(call: VkCall, community: VkCommunity): boolean {
  if (community.wall === 0) throw cannotAddPost('the wall is disabled');
  if (call.token.kind === 'community') return true;
  const manages = call.canManage(community);
  const asCommunity = call.flag('from_group');
  if (asCommunity && !manages) throw cannotAddPost("you can't post as this community");
  if (!manages && community.wall !== 1) throw cannotAddPost("you can't add post to this wall");
  return asCommunity;
}

function assertPostsLeft(call: VkCall, community: VkCommunity): void {
  const cap = call.state.settings.postsPerDay;
  const today = recentPosts(call, community).length;
  if (today >= cap) throw cannotAddPost(`you can only add ${cap} posts a day`);
}

function assertAdsLeft(call: VkCall, community: VkCommunity): void {
  const ads = recentPosts(call, community).filter((post) => post.markedAsAds);
  if (ads.length >= call.state.settings.adsPerDay) throw tooManyAds();
}

/** Deleting a post does not give its place in the day back. */
function recentPosts(call: VkCall, community: VkCommunity): VkPost[] {
  const since = call.at.getTime() - DAY_MS;
  return call.state.wallOf(-community.id).filter((post) => post.kind === 'post' && post.date.getTime() > since);
}

function findRepeat(call: VkCall): number | null {
  const { guidLifeMs, guidRepeat } = call.state.settings;
  const known = call.state.guids.get(guidKey(call));
  if (!known || known.at.getTime() + guidLifeMs <= call.at.getTime()) return null;
  if (guidRepeat === 'returnsOldId') return known.postId;
  throw new Refusal(guidRepeat.refusesWith, 'The same guid was used recently');
}

function rememberGuid(call: VkCall, postId: number): void {
  if (call.text('guid') !== '') call.state.guids.set(guidKey(call), { postId, at: call.at });
}

function guidKey(call: VkCall): string {
  const guid = call.text('guid');
  return guid === '' ? '' : `${call.token.token}:${guid}`;
}
