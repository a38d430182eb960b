import type { VkCall } from './vk.call.js';
import type { VkCommunity } from './vk.model.js';
import { badParam } from './vk.refusals.js';
import { COMMUNITY_BITS } from './vk.permissions.js';
import { OBJECT_LISTS_SINCE } from './wall.reading.js';

export function getById(call: VkCall): unknown {
  const fields = new Set(listOf(call, 'fields'));
  const groups = wanted(call).map((community) => ({ ...communityView(community, fields), ...roleView(call, community) }));
  return call.version < OBJECT_LISTS_SINCE ? groups : { groups, profiles: [] };
}

export function getAddresses(call: VkCall): unknown {
  const { addresses } = call.communityOfGroup();
  const offset = call.count('offset', 0, addresses.length);
  return { count: addresses.length, items: addresses.slice(offset, offset + call.count('count', 10, 1000)) };
}

export function getTokenPermissions(call: VkCall): unknown {
  const permissions = Object.entries(COMMUNITY_BITS)
    .filter(([, bit]) => (call.token.mask & bit) !== 0)
    .map(([name, setting]) => ({ name, setting }));
  return { mask: call.token.mask, permissions };
}

export function resolveScreenName(call: VkCall): unknown {
  const name = call.text('screen_name');
  if (name === '') throw badParam('screen_name is undefined');
  const community = byIdOrName(call, name);
  // The live method answers an empty list, not an error, for a name that nobody has.
  return community ? { type: 'group', object_id: community.id } : [];
}

function wanted(call: VkCall): VkCommunity[] {
  const named = [...listOf(call, 'group_ids'), ...listOf(call, 'group_id')];
  if (named.length === 0) {
    const own = call.token.groupId === null ? null : call.state.findCommunity(call.token.groupId);
    if (!own) throw badParam('group_ids is undefined');
    return [own];
  }
  const found = named.flatMap((name) => byIdOrName(call, name) ?? []);
  if (found.length === 0) throw badParam('group_ids is undefined');
  return found;
}

function byIdOrName(call: VkCall, name: string): VkCommunity | null {
  const id = /^(?:club|public)?(\d+)$/.exec(name)?.[1];
  if (id) return call.state.findCommunity(Number(id));
  return [...call.state.communities.values()].find(({ screenName }) => screenName === name) ?? null;
}

function communityView(community: VkCommunity, fields: ReadonlySet<string>): Record<string, unknown> {
  const askedFor: Record<string, unknown> = {
    description: community.description,
    wall: community.wall,
    ...(community.pinnedPostId !== null && { fixed_post: community.pinnedPostId }),
    ...community.profile,
  };
  return {
    id: community.id,
    name: community.name,
    screen_name: community.screenName,
    is_closed: community.isClosed ? 1 : 0,
    type: 'page',
    photo_50: 'https://vk.com/images/community_50.png',
    photo_100: 'https://vk.com/images/community_100.png',
    photo_200: 'https://vk.com/images/community_200.png',
    ...Object.fromEntries(Object.entries(askedFor).filter(([name]) => fields.has(name))),
  };
}

const LEVELS = { moderator: 1, editor: 2, administrator: 3, creator: 3 } as const;

/** Who the token's owner is in the community; only a person's token has an owner, and only a manager is told the level. */
function roleView(call: VkCall, community: VkCommunity): Record<string, unknown> {
  if (call.token.userId === null) return {};
  const role = community.managers.get(call.token.userId);
  return role === undefined ? { is_admin: 0 } : { is_admin: 1, admin_level: LEVELS[role] };
}

function listOf(call: VkCall, name: string): string[] {
  return call
    .text(name)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
