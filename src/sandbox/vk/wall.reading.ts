import type { VkCall } from './vk.call.js';
import type { VkCommunity, VkPost } from './vk.model.js';
import { accessDenied, badParam } from './vk.refusals.js';
import { extendedViews, postView } from './wall.views.js';

/** From this version on lists stand inside `{ items }`, before it they were bare arrays. */
export const OBJECT_LISTS_SINCE = 5.199;

export function wallGet(call: VkCall): unknown {
  const community = wallOwner(call);
  assertMayRead(call, community);
  const offset = call.count('offset', 0, Number.MAX_SAFE_INTEGER);
  const posts = select(call, community, call.text('filter') || 'all');
  const page = posts.slice(offset, offset + call.count('count', 20, 100));
  return {
    count: posts.length,
    items: page.map((post) => postView(call.state, community, post, call.at)),
    ...(call.flag('extended') && extendedViews(call.state, page)),
  };
}

export function wallGetById(call: VkCall): unknown {
  const found: VkPost[] = [];
  for (const reference of call.text('posts').split(',').slice(0, 100)) {
    const [, ownerId, id] = /^(-?\d+)_(\d+)$/.exec(reference.trim()) ?? [];
    if (!ownerId) throw badParam('posts is invalid');
    const post = call.state.findPost(Number(ownerId), Number(id));
    if (post && isVisible(call, post)) found.push(post);
  }
  const items = found.map((post) => postView(call.state, call.state.findCommunity(-post.ownerId), post, call.at));
  if (call.version < OBJECT_LISTS_SINCE && !call.flag('extended')) return items;
  return { items, ...(call.flag('extended') && extendedViews(call.state, found)) };
}

function wallOwner(call: VkCall): VkCommunity {
  const domain = call.text('domain');
  const byName = [...call.state.communities.values()].find((community) => community.screenName === domain);
  if (domain !== '' && !byName) throw badParam('domain is invalid');
  return byName ?? call.communityOfOwner();
}

function assertMayRead(call: VkCall, community: VkCommunity): void {
  if (community.isClosed && !call.canManage(community)) throw accessDenied('this wall available only for community members');
}

function select(call: VkCall, community: VkCommunity, filter: string): VkPost[] {
  const wall = call.state.wallOf(-community.id).filter((post) => !post.deleted);
  const live = newestFirst(wall.filter((post) => post.kind === 'post' && hasAppeared(call, post)));
  switch (filter) {
    case 'all':
      return pinnedFirst(community, live);
    case 'owner':
      return pinnedFirst(
        community,
        live.filter((post) => post.fromId === -community.id),
      );
    case 'others':
      return live.filter((post) => post.fromId !== -community.id);
    case 'postponed':
    case 'suggests': {
      if (!call.canManage(community)) throw accessDenied('no access to this filter');
      const kind = filter === 'postponed' ? 'postpone' : 'suggest';
      return wall.filter((post) => post.kind === kind).sort((left, right) => left.date.getTime() - right.date.getTime());
    }
    default:
      throw badParam('filter is invalid');
  }
}

function isVisible(call: VkCall, post: VkPost): boolean {
  const community = call.state.findCommunity(-post.ownerId);
  if (!community) return false;
  if (post.kind !== 'post') return call.canManage(community);
  return hasAppeared(call, post) && (!community.isClosed || call.canManage(community));
}

function hasAppeared(call: VkCall, post: VkPost): boolean {
  return post.date.getTime() + call.state.settings.lookupLagMs <= call.at.getTime();
}

function newestFirst(posts: VkPost[]): VkPost[] {
  return posts.sort((left, right) => right.date.getTime() - left.date.getTime() || right.id - left.id);
}

function pinnedFirst(community: VkCommunity, posts: VkPost[]): VkPost[] {
  const isPinned = (post: VkPost): boolean => post.id === community.pinnedPostId;
  return [...posts.filter(isPinned), ...posts.filter((post) => !isPinned(post))];
}
